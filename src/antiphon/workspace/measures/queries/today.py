"""The first screen: what waits for an answer, what is due, how well answers are given."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from antiphon.content import functions
from antiphon.platform import clock
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer, Card
from antiphon.workspace.answers.rules import State as AnswerState
from antiphon.workspace.decisions.models import Decision, Weighing
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.engagements.models import Courtesy
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.rules import State as InsightState
from antiphon.workspace.measures import rules
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
class Rate:
    """Of the insights agreed by a day, how many were answered by then."""

    day: datetime.date
    answered_count: int
    agreed_count: int
    percent: int | None


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


def today(member: Member) -> Today:
    """The first screen of a member."""
    day = clock.today()
    waiting = _waiting(member, day)
    owed, late_owed = _owed(member, day)
    owed.sort(key=lambda thing: (thing.due_date or day, thing.kind))
    rates = _rates(member, day)
    unread, safety, oldest_safety = voices.queue_counts(member)
    oldest = unanswered(member).aggregate(oldest=Min("agreed_at"))["oldest"]
    return Today(
        day=day,
        waiting=tuple(waiting),
        waiting_count=sum(row.waiting_count for row in waiting),
        late_count=sum(row.late_count for row in waiting),
        oldest_days=(day - timezone.localdate(oldest)).days if oldest else None,
        owed=tuple(owed[:SHOWN]),
        late_owed_count=late_owed,
        rates=tuple(rates),
        median_days=rules.median_days(_waits(member)),
        answered_count=rates[-1].answered_count,
        unread_count=unread,
        safety_count=safety,
        oldest_safety_at=oldest_safety,
    )


def is_answered() -> Exists:
    """Whether an insight was told back to those who spoke."""
    return Exists(Card.objects.filter(insight_id=OuterRef("pk"), answer__state=AnswerState.GIVEN))


def unanswered(member: Member) -> QuerySet[Insight]:
    """Agreed insights that nobody has been told about."""
    return Insight.objects.visible_to(member).agreed().filter(~is_answered())


def _waiting(member: Member, day: datetime.date) -> list[Waiting]:
    open_weighing = Weighing.objects.filter(insight_id=OuterRef("pk"), decision__state=DecisionState.OPEN)
    deciding = open_weighing.order_by("decision__due_date").values("decision__function")[:1]
    late = Exists(open_weighing.filter(decision__due_date__lt=day))
    found = unanswered(member).annotate(deciding=Subquery(deciding), late=late)
    counts: dict[str, list[int]] = {}
    grouped = found.values("deciding", "programme__function").annotate(
        waiting_count=Count("pk"), late_count=Count("pk", filter=Q(late=True))
    )
    for row in grouped:
        total = counts.setdefault(row["deciding"] or row["programme__function"], [0, 0])
        total[0] += row["waiting_count"]
        total[1] += row["late_count"]
    rows = [Waiting(code, functions().label(code), *pair) for code, pair in counts.items()]
    return sorted(rows, key=lambda row: (-row.waiting_count, row.function_label))


def _owed(member: Member, day: datetime.date) -> tuple[list[Owed], int]:
    """What is owed soonest, and how much of everything owed is late."""
    horizon = day + datetime.timedelta(days=HORIZON)
    courtesies = Courtesy.objects.visible_to(member).filter(done_at=None, due_date__lte=horizon)
    owed = [
        Owed(c.kind, c.engagement_id, c.engagement.name, c.engagement.lead.name, c.due_date, c.due_date < day)
        for c in courtesies.select_related("engagement__lead__user").order_by("due_date")[:50]
    ]
    decisions = Decision.objects.visible_to(member).filter(state=DecisionState.OPEN, due_date__lte=horizon)
    owed += [
        Owed("DECISION", d.pk, d.question, d.owner.name, d.due_date, d.due_date < day)
        for d in decisions.select_related("owner__user").order_by("due_date")[:50]
    ]
    prepared = Answer.objects.visible_to(member).filter(state__in=[AnswerState.DRAFT, AnswerState.APPROVED])
    owed += [
        Owed(f"ANSWER_{a.state}", a.pk, a.engagement.name, a.drafted_by.name, None, False)
        for a in prepared.select_related("engagement", "drafted_by__user").order_by("created_at")[:50]
    ]
    overdue = [rows.filter(due_date__lt=day).count() for rows in (courtesies, decisions)]
    return owed, sum(overdue)


def _rates(member: Member, day: datetime.date) -> list[Rate]:
    """One count for all month ends; what was told back is a short list, so it is counted here."""
    ends = [(end, _end_of(end)) for end in rules.month_ends(day, MONTHS)]
    counts = {f"agreed_{n}": Count("pk", filter=Q(agreed_at__lt=until)) for n, (_end, until) in enumerate(ends)}
    agreed = Insight.objects.visible_to(member).agreed().aggregate(**counts)
    told = Card.objects.visible_to(member).filter(answer__state=AnswerState.GIVEN, insight__state=InsightState.AGREED)
    first = list(told.values_list("insight_id", "insight__agreed_at").annotate(Min("answer__given_at")))
    rates = []
    for n, (end, until) in enumerate(ends):
        answered = sum(agreed_at < until and given_at < until for _id, agreed_at, given_at in first)
        rates.append(Rate(end, answered, agreed[f"agreed_{n}"], rules.share(answered, agreed[f"agreed_{n}"])))
    return rates


def _end_of(day: datetime.date) -> datetime.datetime:
    """The moment at which a day is over, where the organisation is."""
    after = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
    return timezone.make_aware(after)


def _waits(member: Member) -> list[int]:
    """Days from the end of an engagement to its answer, one for each answer given."""
    found = Answer.objects.visible_to(member).filter(state=AnswerState.GIVEN)
    pairs = found.values_list("given_at", "engagement__ends_date", F("engagement__starts_date"))
    return [max(0, (timezone.localdate(given) - (ended or started)).days) for given, ended, started in pairs]
