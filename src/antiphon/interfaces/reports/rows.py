"""The annex: one table for each kind of thing that figures count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from antiphon.interfaces.reports.model import Row, Rows
from antiphon.workspace.measures.queries import evidence

ENGAGEMENTS, VOICES, INSIGHTS, DECISIONS, WEIGHINGS = "engagements", "voices", "insights", "decisions", "weighings"
CHANGES, ANSWERS, OWED = "changes", "answers", "owed"
OWING_PAGES = {
    "INSIGHT": "insights:record",
    "DECISION": "decisions:record",
    "UNDRAFTED": "decisions:record",
    "ANSWER": "answers:record",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that was read for one report."""

    counts: evidence.Counts
    engagements: list[evidence.EngagementLine]
    voices: list[evidence.VoicesLine]
    insights: list[evidence.InsightLine]
    decisions: list[evidence.DecisionLine]
    changes: list[evidence.ChangeLine]
    answers: list[evidence.AnswerLine]
    owings: list[evidence.Owing]


def address(page: str, *arguments: object, **query: object) -> str:
    """A page of this instance, as one can open it from a document."""
    asked = f"?{urlencode(query)}" if query else ""
    return settings.ANTIPHON_ORIGIN + reverse(page, args=arguments) + asked


def day(date: object) -> str:
    """A date as documents say it."""
    return date_format(date, _("j M Y")) if date else "–"


def yes_no(so: bool) -> str:
    """A plain word."""
    return _("yes") if so else _("no")


def owing_words() -> dict[str, str]:
    """What is owed, in words."""
    return {
        "INSIGHT": _("an answer on an insight"),
        "DECISION": _("a decision"),
        "UNDRAFTED": _("an answer nobody has begun"),
        "ANSWER": _("an answer to approve or to give"),
        "THANKS": _("thanks"),
        "HOLDING_REPLY": _("a holding reply"),
    }


def card_words() -> dict[str, str]:
    """How a card of an answer begins."""
    return {
        "DID": _("We did"),
        "WILL": _("We will"),
        "COULD_NOT": _("We could not"),
        "PASSED_ON": _("We passed it on"),
    }


def annex(read: Evidence) -> tuple[Rows, ...]:
    """Every table, in the order of the line."""
    return tuple(make(read) for make in TABLES)


def _engagements(read: Evidence) -> Rows:
    return Rows(
        key=ENGAGEMENTS,
        title=_("Engagements that took place"),
        note=_("Fewer than five people are neither counted nor described: a figure about them could point at one."),
        columns=(_("Engagement"), _("Kind"), _("Programme"), _("Until"), _("People"), _("Who took part")),
        rows=tuple(_engagement(line) for line in read.engagements),
        wide=(5, 4, 3, 2, 2, 4),
        url=address("engagements:list"),
    )


def _engagement(line: evidence.EngagementLine) -> Row:
    people = _("fewer than 5") if line.is_small else line.people if line.people is not None else _("not known")
    groups = _("not told") if line.is_small else ", ".join(line.group_labels) or "–"
    cells = (line.name, line.kind_label, line.programme_name, day(line.took_place), people, groups)
    return Row(cells, address("engagements:record", line.id))


def _voices(read: Evidence) -> Rows:
    rows = [
        Row(
            (line.engagement_name, line.programme_name, line.voice_count),
            address("voices:queue", engagement=line.engagement_id, show="all"),
        )
        for line in read.voices
    ]
    return Rows(
        key=VOICES,
        title=_("Voices, by engagement"),
        note=_("One passage in a person's own words is one voice. The address opens the passages, redacted."),
        columns=(_("Engagement"), _("Programme"), _("Voices")),
        rows=tuple(rows),
        wide=(6, 4, 2),
        url=address("voices:queue"),
    )


