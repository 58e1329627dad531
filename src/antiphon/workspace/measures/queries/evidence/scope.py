"""What a report is about: a programme or the whole workspace, a period, or one decision."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions.models import Change, Decision
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.engagements.rules import State as EngagementState
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures.queries.rates import agreed, end_of, given, start_of
from antiphon.workspace.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Scope:
    """Narrowed by what is named; a decision stands for itself, whenever it was."""

    programme_id: UUID | None = None
    decision_id: UUID | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None

    def dates(self, field: str) -> Q:
        """The period, of a date."""
        bounds = {f"{field}__gte": self.first, f"{field}__lte": self.last}
        return Q(**{name: day for name, day in bounds.items() if day})

    def moments(self, field: str) -> Q:
        """The period, of a moment: its days where the organisation is."""
        bounds = {
            f"{field}__gte": start_of(self.first) if self.first else None,
            f"{field}__lt": end_of(self.last) if self.last else None,
        }
        return Q(**{name: moment for name, moment in bounds.items() if moment})


@dataclass(frozen=True, slots=True)
class Scoped:
    """The rows within a scope, of each kind on the line."""

    engagements: QuerySet[Engagement]
    voices: QuerySet[Voice]
    insights: QuerySet[Insight]
    decisions: QuerySet[Decision]
    changes: QuerySet[Change]
    answers: QuerySet[Answer]


def scoped(member: Member, scope: Scope) -> Scoped:
    """The rows of a member's workspace that a report may speak of."""
    everything = Scoped(
        engagements=Engagement.objects.visible_to(member).exclude(state=EngagementState.PLANNED),
        voices=Voice.objects.visible_to(member),
        insights=agreed(member),
        decisions=Decision.objects.visible_to(member),
        changes=Change.objects.visible_to(member),
        answers=given(member),
    )
    if scope.decision_id:
        return _of_decision(everything, scope.decision_id)
    return _of_period(everything, scope)


def _of_period(all_rows: Scoped, scope: Scope) -> Scoped:
    """Each kind by the date that makes it count."""
    held = all_rows.engagements.alias(took_place=Coalesce("ends_date", "starts_date"))
    about = {"programme_id": scope.programme_id} if scope.programme_id else {}
    through = {name: Q(**{f"{name}__{key}": pk for key, pk in about.items()}) for name in ("engagement", "decision")}
    return Scoped(
        engagements=held.filter(scope.dates("took_place"), **about),
        voices=all_rows.voices.filter(scope.moments("created_at"), through["engagement"]),
        insights=all_rows.insights.filter(scope.moments("agreed_at"), **about),
        decisions=all_rows.decisions.exclude(state=DecisionState.OPEN).filter(scope.moments("closed_at"), **about),
        changes=all_rows.changes.filter(scope.dates("happened_date"), through["decision"]),
        answers=all_rows.answers.filter(scope.moments("given_at"), through["decision"]),
    )


def _of_decision(all_rows: Scoped, decision_id: UUID) -> Scoped:
    """Everything that stands behind one decision, and what came of it."""
    weighed = all_rows.insights.filter(weighings__decision_id=decision_id)
    spoken = all_rows.voices.filter(supports__insight__in=weighed.values("pk")).distinct()
    return Scoped(
        engagements=all_rows.engagements.filter(pk__in=spoken.order_by().values("engagement_id")),
        voices=all_rows.voices.filter(pk__in=spoken.order_by().values("pk")),
        insights=weighed,
        decisions=all_rows.decisions.filter(pk=decision_id),
        changes=all_rows.changes.filter(decision_id=decision_id),
        answers=all_rows.answers.filter(decision_id=decision_id),
    )
