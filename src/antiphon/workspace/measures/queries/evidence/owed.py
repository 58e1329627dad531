"""What is still owed to those who spoke, by the function that owes it: as of now, whatever the period."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from antiphon.platform import clock
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import queries as answers
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.answers.rules import State as AnswerState
from antiphon.workspace.decisions.models import Decision, Weighing
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.engagements.models import Courtesy
from antiphon.workspace.measures.queries.evidence.scope import Scope
from antiphon.workspace.measures.queries.rates import agreed, is_answered


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing owed: an insight without an answer, an open decision, an answer not drafted or not given, a word."""

    kind: str
    id: UUID
    function: str
    function_label: str
    about: str
    due_date: datetime.date | None
    is_late: bool


def owings(member: Member, scope: Scope) -> list[Owing]:
    """Everything owed, by function and kind, what is due first."""
    found = [*_insights(member, scope), *_decisions(member, scope), *_undrafted(member, scope)]
    found += [*_answers(member, scope), *_courtesies(member, scope)]
    return sorted(found, key=lambda o: (o.function_label, o.kind, o.due_date or datetime.date.max, str(o.id)))


def _narrowed(found: QuerySet, scope: Scope, programme: str, decision: str) -> QuerySet:
    if scope.decision_id:
        return found.filter(**{decision: scope.decision_id})
    return found.filter(**{programme: scope.programme_id}) if scope.programme_id else found


def _owing(member: Member, kind: str, pk: UUID, function: str, about: str, due: datetime.date | None = None) -> Owing:
    late = due is not None and due < clock.today()
    return Owing(kind, pk, function, vocabulary(member).functions.label(function), about, due, late)


def _insights(member: Member, scope: Scope) -> Iterator[Owing]:
    """Owed by the function that is deciding on it; else by the one that owns its programme."""
    deciding = Weighing.objects.filter(insight_id=OuterRef("pk"), decision__state=DecisionState.OPEN)
    deciding = deciding.order_by("decision__due_date")
    found = agreed(member).filter(~is_answered()).select_related("programme")
    found = _narrowed(found, scope, "programme_id", "weighings__decision_id").annotate(
        deciding=Subquery(deciding.values("decision__function")[:1]),
        due=Subquery(deciding.values("decision__due_date")[:1]),
    )
    for insight in found:
        yield _owing(
            member,
            "INSIGHT",
            insight.pk,
            insight.deciding or insight.programme.function,
            insight.statement,
            insight.due,
        )


def _decisions(member: Member, scope: Scope) -> Iterator[Owing]:
    found = Decision.objects.visible_to(member).filter(state=DecisionState.OPEN)
    for decision in _narrowed(found, scope, "programme_id", "pk"):
        yield _owing(member, "DECISION", decision.pk, decision.function, decision.question, decision.due_date)


def _undrafted(member: Member, scope: Scope) -> Iterator[Owing]:
    """Closed decisions whose answer nobody has begun."""
    closed = [row.id for row in answers.undrafted(member)]
    found = _narrowed(Decision.objects.visible_to(member), scope, "programme_id", "pk").filter(pk__in=closed)
    for decision in found:
        yield _owing(member, "UNDRAFTED", decision.pk, decision.function, decision.question)


def _answers(member: Member, scope: Scope) -> Iterator[Owing]:
    prepared = Answer.objects.visible_to(member).filter(state__in=[AnswerState.DRAFT, AnswerState.APPROVED])
    found = _narrowed(prepared, scope, "decision__programme_id", "decision_id")
    for answer in found.select_related("decision", "engagement"):
        yield _owing(member, "ANSWER", answer.pk, answer.decision.function, answer.engagement.name)


def _courtesies(member: Member, scope: Scope) -> Iterator[Owing]:
    """Thanks and holding replies; owed by the programme's own function."""
    found = Courtesy.objects.visible_to(member).filter(done_at=None).select_related("engagement__programme")
    if scope.decision_id:
        behind = Weighing.objects.filter(
            decision_id=scope.decision_id, insight__supports__voice__engagement=OuterRef("engagement_id")
        )
        found = found.filter(Exists(behind))
    elif scope.programme_id:
        found = found.filter(engagement__programme_id=scope.programme_id)
    for owed in found:
        engagement = owed.engagement
        yield _owing(member, owed.kind, engagement.pk, engagement.programme.function, engagement.name, owed.due_date)
