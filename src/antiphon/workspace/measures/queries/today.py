"""The first screen: what waits for an answer, what is due, how well answers are given."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from antiphon.platform import clock
from antiphon.platform.audit.remembering import remembered
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.answers.queries import undrafted
from antiphon.workspace.answers.rules import State as AnswerState
from antiphon.workspace.decisions.models import Decision, Weighing
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.engagements.models import Courtesy
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.models import Standing
from antiphon.workspace.measures.queries.gap_map import GapMap, map_of
from antiphon.workspace.measures.queries.kinds import Kind, kinds
from antiphon.workspace.measures.queries.rates import Rate, agreed, given, is_answered, rates, start_of, waits
from antiphon.workspace.voices import queries as voices

HORIZON = 14
MONTHS = 6
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """Agreed insights of one function that nobody has been told about."""

    function: str
    function_label: str
    waiting_count: int
    late_count: int


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is due: a courtesy, a decision, an answer to approve or to give."""

    kind: str
    id: UUID
    about: str
    owner_name: str
    due_date: datetime.date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the first screen shows."""

    day: datetime.date
    waiting: tuple[Waiting, ...]
    waiting_count: int
    late_count: int
    oldest_days: int | None
    owed: tuple[Owed, ...]
    late_owed_count: int
    rates: tuple[Rate, ...]
    median_days: int | None
    answered_count: int
    unread_count: int
    safety_count: int
    oldest_safety_at: datetime.datetime | None
    map: GapMap


@dataclass(frozen=True, slots=True)
class _Line:
    """What the first screen counts along the line, from insights to answers; passages are counted apart."""

    kinds: list[Kind]
    deciding: list[tuple[str, str, int, int]]
    owed: list[Owed]
    late_owed_count: int
    rates: tuple[Rate, ...]
    median_days: int | None


def today(member: Member) -> Today:
    """The first screen of a member."""
    day = clock.today()
    # Reading passages is most of what people do all day, and changes none of this.
    where = timezone.get_current_timezone_name()
    line = remembered(member.workspace_id, "line", day, where, count=lambda: _line(member, day), apart_from="voices")
    untold = [kind for kind in line.kinds if not kind.answered]
    waiting = _waiting(member, untold, line.deciding)
    unread, safety, oldest_safety = voices.queue_counts(member)
    oldest = min((kind.oldest_at for kind in untold), default=None)
    return Today(
        day=day,
        waiting=tuple(waiting),
        waiting_count=sum(row.waiting_count for row in waiting),
        late_count=sum(row.late_count for row in waiting),
        oldest_days=(day - timezone.localdate(oldest)).days if oldest else None,
        owed=tuple(line.owed[:SHOWN]),
        late_owed_count=line.late_owed_count,
        rates=line.rates,
        median_days=line.median_days,
        answered_count=line.rates[-1].answered_count,
        unread_count=unread,
        safety_count=safety,
        oldest_safety_at=oldest_safety,
        map=map_of(member, line.kinds, by="stage", detail=False),
    )


def _line(member: Member, day: datetime.date) -> _Line:
    owed, late_owed = _owed(member, day)
    return _Line(
        kinds=kinds(member),
        deciding=list(_first_weighings(member, day)),
        owed=sorted(owed, key=lambda thing: (thing.due_date or day, thing.kind)),
        late_owed_count=late_owed,
        rates=tuple(rates(Standing.objects.visible_to(member), day, MONTHS)),
        median_days=rules.median_days(waits(given(member))),
    )


def unanswered(member: Member) -> QuerySet[Insight]:
    """Agreed insights that nobody has been told about."""
    return agreed(member).filter(~is_answered())


def _waiting(member: Member, unanswered: list[Kind], first: list[tuple[str, str, int, int]]) -> list[Waiting]:
    """By the function that is deciding on it; where nobody is, by the one that owns the programme."""
    counts: dict[str, list[int]] = {}
    for kind in unanswered:
        counts.setdefault(kind.function, [0, 0])[0] += kind.count
    for deciding, own, count, late in first:
        counts[own][0] -= count
        total = counts.setdefault(deciding, [0, 0])
        total[0] += count
        total[1] += late
    functions = vocabulary(member).functions
    rows = [Waiting(code, functions.label(code), *pair) for code, pair in counts.items() if pair[0]]
    return sorted(rows, key=lambda row: (-row.waiting_count, row.function_label))


def _first_weighings(member: Member, day: datetime.date) -> QuerySet:
    """Who decides first on what waits, whose programme it is of; how many there are, and how many are late."""
    on_scales = Weighing.objects.visible_to(member).filter(decision__state=DecisionState.OPEN)
    due = OuterRef("decision__due_date")
    sooner = Q(decision__due_date__lt=due) | Q(decision__due_date=due, pk__lt=OuterRef("pk"))
    first = on_scales.filter(~Exists(on_scales.filter(sooner, insight=OuterRef("insight"))))
    waiting = first.filter(insight__standing__isnull=False, insight__standing__told_at=None)
    late = Count("pk", filter=Q(decision__due_date__lt=day))
    functions = waiting.order_by().values_list("decision__function", "insight__programme__function")
    return functions.annotate(Count("pk"), late=late)


def _owed(member: Member, day: datetime.date) -> tuple[list[Owed], int]:
    """What is owed soonest, and how much of everything owed is late."""
    horizon = day + datetime.timedelta(days=HORIZON)
    courtesies = Courtesy.objects.visible_to(member).filter(done_at=None, due_date__lte=horizon)
    owed = [
        Owed(c.kind, c.engagement_id, c.engagement.name, c.engagement.lead.name, c.due_date, c.due_date < day)
        for c in courtesies.select_related("engagement__lead__user").order_by("due_date")[:SHOWN]
    ]
    decisions = Decision.objects.visible_to(member).filter(state=DecisionState.OPEN, due_date__lte=horizon)
    owed += [
        Owed("DECISION", d.pk, d.question, d.owner.name, d.due_date, d.due_date < day)
        for d in decisions.select_related("owner__user").order_by("due_date")[:SHOWN]
    ]
    prepared = Answer.objects.visible_to(member).filter(state__in=[AnswerState.DRAFT, AnswerState.APPROVED])
    owed += [
        Owed(f"ANSWER_{a.state}", a.pk, a.engagement.name, a.drafted_by.name, None, False)
        for a in prepared.select_related("engagement", "drafted_by__user").order_by("created_at")[:SHOWN]
    ]
    # The answer's clock ends with the decision: from the day after, silence is late.
    silent, begins = undrafted(member), start_of(day)
    owed += [
        Owed(
            "ANSWER_UNDRAFTED",
            row.id,
            row.question,
            row.owner_name,
            timezone.localdate(row.closed_at),
            row.closed_at < begins,
        )
        for row in silent[:SHOWN]
    ]
    overdue = [rows.filter(due_date__lt=day).count() for rows in (courtesies, decisions)]
    return owed, sum(overdue) + sum(row.closed_at < begins for row in silent)
