"""What the rules and lists of listening reach, each figure beside what it costs.

.venv/bin/python -m bench.listening_rules [dev|train] [names of measurements]

Reads the data set beside the repository; choose on dev, read train only to understand. Times are CPU times.
The figures that ship, with their intervals, are those of `antiphon listen evaluate`; this tells more of each.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from antiphon.engines.listening import Settings
from antiphon.engines.listening._fingerprint import first_said
from antiphon.engines.listening._language import language_of
from antiphon.engines.listening._personal import personal_spans
from antiphon.engines.listening._values import Passage
from antiphon.engines.listening.evaluation._rules import (
    GERMAN,
    Masked,
    covered,
    masked,
    one_slip,
    precision,
    read_safety,
)

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
SETTINGS = Settings()
Figures = dict[str, float | int | str]

ENGLISH = {
    "person": {"PERSON"},
    "contact": {"PHONE_NUMBER", "EMAIL_ADDRESS", "DOMAIN_NAME"},
    "date": {"DATE_TIME"},
    "place": {"STREET_ADDRESS", "GPE", "ZIP_CODE"},
    "certain": {"EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "IP_ADDRESS"},
}

OUTCOMES = {"M": "malfunction", "Malfunction": "malfunction", "IN": "injury", "Injury": "injury", "D": "death"}


def rows(name: str, part: str) -> list[dict]:
    """The records of one part of a set."""
    return [json.loads(line) for line in (DATA / name / f"{part}.jsonl").read_text("utf-8").splitlines()]


def english(part: str) -> Figures:
    """Sentences whose templates were not seen."""
    found = masked(rows("deid_presidio_en", part))
    figures: Figures = {kind: covered(found, types)["value"] for kind, types in ENGLISH.items()}
    wanted = set().union(*(ENGLISH[kind] for kind in ("person", "contact", "date", "place")))
    return figures | {"all four": covered(found, wanted)["value"], "character precision": precision(found)}


def german(part: str) -> Figures:
    """Clinical letters; never a source of any list."""
    found = masked(rows("deid_grascco_de", part))
    figures: Figures = {kind: covered(found, types)["value"] for kind, types in GERMAN.items()}
    asked = set().union(*(GERMAN[kind] for kind in ("person", "date", "contact")))
    every = {span["type"] for row, _ in found for span in row["spans"]}
    return figures | {
        "names, dates, contacts": covered(found, asked)["value"],
        "all": covered(found, every)["value"],
        "character precision": precision(found),
        **exact(found),
    }


def spanish(part: str) -> Figures:
    """Clinical cases: every kind, covered, and exactly as marked once neighbours are merged."""
    found = masked(rows("deid_meddocan_es", part))
    every = {span["type"] for row, _ in found for span in row["spans"]}
    figures: Figures = {kind.lower(): covered(found, {kind})["value"] for kind in sorted(every)}
    return {"all": covered(found, every)["value"], "character precision": precision(found), **exact(found), **figures}


def exact(found: Masked) -> Figures:
    """Recall and precision of spans with the very same ends, neighbours merged across punctuation."""
    right = wanted = said = 0
    for row, spans in found:
        marked = merged(row["text"], [(span["start"], span["end"]) for span in row["spans"]])
        ours = merged(row["text"], spans)
        right, wanted, said = right + len(marked & ours), wanted + len(marked), said + len(ours)
    return {"exact recall": round(right / wanted, 3), "exact precision": round(right / said, 3)}


def merged(text: str, spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not any(map(str.isalnum, text[joined[-1][1] : start])):
            start, end = joined.pop()[0], end
        joined.append((start, end))
    return {trimmed(text, *span) for span in joined}


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def comments(part: str) -> Figures:
    """What ordinary comments lose: staff names in them are masked already, so every name found is wrong."""
    texts = [row["text"] for name in ("nhs_fft_v6", "nhs_fft_phase1") for row in rows(name, part)]
    kinds: dict[str, int] = {}
    for text in texts:
        for span in personal_spans(text):
            kinds[span.kind] = kinds.get(span.kind, 0) + 1
    return {"comments": len(texts), **{kind: round(1000 * count / len(texts), 1) for kind, count in kinds.items()}}


def safety(part: str) -> Figures:
    """Reports found, beside what is flagged among ordinary comments and mental-health questions."""
    figures: Figures = {}
    for name in ("vaers_narratives", "maude_reports", "phee", "nhs_fft_v6", "nhs_fft_phase1"):
        # Nothing was ever learned from the first of these, so its train part is not looked at.
        found = [read_safety(row["text"]) for row in rows(name, "dev" if name.startswith("vaers") else part)]
        figures |= {f"{name} flagged": share([one.flag for one in found])}
        for kind in ("adverse_event", "product_complaint", "special_situation"):
            figures[f"{name} {kind}"] = share([one.kind == kind for one in found])
    found = [read_safety(row["text"]) for row in rows("mh_questions_counselchat", part)]
    figures["mental-health questions flagged"] = share([one.flag for one in found])
    reports = rows("phee", part)
    negatives = [row["text"] for row in reports if not row["adverse_event"]]
    figures["phee, no adverse event, flagged"] = share([read_safety(text).flag for text in negatives])
    return figures


def seriousness(part: str) -> Figures:
    """Hints in reports on devices whose outcome is coded; vaccine reports carry no coded outcome here."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("maude_reports", part):
        if row["event_type_code"] in OUTCOMES:
            hints = read_safety(row["text"]).seriousness_hints
            found.setdefault(OUTCOMES[row["event_type_code"]], []).append(hints)
    figures: Figures = {}
    for outcome, hinted in found.items():
        figures[f"{outcome} ({len(hinted)}), death hinted"] = share(["death" in hints for hints in hinted])
        figures[f"{outcome} ({len(hinted)}), anything hinted"] = share([bool(hints) for hints in hinted])
    return figures


