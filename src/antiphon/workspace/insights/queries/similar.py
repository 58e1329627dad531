"""Insights that say nearly the same, so that nothing is said twice."""

from dataclasses import dataclass
from functools import reduce
from operator import add
from uuid import UUID

from django.db.models import BooleanField, Case, IntegerField, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import rules
from antiphon.workspace.insights.models import Insight, Merge
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
    """The insights most like a sentence: those of the same programme first, then the most alike.

    What was merged still says what it says; it leads to the one it went into.
    """
    text = text[: rules.LONGEST_STATEMENT]
    wanted = rules.shape(text)
    best: dict[UUID, SimilarRow] = {}
    for pk, said, statement, name, here in _sharing_words(member, text, as_id(but or ""), as_id(programme)):
        row = SimilarRow(pk, statement, rules.closeness(wanted, rules.shape(said)), name, here)
        if row.likeness > (best[pk].likeness if pk in best else 0):
            best[pk] = row
    alike = [row for row in best.values() if row.likeness >= rules.ALIKE]
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
    kept = Merge.objects.filter(absorbed=OuterRef("pk"), undone_at=None)
    found = live.annotate(shared=reduce(add, shares), here=here).filter(shared__gt=0)
    found = found.annotate(
        stands=Coalesce(Subquery(kept.values("kept__pk")[:1]), "pk", output_field=UUIDField()),
        reads=Coalesce(Subquery(kept.values("kept__statement")[:1]), "statement"),
    ).exclude(stands=but)
    ranked = found.order_by("-shared", "-here", "pk")[:MOST_COMPARED]
    return ranked.values_list("stands", "statement", "reads", "programme__name", "here")


def _one_when(**condition: str) -> Case:
    return Case(When(Q(**condition), then=Value(1)), default=Value(0), output_field=IntegerField())
