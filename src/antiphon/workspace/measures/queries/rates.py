"""How well answers are given: the answer rate over months, and how long people waited."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer, Card
from antiphon.workspace.answers.rules import State as AnswerState
from antiphon.workspace.insights.models import Insight, Merge
from antiphon.workspace.insights.rules import State as InsightState
from antiphon.workspace.measures import rules


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the insights agreed by a day, how many were answered by then."""

    day: datetime.date
    answered_count: int
    agreed_count: int
    percent: int | None


def is_answered() -> Q:
    """Whether an insight was told back to those who spoke."""
    return Q(pk__in=told().values("insight"))


def told() -> QuerySet[Card]:
    """Cards that were given; not those of an insight into which one that nobody was told of was merged since then."""
    cards = Card.objects.filter(answer__state=AnswerState.GIVEN)
    merged = Merge.objects.filter(kept=OuterRef("insight"), undone_at=None, was=InsightState.AGREED)
    since = merged.filter(merged_at__gt=OuterRef("answer__given_at"))
    return cards.exclude(Exists(since.exclude(Exists(cards.filter(insight=OuterRef("absorbed"))))))


def agreed(member: Member) -> QuerySet[Insight]:
    """Insights that people agreed on."""
    return Insight.objects.visible_to(member).agreed()


def given(member: Member) -> QuerySet[Answer]:
    """Answers that those who spoke were given."""
    return Answer.objects.visible_to(member).filter(state=AnswerState.GIVEN)


def rates(found: QuerySet[Insight], day: datetime.date, months: int) -> list[Rate]:
    """Two counts up to the end of each month: what was agreed, and what was told back."""
    ends = rules.month_ends(day, months)
    answered = found.filter(cards__in=told()).annotate(first_at=Min("cards__answer__given_at"))
    counted = zip(ends, _up_to(ends, answered, "agreed_at", "first_at"), _up_to(ends, found, "agreed_at"), strict=True)
    return [Rate(end, count, total, rules.share(count, total)) for end, count, total in counted]


def _up_to(ends: list[datetime.date], found: QuerySet, *moments: str) -> list[int]:
    """How many rows had all these moments behind them at the end of each day."""
    counts = {
        f"until_{n}": Count("pk", filter=Q(**{f"{moment}__lt": end_of(end) for moment in moments}))
        for n, end in enumerate(ends)
    }
    return list(found.aggregate(**counts).values())


def start_of(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins, where the organisation is."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def end_of(day: datetime.date) -> datetime.datetime:
    """The moment at which a day is over."""
    return start_of(day + datetime.timedelta(days=1))


def wait(given_at: datetime.datetime, ended: datetime.date | None, started: datetime.date) -> int:
    """Days from the end of an engagement to its answer."""
    return max(0, (timezone.localdate(given_at) - (ended or started)).days)


def waits(found: QuerySet[Answer]) -> list[int]:
    """How long each of these answers took."""
    dates = found.values_list("given_at", "engagement__ends_date", "engagement__starts_date")
    return [wait(*each) for each in dates]
