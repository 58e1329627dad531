"""What a report says, one message a section."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antiphon.interfaces.reports import rows as annex
from antiphon.interfaces.reports.model import (
    Block,
    Drawing,
    Figure,
    Figures,
    Grid,
    How,
    Quoted,
    Record,
    Row,
    Section,
    Words,
)
from antiphon.interfaces.reports.rows import Evidence, address, day
from antiphon.platform.charts import Bar, Bars, HeatMap, Line, Point, Step, Strip
from antiphon.workspace.measures import queries as measures
from antiphon.workspace.measures.queries import evidence

HEARD = (("YES", lambda: _("felt heard")), ("PARTLY", lambda: _("felt partly heard")), ("NO", lambda: _("not heard")))


def reading() -> Section:
    """How to read it."""
    words = (
        _(
            "This report follows one line: a voice is a passage in a person's own words; an insight is a sentence "
            "that rests on voices; a decision weighs insights and gives each a disposition and a reason; a change is "
            "what became different; an answer tells those who spoke what became of it."
        ),
        _(
            "Every number leads to its rows in the annex, and every row to its record in Antiphon. Where the number "
            "of people or replies is below five, no claim is made about them."
        ),
    )
    title = _("What this is, and how to read it")
    return Section("reading", title, title, "", tuple(Words(text) for text in words))


def line(read: Evidence, rates: Sequence[measures.Rate]) -> Section:
    """The line in numbers."""
    counts = read.counts
    steps = (
        Step(_("Voices"), counts.voices),
        Step(_("Insights"), counts.insights),
        Step(_("Decisions"), counts.decisions),
        Step(_("Changes"), counts.changes),
        Step(_("Answers"), counts.answers),
    )
    strip = Strip(_("From voices to answers"), steps, (_("On the line"), _("Number")))
    blocks: list[Block] = [Drawing(strip), Figures(_line_figures(read))]
    blocks += [Drawing(_rate_line(rates))] if rates else []
    blocks += [Drawing(_groups(read), annex.ENGAGEMENTS, 5)] if any(e.group_labels for e in read.engagements) else []
    if counts.answered_percent is None:
        message = _("No insight was agreed on in this scope")
    else:
        message = _("%(n)s %% of what was agreed on has been answered") % {"n": counts.answered_percent}
    method = _(
        "An engagement counts once it took place, a voice when it was brought in, an insight when it was agreed on, a "
        "decision when it was closed, an answer when it was given. The answer rate is the share of these insights "
        "that those who spoke were told about; the time to answer runs from the end of the engagement."
    )
    return Section("line", _("The line in numbers"), message, method, tuple(blocks))


def _line_figures(read: Evidence) -> tuple[Figure, ...]:
    counts = read.counts
    named = (
        ("insights", ngettext("agreed insight", "agreed insights", counts.insights), annex.INSIGHTS),
        ("decisions", ngettext("decision", "decisions", counts.decisions), annex.DECISIONS),
        ("changes", ngettext("change", "changes", counts.changes), annex.CHANGES),
        ("answers", ngettext("answer given", "answers given", counts.answers), annex.ANSWERS),
    )
    held = ngettext("engagement", "engagements", counts.engagements)
    return (
        Figure("engagements", held, counts.engagements, annex.ENGAGEMENTS),
        _people(read),
        Figure(
            "voices", ngettext("voice", "voices", counts.voices), counts.voices, annex.VOICES, how=How.SUM, column=2
        ),
        *(Figure(key, label, getattr(counts, key), rows) for key, label, rows in named),
        *_pace(counts),
    )


def _people(read: Evidence) -> Figure:
    uncounted = sum(line.people is None for line in read.engagements)
    note = ngettext("%(n)s engagement is not in it", "%(n)s engagements are not in it", uncounted) % {"n": uncounted}
    label, note = _("people who took part"), note if uncounted else ""
    return Figure("people", label, read.counts.people, annex.ENGAGEMENTS, note=note, how=How.SUM, column=4)


def _pace(counts: evidence.Counts) -> tuple[Figure, Figure]:
    """How much of what was agreed on was answered, and how soon."""
    rate, n, yes = counts.answered_percent, f"n {counts.insights}", annex.yes_no(True)
    days, given = _("median time to answer"), f"n {counts.answers}"
    return (
        Figure("answer_rate", _("answer rate"), rate, annex.INSIGHTS, " %", n, How.SHARE, 6, yes),
        Figure("median_days", days, counts.median_days, annex.ANSWERS, _(" days"), given, How.MEDIAN, 3),
    )


def _rate_line(rates: Iterable[measures.Rate]) -> Line:
    points = tuple(Point(date_format(rate.day, "M y"), rate.percent, f"n {rate.agreed_count}") for rate in rates)
    headings = (_("Month"), _("Answer rate"), _("Insights"))
    return Line(_("Share of agreed insights that were answered, by month"), points, " %", 100, headings)


def _groups(read: Evidence) -> Bars:
    took_part = Counter(label for engagement in read.engagements for label in engagement.group_labels)
    bars = tuple(Bar(label, n) for label, n in sorted(took_part.items(), key=lambda pair: (-pair[1], pair[0])))
    return Bars(_("Engagements in which each group took part"), bars, headings=(_("Group"), _("Engagements"), ""))


def gaps(chart: HeatMap, silent: int, cells: int) -> Section:
    """Where nobody asked."""
    message = _("%(n)s of %(all)s cells are silent: nobody planned to ask") % {"n": silent, "all": cells}
    method = _(
        "Needs of the Patient Engagement Framework against lifecycle stages. Each cell shows how far the line has "
        "come and how many questions or insights are there, as of the day of this report. What a passage speaks of "
        "may be suggested by the engine; only what a person decided is counted."
    )
    legend = _(
        "Green: answered. Dark: decided. Middle: heard. Pale: asked. Framed: planned. Hatched or grey: silent. The "
        "numbers lead to their cells in Antiphon."
    )
    return Section(
        "gaps", _("Where patients were heard, and where not"), message, method, (Drawing(chart, note=legend),)
    )


def decided(read: Evidence) -> Section:
    """Each decision with each disposition and reason."""
    said = Counter(w.disposition_label or _("not settled yet") for d in read.decisions for w in d.weighed)
    n = len(read.decisions)
    message = ngettext("%(n)s decision rests on what patients said", "%(n)s decisions rest on what patients said", n)
    blocks: list[Block] = []
    if said:
        bars = tuple(Bar(label, count) for label, count in said.most_common())
        chart = Bars(_("What was done with the insights"), bars, headings=(_("Disposition"), _("Insights"), ""))
        blocks.append(Drawing(chart, annex.WEIGHINGS, 0))
    quotes = {insight.id: insight.quotes for insight in read.insights}
    blocks += [_decision(decision, quotes) for decision in read.decisions]
    if not read.decisions:
        blocks.append(Words(_("No decision was closed in this scope.")))
    method = _(
        "A decision closes when every insight it weighed has a disposition and a reason; both stand here in full."
    )
    return Section("decided", _("What was decided, and why"), message % {"n": n}, method, tuple(blocks))


def _decision(line: evidence.DecisionLine, quotes: dict) -> Record:
    weighed = tuple(
        Row(
            (w.statement, w.disposition_label or _("not settled yet"), w.reason or "–"),
            address("insights:record", w.insight_id),
        )
        for w in line.weighed
    )
    facts = (
        (_("Outcome"), line.outcome or _("not decided yet")),
        (_("Decided by"), line.function_label),
        (_("Decision point"), line.point_label),
        (_("Closed"), day(line.closed_date)),
    )
    grid = Grid((_("What patients said"), _("What was done"), _("Why")), weighed, (5, 2, 5)) if weighed else None
    heard = tuple(Quoted(q.text, q.engagement_name) for w in line.weighed for q in quotes.get(w.insight_id, ())[:1])
    return Record(line.question, address("decisions:record", line.id), facts, grid, heard)


def changed(read: Evidence) -> Section:
    """What became different."""
    n = len(read.changes)
    message = ngettext("%(n)s thing became different", "%(n)s things became different", n) % {"n": n}
    rows = tuple(
        Row((c.what, c.evidence, day(c.happened_date), c.question), address("decisions:record", c.decision_id))
        for c in read.changes
    )
    columns = (_("What changed"), _("Evidence"), _("When"), _("Because of"))
    shown: Block = Grid(columns, rows, (4, 4, 2, 4)) if rows else Words(_("No change is recorded in this scope."))
    method = _("A change is entered by a person, with its evidence and the day it happened.")
    return Section("changed", _("What changed"), message, method, (shown,))


def told(read: Evidence) -> Section:
    """What those who spoke were told, and whether they felt heard."""
    n = read.counts.answers
    message = ngettext("%(n)s answer was given to those who spoke", "%(n)s answers were given to those who spoke", n)
    blocks: list[Block] = [Figures(_heard_figures(read.counts))] if read.counts.replies else []
    blocks += [_answer(line) for line in read.answers]
    if not read.answers:
        blocks.append(Words(_("Nobody was given an answer in this scope yet.")))
    method = _(
        "Each answer was worded by one person and approved by another. Whether people felt heard is what they said on "
        "the answer's page; nobody has to reply, so it speaks for those who did."
    )
    return Section("told", _("What those who spoke were told"), message % {"n": n}, method, tuple(blocks))


def _heard_figures(counts: evidence.Counts) -> tuple[Figure, ...]:
    n = counts.heard_count
    note = f"n {n}" if n else _("too few replies: no claim")
    replied = Figure("replies", _("replies to these answers"), counts.replies, annex.ANSWERS, how=How.SUM, column=4)
    said = tuple(
        Figure(
            f"heard_{code.lower()}",
            label(),
            counts.heard[code] if n else None,
            annex.ANSWERS,
            note=note,
            how=How.SUM,
            column=5 + place,
        )
        for place, (code, label) in enumerate(HEARD)
    )
    return (replied, *said)


def _answer(line: evidence.AnswerLine) -> Record:
    cards = tuple(
        Row((card.you_said, f"{annex.card_words()[card.kind]}: {card.we_did}", card.because or "–"))
        for card in line.cards
    )
    facts = (
        (_("About"), line.question),
        (_("Given"), _("%(day)s, after %(n)s days") % {"day": day(line.given_date), "n": line.days}),
    )
    grid = Grid((_("You said"), _("What became of it"), _("Because")), cards, (4, 4, 4)) if cards else None
    return Record(line.engagement_name, address("answers:record", line.id), facts, grid)


def owed(read: Evidence) -> Section:
    """What is still owed, by the function that owes it."""
    by_function = Counter(owing.function_label for owing in read.owings)
    late = Counter(owing.function_label for owing in read.owings if owing.is_late)
    n = len(read.owings)
    message = ngettext("%(n)s thing is still owed", "%(n)s things are still owed", n) % {"n": n}
    figure = Figure("owed", _("owed to those who spoke"), n, annex.OWED)
    blocks: list[Block] = [Figures((figure,))]
    if by_function:
        bars = tuple(
            Bar(
                label,
                count,
                _("%(n)s late") % {"n": late[label]} if late[label] else "",
                tone="late" if late[label] else "waiting",
            )
            for label, count in by_function.most_common()
        )
        chart = Bars(_("Owed, by function"), bars, headings=(_("Function"), _("Owed"), _("Late")))
        blocks.append(Drawing(chart, annex.OWED, 0))
    method = _(
        "As of the day of this report. An insight is owed by the function that decides on it, else by its programme's."
    )
    return Section("owed", _("What is still owed"), message, method, tuple(blocks))


def limits(sections: Iterable[Section]) -> Section:
    """How each number was come by, and what it cannot say."""
    blocks: list[Block] = [Words(f"{section.title}. {section.method}") for section in sections if section.method]
    blocks.append(
        Words(
            _(
                "Software suggests needs, possible safety events and personal details; a person decides on each "
                "before it counts. Words are quoted only where the people who spoke allowed it, always redacted, "
                "never with a name. Numbers speak of those who took part; they are no sample of all patients."
            )
        )
    )
    return Section("method", _("Method and limits"), _("How each number was come by"), "", tuple(blocks))


FROM_EVIDENCE: tuple[Callable[[Evidence], Section], ...] = (decided, changed, told, owed)
