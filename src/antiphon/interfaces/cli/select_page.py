"""One draw told as a page: quotas and how they were met, chances and their proof, how to repeat the draw."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from antiphon.interfaces.cli.selecting import AWAY
from antiphon.platform.charts import Bar, Bars, svg

if TYPE_CHECKING:
    from antiphon.engines.selection import Group, Lottery, Problem

LIMIT = 5
_BANDS = 10
_LONGEST_LABEL = 22
_STYLE = """body{font:1rem/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b2a2b}
h1,h2{line-height:1.2}h2{margin-top:2.2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid #d5dede}tr>:first-child{text-align:left}
.figure{font-size:1.6rem}svg{width:100%;height:auto}svg text{font-family:inherit}code{overflow-wrap:anywhere}
@media(max-width:34rem){table{font-size:.875rem}th,td{padding:.3rem .2rem}
td:first-child{min-width:5.5rem;overflow-wrap:break-word}}
@media(prefers-color-scheme:dark){body{background:#14201f;color:#e4ecec}th,td{border-color:#3a4b4b}
svg text{fill:#e4ecec}svg rect[fill="#0f5c63"]{fill:#5fc3c9}svg rect[fill="#f3f4f1"]{fill:#263635}}"""
METHODS = {
    "leximin": "the smallest chance is as large as the quotas allow; then the next smallest, and so on (LEXIMIN)",
    "maximin": "the smallest chance is as large as the quotas allow (maximin)",
    "nash": "the product of all chances is as large as the quotas allow (Nash)",
    "goldilocks": "neither very small nor very large chances, weighed against each other (GOLDILOCKS)",
    "stratified": "a plain draw until the quotas hold; nobody looked after equal chances",
}


def page(problem: "Problem", lottery: "Lottery", groups: Sequence["Group"], ticket: int | None) -> str:
    """The whole page, without scripts and without any count below the privacy limit."""
    parts = [
        f"<h1>How this panel of {problem.size} was chosen</h1>",
        _first(problem, lottery),
        _quotas(problem, groups),
        _chances(lottery, groups),
        _missing(lottery, groups),
        _repeat(lottery, ticket),
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    title = f"<title>How this panel of {problem.size} was chosen</title><style>{_STYLE}</style>"
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}{title}</head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _first(problem: "Problem", lottery: "Lottery") -> str:
    people = len(problem.pool.ids)
    return (
        f"<p>{people} people volunteered. The panel was drawn by lot from {len(lottery.panels)} possible panels, each "
        f"of which meets every quota. The lottery was made so that {METHODS[lottery.method]}.</p>"
        f'<p class="figure">Nobody who can sit had a chance below {_percent(lottery.smallest_chance)}.</p>'
        f"<p>{_proof(lottery)}</p>"
    )


def _proof(lottery: "Lottery") -> str:
    if lottery.maximin_proven and lottery.leximin_proven:
        return "No lottery that keeps these quotas can do better, for anyone with less: that is proven."
    if lottery.maximin_proven:
        best = "No lottery that keeps these quotas can give a larger smallest chance: that is proven."
        return best + (_unproven(lottery) if lottery.method == "leximin" else "")
    return f"A lottery that keeps these quotas can give at most {_percent(lottery.bound)} to everybody."


def _unproven(lottery: "Lottery") -> str:
    return (
        " It is not proven that the other chances are as equal as they can be (maximin proven, LEXIMIN not): none is "
        f"farther than {_percent(lottery.leximin_gap)} from what could be hoped for."
    )


def _quotas(problem: "Problem", groups: Sequence["Group"]) -> str:
    rows = [
        (_name(group), f"{quota.min} to {quota.max}", _count(group.volunteered), _count(group.chosen), "met")
        for quota, group in zip(problem.quotas, groups, strict=True)
    ]
    heading = ("", "asked for", "volun\u00adteers", "on the panel", "quota")
    note = f"<p>Counts below {LIMIT}, and those from which they could be worked out, are hidden.</p>"
    return "<h2>Quotas, and how they were met</h2>" + _table(heading, rows) + note


def _chances(lottery: "Lottery", groups: Sequence["Group"]) -> str:
    shown = [group for group in groups if group.chance is not None]
    rows = [(_name(group), _percent(group.chance or 0)) for group in shown]
    reasons = "".join(f"<li>{escape(feature)}: {escape(value)}</li>" for _, feature, value in lottery.reasons[:5])
    why = f"<p>These quotas keep the smallest chance down, the hardest first:</p><ul>{reasons}</ul>" if reasons else ""
    return (
        "<h2>Chances</h2>"
        "<p>Chances differ because quotas differ: where many volunteer for few seats, each has less.</p>"
        + svg(by_group(groups))
        + _table(("", "mean chance"), rows)
        + why
        + "<h3>How many people had which chance</h3>"
        + svg(bands(lottery))
    )


def _name(group: "Group") -> str:
    return f"{group.feature}: {group.value}"


def _label(group: "Group") -> str:
    """The name of a group beside its bar; the value alone where both would be cut."""
    name = _name(group)
    return name if len(name) <= _LONGEST_LABEL else group.value


def by_group(groups: Sequence["Group"]) -> Bars:
    """The mean chance of each group that is large enough to be shown."""
    shown = [group for group in groups if group.chance is not None]
    bars = tuple(Bar(_label(group), round(100 * (group.chance or 0), 1)) for group in shown)
    return Bars("Chance by group", bars, unit="%")


def lacking(groups: Sequence["Group"]) -> Bars:
    """How many more volunteers each group would need for its share."""
    bars = tuple(Bar(_label(group), group.missing or 0) for group in groups)
    return Bars("Missing for its share", bars)


def bands(lottery: "Lottery") -> Bars:
    """People by their chance, in ten bands; bands with few people show none."""
    counts = Counter(min(_BANDS - 1, int(chance * _BANDS)) for chance in lottery.chances.values())
    bars = tuple(
        Bar(
            f"{100 * band // _BANDS} to {100 * (band + 1) // _BANDS} %",
            counts[band] if counts[band] >= LIMIT else None,
        )
        for band in range(_BANDS)
    )
    return Bars("People by chance", bars)


def _missing(lottery: "Lottery", groups: Sequence["Group"]) -> str:
    known = [group for group in groups if group.reference is not None]
    told = ""
    if known:
        rows = [
            (
                _name(group),
                _percent(group.reference or 0),
                _count(group.in_reach),
                _count(group.volunteered),
                f"{group.missing} more" if group.missing else "",
            )
            for group in known
        ]
        heading = ("", "of the popu\u00adlation", "in reach", "volun\u00adteered", "missing for its share")
        told = svg(lacking(known)) + _table(heading, rows)
    away = Counter(lottery.out_of_reach.values())
    reasons = "".join(
        f"<li>{_count(n if n >= LIMIT else None)}: {AWAY[code]}</li>" for code, n in sorted(away.items())
    )
    apart = (
        f"<p>Volunteers who could not sit on any panel:</p><ul>{reasons}</ul>"
        if reasons
        else ("<p>Every volunteer could sit on some panel.</p>")
    )
    return "<h2>Who is missing</h2>" + told + apart


def _repeat(lottery: "Lottery", ticket: int | None) -> str:
    recipe = (
        f"<p>Seed: <strong>{lottery.seed}</strong>. Take SHA-256 of the words "
        f"<code>antiphon panel draw:{lottery.seed}</code>; its first 53 bits, divided by 2 to the power of 53, are a "
        "number from 0 to 1. Add up the weights of the lottery in the report from the top: the panel at which the sum "
        "passes that number is the panel drawn.</p>"
    )
    if ticket is not None and lottery.tickets is not None:
        recipe = (
            f"<p>The lottery was rounded to {lottery.tickets.number} tickets, which cost the smallest chance "
            f"{_percent(lottery.tickets.loss)}. Ticket <strong>{ticket}</strong> was drawn. Count the tickets in the "
            "report from the top: the panel that holds it is the panel drawn.</p>"
        )
    command = f"antiphon select … --method {lottery.method} --seed {lottery.seed}"
    return (
        "<h2>How to repeat the draw</h2>"
        + recipe
        + f"<p>With the same files, <code>{escape(command)}</code> of version "
        f"{escape(lottery.version)} of the engine writes the same lottery and the same panel, byte by byte.</p>"
    )


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f"<th>{escape(words)}</th>" for words in heading)
    lines = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"


def _count(number: int | None) -> str:
    return "hidden" if number is None else str(number)


def _percent(share: float) -> str:
    return f"{100 * share:.4g} %"
