"""Two insights side by side, and what a merge of them would bring."""

from dataclasses import dataclass
from uuid import UUID

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights import rules
from antiphon.workspace.insights.queries.record import InsightRecord, record
from antiphon.workspace.insights.queries.register import InsightRow, rows
from antiphon.workspace.insights.queries.similar import similar
from antiphon.workspace.insights.rules import State, Strength

# How many insights are offered to merge with, where somebody looks for words.
OFFERED = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two insights side by side; `keepable` are those of them that may stay."""

    one: InsightRecord
    other: InsightRecord
    keepable: tuple[UUID, ...]
    supporting_count: int
    dissenting_count: int
    strength: str
    dissent: str

    @property
    def both(self) -> tuple[InsightRecord, InsightRecord]:
        """The two, in the order they are shown."""
        return self.one, self.other


def comparison(member: Member, one_id: UUID | str, other_id: UUID | str) -> Comparison:
    """Two insights side by side, with a suggestion for what a person judges."""
    one, other = record(member, one_id), record(member, other_id)
    supporting = {row.id for side in (one, other) for row in side.supports}
    dissenting = {row.id for side in (one, other) for row in side.dissents}
    suggested = rules.strength_of_both(Strength(one.strength), Strength(other.strength), len(supporting))
    pairs = ((one, other), (other, one))
    return Comparison(
        one=one,
        other=other,
        keepable=tuple(kept.id for kept, absorbed in pairs if can_keep(kept, absorbed)),
        supporting_count=len(supporting),
        dissenting_count=len(dissenting),
        strength=suggested.value,
        dissent=rules.dissent_of_both(one.dissent, other.dissent),
    )


def can_keep(kept: InsightRecord, absorbed: InsightRecord) -> bool:
    """Whether the one may take the other in."""
    apart = kept.id != absorbed.id and kept.programme_id == absorbed.programme_id
    return apart and not absorbed.took_in and rules.can_absorb(State(kept.state), State(absorbed.state))


def to_merge_with(member: Member, insight_id: UUID | str, search: str = "") -> list[InsightRow]:
    """Insights of the same programme that may say the same: the most alike, or those with the words sought."""
    about = record(member, insight_id)
    programme = str(about.programme_id)
    if search:
        found = rows(member, programme=programme, search=search)
    else:
        alike = similar(member, about.statement, but=about.id, programme=about.programme_id, limit=OFFERED)
        order = {row.id: place for place, row in enumerate(alike)}
        found = sorted(rows(member, programme=programme, ids=order), key=lambda row: order[row.id])
    return [row for row in found if row.id != about.id and State(row.state) not in rules.RESTS][:OFFERED]
