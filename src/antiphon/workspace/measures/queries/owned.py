"""What somebody looks after and has not finished: it stays theirs until it is handed over."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.engagements.rules import State as EngagementState
from antiphon.workspace.measures.queries.today import unanswered

MOST = 200


@dataclass(frozen=True, slots=True)
class Owned:
    """One open thing."""

    kind: str
    id: UUID
    about: str
    due_date: datetime.date | None


def owned(member: Member, person: Member) -> list[Owned]:
    """The open decisions, unanswered insights and unfinished engagements of somebody in the same workspace."""
    decisions = Decision.objects.visible_to(member).filter(owner=person, state=DecisionState.OPEN).order_by("due_date")
    insights = unanswered(member).filter(owner=person).order_by("agreed_at")
    engagements = Engagement.objects.visible_to(member).filter(lead=person).exclude(state=EngagementState.CLOSED)
    return [
        *(Owned("DECISION", d.pk, d.question, d.due_date) for d in decisions[:MOST]),
        *(Owned("INSIGHT", i.pk, i.statement, None) for i in insights[:MOST]),
        *(Owned("ENGAGEMENT", e.pk, e.name, e.starts_date) for e in engagements.order_by("starts_date")[:MOST]),
    ]