def _insights(read: Evidence) -> Rows:
    rows = [
        Row(
            (
                line.statement,
                ", ".join(line.need_labels) or "–",
                line.strength_label,
                line.supporting_count,
                line.dissenting_count,
                day(line.agreed_date),
                yes_no(line.is_answered),
            ),
            address("insights:record", line.id),
        )
        for line in read.insights
    ]
    titles = (_("Insight"), _("Needs"), _("Strength"), _("For"), _("Against"), _("Agreed"), _("Answered"))
    return Rows(
        key=INSIGHTS,
        title=_("Agreed insights"),
        note=_("For and against are voices. Answered: those who spoke were told what became of it."),
        columns=titles,
        rows=tuple(rows),
        wide=(7, 4, 2, 1, 2, 2, 2),
        url=address("insights:list"),
    )


def _decisions(read: Evidence) -> Rows:
    rows = [
        Row(
            (line.question, line.point_label, line.function_label, day(line.closed_date), len(line.weighed)),
            address("decisions:record", line.id),
        )
        for line in read.decisions
    ]
    return Rows(
        key=DECISIONS,
        title=_("Decisions"),
        note=_("Closed decisions; where the report is about one decision, that one, also while it is open."),
        columns=(_("Question"), _("Decision point"), _("Function"), _("Closed"), _("Insights")),
        rows=tuple(rows),
        wide=(6, 4, 3, 2, 2),
        url=address("decisions:list"),
    )


def _weighings(read: Evidence) -> Rows:
    rows = [
        Row((w.disposition_label or _("not settled yet"), w.statement, w.reason or "–", line.question), here)
        for line in read.decisions
        for here in [address("decisions:record", line.id)]
        for w in line.weighed
    ]
    return Rows(
        key=WEIGHINGS,
        title=_("What was done with each insight, and why"),
        note=_("One row for each insight that a decision weighed."),
        columns=(_("Disposition"), _("Insight"), _("Reason"), _("Decision")),
        rows=tuple(rows),
        wide=(2, 5, 5, 4),
        url=address("decisions:list"),
    )


def _changes(read: Evidence) -> Rows:
    rows = [
        Row((line.what, line.evidence, day(line.happened_date)), address("decisions:record", line.decision_id))
        for line in read.changes
    ]
    return Rows(
        key=CHANGES,
        title=_("Changes"),
        note=_("What became different because of a decision, with its evidence."),
        columns=(_("What changed"), _("Evidence"), _("When")),
        rows=tuple(rows),
        wide=(5, 5, 2),
        url=address("decisions:list"),
    )


def _answers(read: Evidence) -> Rows:
    titles = (_("Told to"), _("About"), _("Given"), _("Days"), _("Replies"), _("Heard"), _("Partly"), _("Not heard"))
    return Rows(
        key=ANSWERS,
        title=_("Answers given"),
        note=_("Days are counted from the end of the engagement. Fewer than five replies are not broken down."),
        columns=titles,
        rows=tuple(_answer(line) for line in read.answers),
        wide=(4, 5, 2, 1, 2, 2, 2, 2),
        url=address("answers:list"),
    )


def _answer(line: evidence.AnswerLine) -> Row:
    heard = [line.heard[name] if line.heard else "–" for name in ("YES", "PARTLY", "NO")]
    told = (line.engagement_name, line.question, day(line.given_date), line.days, line.reply_count, *heard)
    return Row(told, address("answers:record", line.id))


def _owed(read: Evidence) -> Rows:
    words = owing_words()
    rows = [
        Row(
            (line.function_label, words[line.kind], line.about, day(line.due_date), yes_no(line.is_late)),
            address(OWING_PAGES.get(line.kind, "engagements:record"), line.id),
        )
        for line in read.owings
    ]
    return Rows(
        key=OWED,
        title=_("What is still owed"),
        note=_("As of the day of this report, whatever its period."),
        columns=(_("Function"), _("Owes"), _("About"), _("Due"), _("Late")),
        rows=tuple(rows),
        wide=(3, 3, 6, 2, 1),
        url=address("home:today"),
    )


TABLES: Iterable[Callable[[Evidence], Rows]] = (
    _engagements,
    _voices,
    _insights,
    _decisions,
    _weighings,
    _changes,
    _answers,
    _owed,
)
