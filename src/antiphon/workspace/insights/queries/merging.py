"""What was merged with an insight, and what merging two of them would do."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights.models import Insight, Merge


@dataclass(frozen=True, slots=True)
class MergeRow:
    """An insight on the other side of a merge: the one that was taken in, or the one that was kept."""

    insight_id: UUID
    statement: str
    reason: str
    merged_by: str
    merged_at: datetime.datetime


def merges_of(member: Member, insight: Insight) -> tuple[MergeRow | None, tuple[MergeRow, ...]]:
    """What an insight went into, and what it took in, the earliest first."""
    sides = Q(kept=insight) | Q(absorbed=insight)
    found = Merge.objects.visible_to(member).filter(sides, undone_at=None)
    merges = list(found.select_related("kept", "absorbed", "merged_by__user").order_by("merged_at", "pk"))
    into = [_row(merge, merge.kept) for merge in merges if merge.absorbed_id == insight.pk]
    took_in = tuple(_row(merge, merge.absorbed) for merge in merges if merge.kept_id == insight.pk)
    return (into[0] if into else None), took_in


def open_merge(member: Member, insight: Insight) -> Merge | None:
    """The merge by which an insight went into another."""
    return Merge.objects.visible_to(member).filter(absorbed=insight, undone_at=None).first()


def stand_for(member: Member, insight_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """For each of these that was merged, the one it went into: its id and what it says."""
    found = Merge.objects.visible_to(member).filter(absorbed__in=list(insight_ids), undone_at=None)
    rows = found.values_list("absorbed_id", "kept_id", "kept__statement")
    return {absorbed: (kept, statement) for absorbed, kept, statement in rows}


def with_merged(
    member: Member, found: QuerySet[Insight], *, onward: bool = True, took_in: bool = True
) -> QuerySet[Insight]:
    """These, with what they went into (`onward`) and what they took in."""
    merges = Merge.objects.visible_to(member).filter(undone_at=None)
    known = found.values("pk")
    wanted = Q(pk__in=known)
    if onward:
        wanted |= Q(pk__in=merges.filter(absorbed__in=known).values("kept"))
    if took_in:
        wanted |= Q(pk__in=merges.filter(kept__in=known).values("absorbed"))
    return Insight.objects.visible_to(member).filter(wanted)


def _row(merge: Merge, other: Insight) -> MergeRow:
    return MergeRow(other.pk, other.statement, merge.reason, merge.merged_by.name, merge.merged_at)
