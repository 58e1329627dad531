"""What is due: thanks and holding replies, decisions, answers that somebody drafted, and those that nobody did."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.answers.queries import undrafted
from antiphon.workspace.answers.rules import State as AnswerState
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.engagements.models import Courtesy
from antiphon.workspace.measures.queries.rates import start_of

HORIZON = 14
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is due: a courtesy, a decision, an answer to approve or to give."""

    kind: str
    id: UUID
    about: str
    owner_name: str
    due_date: datetime.date | None
    is_late: bool


# The soonest of what is owed, and how much of all of it is late.
Debts = tuple[list[Owed], int]


def due(member: Member, day: datetime.date) -> Debts:
    """Courtesies and decisions that are due within two weeks, and answers that somebody has drafted."""
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
    return owed, sum(rows.filter(due_date__lt=day).count() for rows in (courtesies, decisions))


def silent(member: Member, day: datetime.date) -> Debts:
    """Closed decisions without an answer: its clock ends with the decision, so the day after it is late."""
    found, begins = undrafted(member), start_of(day)
    owed = [
        Owed(
            "ANSWER_UNDRAFTED",
            row.id,
            row.question,
            row.owner_name,
            timezone.localdate(row.closed_at),
            row.closed_at < begins,
        )
        for row in found[:SHOWN]
    ]
    return owed, sum(row.closed_at < begins for row in found)
