"""The register of decisions: what is open, for whom, until when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Case, Count, DateField, F, Q, QuerySet, When

from antiphon.platform import clock
from antiphon.platform.database.searching import nearest
from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import ordered, page_of
from antiphon.platform.vocabulary.queries import Vocabulary, vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.decisions.rules import State


class NoSuchDecision(NoSuch):
    """No decision of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as lists show it; `lacking_count` are insights without a disposition or a reason."""

    id: UUID
    question: str
    programme_id: UUID
    programme_name: str
    decision_point: str
    decision_point_label: str
    stage: str
    function: str
    function_label: str
    owner_name: str
    due_date: datetime.date
    state: str
    is_late: bool
    outcome: str
    closed_at: datetime.datetime | None
    weighing_count: int
    lacking_count: int
    change_count: int


def get(member: Member, decision_id: UUID | str) -> Decision:
    """One decision of the member's workspace."""
    found = Decision.objects.visible_to(member).select_related("programme", "owner__user", "closed_by__user")
    decision = found.filter(pk=decision_id).first()
    if decision is None:
        raise NoSuchDecision(decision_id)
    return decision


def rows(member: Member, *, order: str = "", **wanted: str) -> list[DecisionRow]:
    """Decisions: the open ones by due date, then the closed ones, latest first."""
    return _rows(member, ordered(_in_order(_wanted(member, **wanted)), order))


def page(member: Member, *, number: object = 1, order: str = "", **wanted: str) -> Page:
    """One page of them."""
    found = ordered(_in_order(_wanted(member, **wanted)), order)
    return page_of(found, number, lambda found: _rows(member, found))


def nearest_to(member: Member, words: Iterable[str], *, limit: int) -> list[DecisionRow]:
    """Decisions whose question or outcome holds most of these words; of those the open ones, then the latest."""
    words = tuple(words)
    holds = reduce(or_, (Q(question__icontains=word) | Q(outcome__icontains=word) for word in words), Q(pk=None))
    found = _in_order(Decision.objects.visible_to(member).filter(holds))
    texts = {pk: f"{question} {outcome}" for pk, question, outcome in found.values_list("pk", "question", "outcome")}
    best = nearest(texts, words)[:limit]
    shown = {row.id: row for row in _rows(member, Decision.objects.filter(pk__in=best))}
    return [shown[pk] for pk in best]


def of_insight(member: Member, insight_id: UUID) -> list[DecisionRow]:
    """The decisions that weighed an insight."""
    found = Decision.objects.visible_to(member).filter(weighings__insight_id=insight_id)
    return _rows(member, _in_order(found))


def _wanted(
    member: Member, *, state: str = "", function: str = "", programme: str = "", search: str = ""
) -> QuerySet[Decision]:
    narrowed = {"state": state, "function": function, "programme_id": programme}
    found = Decision.objects.visible_to(member).filter(**{name: value for name, value in narrowed.items() if value})
    return found.filter(Q(question__icontains=search) | Q(outcome__icontains=search)) if search else found


def _in_order(found: QuerySet[Decision]) -> QuerySet[Decision]:
    is_settled = Case(When(state=State.OPEN, then=0), default=1)
    due_date = Case(When(state=State.OPEN, then=F("due_date")), default=None, output_field=DateField())
    return found.order_by(is_settled, due_date, F("closed_at").desc(nulls_last=True), "pk")


def _rows(member: Member, found: QuerySet[Decision]) -> list[DecisionRow]:
    words = vocabulary(member)
    return [_row(words, decision) for decision in _counted(found)]


def _counted(found: QuerySet[Decision]) -> QuerySet[Decision]:
    lacking = Q(weighings__disposition="") | Q(weighings__reason="")
    return found.select_related("programme", "owner__user").annotate(
        weighing_count=Count("weighings", distinct=True),
        lacking_count=Count("weighings", filter=lacking & ~Q(weighings=None), distinct=True),
        change_count=Count("changes", distinct=True),
    )


def _row(words: Vocabulary, decision: Decision) -> DecisionRow:
    point = words.decision_points.get(decision.decision_point)
    return DecisionRow(
        id=decision.pk,
        question=decision.question,
        programme_id=decision.programme_id,
        programme_name=decision.programme.name,
        decision_point=decision.decision_point,
        decision_point_label=point.label,
        stage=point.stage,
        function=decision.function,
        function_label=words.functions.label(decision.function),
        owner_name=decision.owner.name,
        due_date=decision.due_date,
        state=decision.state,
        is_late=decision.state == State.OPEN and decision.due_date < clock.today(),
        outcome=decision.outcome,
        closed_at=decision.closed_at,
        weighing_count=decision.weighing_count,
        lacking_count=decision.lacking_count,
        change_count=decision.change_count,
    )
