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


def is_answered() -> Exists:
    """Whether an insight was told back to those who spoke."""
    return Exists(told().filter(insight_id=OuterRef("pk")))


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
    """One count for all month ends; what was told back is a short list, so it is counted here."""
    ends = [(end, end_of(end)) for end in rules.month_ends(day, months)]
    counts = {f"agreed_{n}": Count("pk", filter=Q(agreed_at__lt=until)) for n, (_end, until) in enumerate(ends)}
    totals = found.aggregate(**counts)
    cards = told().filter(insight__in=found.values("pk"))
    first = list(cards.values_list("insight_id", "insight__agreed_at").annotate(Min("answer__given_at")))
    shown = []
    for n, (end, until) in enumerate(ends):
        answered = sum(agreed_at < until and given_at < until for _id, agreed_at, given_at in first)
        shown.append(Rate(end, answered, totals[f"agreed_{n}"], rules.share(answered, totals[f"agreed_{n}"])))
    return shown


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
