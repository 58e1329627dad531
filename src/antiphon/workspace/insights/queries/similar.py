"""Insights that say nearly the same, so that nothing is said twice."""

from dataclasses import dataclass
from functools import reduce
from operator import add
from uuid import UUID

from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, Value, When

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import rules
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.insights.queries.register import as_id
from antiphon.workspace.insights.rules import State

# How many sentences with the same words are compared letter by letter.
MOST_COMPARED = 150


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """An insight that says nearly the same; `likeness` is 1 when it says the very same."""

    id: UUID
    statement: str
    likeness: float
    programme_name: str
    same_programme: bool

    @property
    def percent(self) -> int:
        """The likeness as people read it."""
        return round(self.likeness * 100)


def similar(
    member: Member, text: str, *, but: UUID | str | None = None, programme: UUID | str = "", limit: int = 5
) -> list[SimilarRow]:
    """The insights most like a sentence: those of the same programme first, then the most alike."""
    wanted = rules.shape(text)
    near = [
        SimilarRow(pk, statement, rules.closeness(wanted, rules.shape(statement)), name, here)
        for pk, statement, name, here in _sharing_words(member, text, as_id(but or ""), as_id(programme))
    ]
    alike = [row for row in near if row.likeness >= rules.ALIKE]
    return sorted(alike, key=lambda row: (not row.same_programme, -row.likeness, row.statement))[:limit]


def same_statement(member: Member, programme_id: UUID, text: str, but: UUID | None = None) -> UUID | None:
    """The insight of a programme that already says this, whatever its case and spacing."""
    said = Insight.objects.visible_to(member).filter(programme_id=programme_id).exclude(pk=but)
    wanted = rules.folded(text)
    found = said.values_list("pk", "statement").iterator()
    return next((pk for pk, statement in found if rules.folded(statement) == wanted), None)


def _sharing_words(member: Member, text: str, but: UUID | None, programme: UUID | None) -> QuerySet:
    stems = rules.stems(text)
    if not stems:
        return Insight.objects.none()
    shares = [_one_when(statement__icontains=stem) for stem in stems]
    live = Insight.objects.visible_to(member).exclude(state=State.SET_ASIDE).exclude(pk=but)
    here = Case(When(programme_id=programme, then=True), default=False, output_field=BooleanField())
    found = live.annotate(shared=reduce(add, shares), here=here).filter(shared__gt=0)
    ranked = found.order_by("-shared", "-here", "pk")[:MOST_COMPARED]
    return ranked.values_list("pk", "statement", "programme__name", "here")


def _one_when(**condition: str) -> Case:
    return Case(When(Q(**condition), then=Value(1)), default=Value(0), output_field=IntegerField())
