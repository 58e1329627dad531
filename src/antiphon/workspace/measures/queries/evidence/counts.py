"""The numbers of a report, counted by the database and apart from the rows that prove them."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Reply
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.models import Standing
from antiphon.workspace.measures.queries.evidence.scope import Scope, scoped
from antiphon.workspace.measures.queries.rates import Rate, is_answered, rates, waits


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each kind; people and replies of small groups are not broken down."""

    engagements: int
    people: int | None
    voices: int
    insights: int
    answered_percent: int | None
    decisions: int
    changes: int
    answers: int
    median_days: int | None
    replies: int
    heard: dict[str, int]

    @property
    def heard_count(self) -> int:
        """How many replies are broken down at all."""
        return sum(self.heard.values())


def counts(member: Member, scope: Scope) -> Counts:
    """The line in numbers."""
    within = scoped(member, scope)
    agreed = within.insights.count()
    answered = within.insights.filter(is_answered()).count()
    large = within.engagements.filter(people_count__gte=rules.SMALLEST_GROUP)
    replies = Reply.objects.filter(answer__in=within.answers.values("pk"))
    return Counts(
        engagements=within.engagements.count(),
        people=large.aggregate(people=Sum("people_count"))["people"],
        voices=within.voices.count(),
        insights=agreed,
        answered_percent=rules.share(answered, agreed),
        decisions=within.decisions.count(),
        changes=within.changes.count(),
        answers=within.answers.count(),
        median_days=rules.median_days(waits(within.answers)),
        replies=replies.count(),
        heard=_heard(within.answers),
    )


def monthly_rates(member: Member, scope: Scope, last: datetime.date, months: int) -> list[Rate]:
    """The answer rate at the ends of the months up to a day, within a scope."""
    within = scoped(member, scope).insights
    return rates(Standing.objects.visible_to(member).filter(insight__in=within.values("pk")), last, months)


def _heard(answers) -> dict[str, int]:
    """What was said by those whose answer drew enough replies to say no one's own."""
    enough = answers.alias(reply_count=Count("replies")).filter(reply_count__gte=rules.SMALLEST_GROUP)
    totals = {choice.value: Count("pk", filter=Q(heard=choice)) for choice in Heard}
    return Reply.objects.filter(answer__in=enough.values("pk")).aggregate(**totals)