def language(_: str) -> Figures:
    """Right, wrong and left open, per kind of text."""
    figures: Figures = {}
    records = rows("langid_lingua", "dev")
    for kind in ("sentences", "word-pairs", "single-words"):
        of_kind = [row for row in records if row["kind"] == kind]
        said = [(row["lang"], language_of(row["text"], SETTINGS)[0]) for row in of_kind]
        figures[f"{kind} right"] = share([wanted == given for wanted, given in said])
        figures[f"{kind} left open"] = share([given is None for _, given in said])
        figures[f"{kind} wrong of those said"] = share([w != g for w, g in said if g is not None])
    texts = [row["text"] for row in records]
    return figures | {"texts a second": rate(lambda text: language_of(text, SETTINGS), texts)}


def duplicates(part: str) -> Figures:
    """Variants of real comments, made by a script: all found, and nothing else taken for one."""
    said = list(dict.fromkeys(re.sub(r"\W+", " ", row["text"]).strip().lower() for row in rows("nhs_fft_v6", part)))
    dice = random.Random(7)
    texts = dice.sample([text for text in said if len(text) >= 20], k=min(600, len(said) // 2))
    changed = {
        "case": [text.upper() for text in texts],
        "spacing": [f"  {text.replace(' ', '   ')}\n" for text in texts],
        "punctuation": [text.replace(" ", ", ") + "!!" for text in texts],
        "one typo": [one_slip(text, dice) for text in texts],
    }
    first = [Passage(str(number), text) for number, text in enumerate(said)]
    place = {text: str(number) for number, text in enumerate(said)}
    figures: Figures = {"comments": len(said), "falsely merged": sum(map(bool, first_said(first)))}
    for how, variants in changed.items():
        answers = first_said(first + [Passage("later", text) for text in variants])[len(first) :]
        figures[how] = share([answer == place[text] for answer, text in zip(answers, texts, strict=True)])
        figures[f"{how}, another"] = share(
            [answer not in (None, place[text]) for answer, text in zip(answers, texts, strict=True)]
        )
    return figures


def speed(part: str) -> Figures:
    """Each step on the same comments, and all of them."""
    texts = [row["text"] for row in rows("nhs_fft_v6", part)]
    letters = rows("deid_meddocan_es", part)[:60]
    steps: dict[str, Callable[[str], object]] = {
        "language": lambda text: language_of(text, SETTINGS),
        "redact": personal_spans,
        "safety": read_safety,
        "duplicates": lambda text: first_said([Passage("1", text)]),
    }
    figures: Figures = {f"{name}, comments a second": rate(step, texts) for name, step in steps.items()}
    figures["all, comments a second"] = rate(lambda text: [step(text) for step in steps.values()], texts)
    begun = process_time()
    for row in letters:
        personal_spans(row["text"])
    figures["redact, letters, characters a second"] = int(
        sum(len(row["text"]) for row in letters) / (process_time() - begun)
    )
    return figures


HOSTILE = ("(", "[", "a", "1", "1 ", "@", "a@", "A ", "Dr ", "12.", "www.", "1-", "no ", "C/ ", "Aa1 ", "\n", "é", ".")


def hostile(_: str) -> Figures:
    """Seconds for a million characters of each."""
    figures: Figures = {}
    for piece in HOSTILE:
        text = piece * (1_000_000 // len(piece))
        begun = process_time()
        personal_spans(text)
        masked_in = process_time()
        language_of(text, SETTINGS)
        read_safety(text)
        first_said([Passage("1", text)])
        figures[repr(piece)] = f"redact {masked_in - begun:.2f}, others {process_time() - masked_in:.2f}"
    return figures


def rate(step: Callable[[str], object], texts: list[str]) -> int:
    for text in texts[:50]:
        step(text)
    begun = process_time()
    for text in texts:
        step(text)
    return int(len(texts) / (process_time() - begun))


def share(answers: list[bool]) -> float:
    return round(sum(answers) / max(len(answers), 1), 4)


MEASUREMENTS: dict[str, Callable[[str], Figures]] = {
    each.__name__: each
    for each in (english, spanish, german, comments, safety, seriousness, language, duplicates, speed, hostile)
}


def measure(part: str = "dev", wanted: Iterable[str] = ()) -> dict[str, Figures]:
    """Every figure, printed and returned."""
    found = {}
    for name in list(wanted) or MEASUREMENTS:
        found[name] = MEASUREMENTS[name](part)
        print(f"-- {name} ({part})")
        for figure, value in found[name].items():
            print(f"   {figure:45} {value}", flush=True)
    return found


if __name__ == "__main__":
    measure(*([sys.argv[1], sys.argv[2:]] if len(sys.argv) > 1 else []))
