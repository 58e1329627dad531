"""How far the figures of rules and lists hold: 95 % when templates, letters or texts are drawn anew 1,000 times.

Also the hints at seriousness. Vaccine reports carry no coded outcome here; reports on devices say whether somebody
died or was harmed, so hints are read beside that.

.venv/bin/python -m bench.rule_intervals [dev|train]
"""

import sys
from collections.abc import Callable, Sequence

from antiphon.engines.listening import Settings
from antiphon.engines.listening._language import language_of
from antiphon.engines.listening.learned._figures import interval
from bench.listening_rules import ENGLISH, GERMAN, Figures, Masked, covered, masked, read_safety, rows, share

# The part of each set, and what its rows are drawn by.
GROUPS = {"deid_presidio_en": "template_id", "deid_meddocan_es": "id", "deid_grascco_de": "id"}
KINDS = {"M": "malfunction", "Malfunction": "malfunction", "IN": "injury", "Injury": "injury", "D": "death"}
ASKED = {
    "deid_presidio_en": ("person", "contact", "date", "place"),
    "deid_grascco_de": ("person", "date", "contact"),
}
TYPES = {"deid_presidio_en": ENGLISH, "deid_grascco_de": GERMAN}


def intervals(part: str) -> Figures:
    """Recall of details, reports flagged and languages named, each with its 95 %."""
    figures: Figures = {}
    for name, group in GROUPS.items():
        found = masked(rows(name, part))
        figures[f"{name}, details covered"] = recalled(found, wanted_of(name, found), group)
    for name in ("vaers_narratives", "maude_reports", "nhs_fft_v6"):
        records = rows(name, "dev" if name.startswith("vaers") else part)
        flags = [read_safety(row["text"]).flag for row in records]
        figures[f"{name} flagged"] = told(flags, [row.get("respondent") or row["id"] for row in records])
    return figures | languages()


def wanted_of(name: str, found: Masked) -> set[str]:
    """The types that a set is asked for; every one where no choice is made."""
    if name in ASKED:
        return set().union(*(TYPES[name][kind] for kind in ASKED[name]))
    return {span["type"] for row, _ in found for span in row["spans"]}


def recalled(found: Masked, types: set[str], group: str) -> str:
    """Share of details covered; whole groups are drawn anew."""
    answers, groups = [], []
    for row, spans in found:
        of_row = covered([(row, spans)], types)
        answers += of_row
        groups += [str(row[group])] * len(of_row)
    return told(answers, groups)


def languages() -> Figures:
    """Right answers by kind of text; each text is drawn by itself."""
    settings, records = Settings(), rows("langid_lingua", "dev")
    figures: Figures = {}
    for kind in ("sentences", "word-pairs"):
        right = [language_of(row["text"], settings)[0] == row["lang"] for row in records if row["kind"] == kind]
        figures[f"language of {kind}"] = told(right, [str(at) for at in range(len(right))])
    return figures


def seriousness(part: str) -> Figures:
    """Hints in reports on devices whose outcome is coded."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("maude_reports", part):
        if row["event_type_code"] in KINDS:
            hints = read_safety(row["text"]).seriousness_hints
            found.setdefault(KINDS[row["event_type_code"]], []).append(hints)
    figures: Figures = {}
    asked: dict[str, Callable[[Sequence[str]], bool]] = {"death": lambda hints: "death" in hints, "anything": bool}
    for outcome, hinted in found.items():
        for hint, says in asked.items():
            figures[f"{outcome} ({len(hinted)}), {hint} hinted"] = share([says(hints) for hints in hinted])
    return figures


def told(answers: list[bool], groups: Sequence[str]) -> str:
    """A share with its interval and how many it was measured on."""
    low, high = interval(groups, lambda drawn: sum(answers[at] for at in drawn) / len(drawn))
    return f"{sum(answers) / len(answers):.3f} [{low:.3f}, {high:.3f}] of {len(answers)}"


MEASUREMENTS: dict[str, Callable[[str], Figures]] = {"intervals": intervals, "seriousness": seriousness}


def measure(part: str = "dev") -> dict[str, Figures]:
    """Every figure, printed and returned."""
    found = {name: step(part) for name, step in MEASUREMENTS.items()}
    for name, figures in found.items():
        print(f"-- {name} ({part})")
        for figure, value in figures.items():
            print(f"   {figure:45} {value}", flush=True)
    return found


if __name__ == "__main__":
    measure(*sys.argv[1:2])
