"""How well answers are given: the answer rate over months, and how long people waited."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.answers.rules import State as AnswerState
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.models import Standing


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the insights agreed by a day, how many were answered by then."""

    day: datetime.date
    answered_count: int
    agreed_count: int
    percent: int | None


def is_answered() -> Q:
    """Whether an insight was told back to those who spoke."""
    return Q(standing__told_at__isnull=False)


def agreed(member: Member) -> QuerySet[Insight]:
    """Insights that people agreed on."""
    return Insight.objects.visible_to(member).agreed()


def given(member: Member) -> QuerySet[Answer]:
    """Answers that those who spoke were given."""
    return Answer.objects.visible_to(member).filter(state=AnswerState.GIVEN)


def rates(found: QuerySet[Standing], day: datetime.date, months: int) -> list[Rate]:
    """Two counts up to the end of each month: what was agreed, and what was told back."""
    ends = rules.month_ends(day, months)
    counts = {}
    for n, end in enumerate(ends):
        agreed_by = Q(agreed_at__lt=end_of(end))
        counts |= {f"all_{n}": Count("pk", filter=agreed_by)}
        counts |= {f"told_{n}": Count("pk", filter=agreed_by & Q(told_at__lt=end_of(end)))}
    counted = found.aggregate(**counts)
    pairs = [(counted[f"told_{n}"], counted[f"all_{n}"]) for n in range(len(ends))]
    return [Rate(end, told, total, rules.share(told, total)) for end, (told, total) in zip(ends, pairs, strict=True)]


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
