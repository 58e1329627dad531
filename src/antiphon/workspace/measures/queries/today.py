"""The first screen: what waits for an answer, what is due, how well answers are given."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from antiphon.platform import clock
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.queries.deciding import Deciding
from antiphon.workspace.measures.queries.due import SHOWN, Owed
from antiphon.workspace.measures.queries.gap_map import GapMap, map_of
from antiphon.workspace.measures.queries.kept import Kept
from antiphon.workspace.measures.queries.kinds import Kind
from antiphon.workspace.measures.queries.rates import Rate, agreed, is_answered


@dataclass(frozen=True, slots=True)
class Waiting:
    """Agreed insights of one function that nobody has been told about."""

    function: str
    function_label: str
    waiting_count: int
    late_count: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the first screen shows."""

    day: datetime.date
    waiting: tuple[Waiting, ...]
    waiting_count: int
    late_count: int
    oldest_days: int | None
    owed: tuple[Owed, ...]
    late_owed_count: int
    rates: tuple[Rate, ...]
    median_days: int | None
    answered_count: int
    unread_count: int
    safety_count: int
    oldest_safety_at: datetime.datetime | None
    map: GapMap


def today(member: Member) -> Today:
    """The first screen of a member."""
    day = clock.today()
    kept = Kept(member, day)
    alike, rates = kept.kinds(), kept.rates()
    untold = [kind for kind in alike if not kind.answered]
    waiting = _waiting(member, untold, kept.deciding())
    unread, safety, oldest_safety = kept.queue()
    oldest = min((kind.oldest_at for kind in untold), default=None)
    owed, late_owed = kept.owed()
    return Today(
        day=day,
        waiting=tuple(waiting),
        waiting_count=sum(row.waiting_count for row in waiting),
        late_count=sum(row.late_count for row in waiting),
        oldest_days=(day - timezone.localdate(oldest)).days if oldest else None,
        owed=tuple(owed[:SHOWN]),
        late_owed_count=late_owed,
        rates=rates,
        median_days=rules.median_days(kept.waits()),
        answered_count=rates[-1].answered_count,
        unread_count=unread,
        safety_count=safety,
        oldest_safety_at=oldest_safety,
        map=map_of(member, alike, by="stage", detail=False),
    )


def unanswered(member: Member) -> QuerySet[Insight]:
    """Agreed insights that nobody has been told about."""
    return agreed(member).filter(~is_answered())


def _waiting(member: Member, untold: list[Kind], first: list[Deciding]) -> list[Waiting]:
    """By the function that is deciding on it; where nobody is, by the one that owns the programme."""
    counts: dict[str, list[int]] = {}
    for kind in untold:
        counts.setdefault(kind.function, [0, 0])[0] += kind.count
    for row in first:
        counts.setdefault(row.own_function, [0, 0])[0] -= row.count
        total = counts.setdefault(row.function, [0, 0])
        total[0] += row.count
        total[1] += row.late_count
    functions = vocabulary(member).functions
    rows = [Waiting(code, functions.label(code), *pair) for code, pair in counts.items() if pair[0] > 0]
    return sorted(rows, key=lambda row: (-row.waiting_count, row.function_label))
