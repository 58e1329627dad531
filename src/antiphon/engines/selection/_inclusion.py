"""What a draw does to inclusion: who is in reach, volunteered, has a chance and was chosen; who is missing."""

from collections.abc import Mapping, Sequence
from math import ceil

from antiphon.engines.selection._faults import check
from antiphon.engines.selection._values import Group, Lottery, Problem

Shares = Mapping[tuple[str, str], float]
Counts = Mapping[tuple[str, str], int]
# Counts below this are not shown unless somebody asks for another limit.
LIMIT = 5


def inclusion(
    problem: Problem,
    *,
    reference: Shares | None = None,
    in_reach: Counts | None = None,
    lottery: Lottery | None = None,
    panel: Sequence[str] = (),
    limit: int = LIMIT,
) -> tuple[Group, ...]:
    """One group for each quota, before the draw (no lottery, no panel) or after it.

    `reference` are shares (0..1) in the population the panel speaks for, `in_reach` how many were invited.
    Counts below `limit` are None, and so is the next smallest of the same feature where one alone could be worked
    out. `missing` is how many more volunteers would bring the group to its share of the pool.
    """
    check(problem)
    place = {name: i for i, name in enumerate(problem.pool.ids)}
    chosen = [place[name] for name in panel]
    counts: dict[str, dict[tuple[str, str], int]] = {"volunteered": {}, "chosen": {}}
    names = [(quota.feature, quota.value) for quota in problem.quotas]
    for feature, value in names:
        column = problem.pool.columns[feature]
        counts["volunteered"][feature, value] = column.count(value)
        counts["chosen"][feature, value] = sum(column[i] == value for i in chosen)
    shown = {kind: _hidden(found, limit) for kind, found in counts.items()}
    reach = _hidden(dict(in_reach or {}), limit)
    return tuple(
        Group(
            feature=feature,
            value=value,
            reference=(reference or {}).get((feature, value)),
            in_reach=reach.get((feature, value)),
            volunteered=shown["volunteered"][feature, value],
            chosen=shown["chosen"][feature, value] if panel else None,
            chance=_chance(problem, lottery, feature, value, shown["volunteered"][feature, value]),
            missing=_missing(problem, counts["volunteered"][feature, value], reference, (feature, value)),
        )
        for feature, value in names
    )


def _hidden(counts: Mapping[tuple[str, str], int], limit: int) -> dict[tuple[str, str], int | None]:
    """Small counts hidden, and with a single one of a feature the next smallest, as totals are known."""
    shown: dict[tuple[str, str], int | None] = {}
    for feature in dict.fromkeys(feature for feature, _ in counts):
        own = sorted(((n, value) for (held, value), n in counts.items() if held == feature), key=lambda one: one[0])
        small = [value for n, value in own if 0 < n < limit]
        others = [value for n, value in own if n >= limit]
        if len(small) == 1 and others:
            small.append(others[0])
        shown |= {(feature, value): None if value in small else n for n, value in own}
    return shown


def _chance(
    problem: Problem, lottery: Lottery | None, feature: str, value: str, volunteered: int | None
) -> float | None:
    """The mean chance in a group that is large enough to be shown."""
    if lottery is None or not volunteered:
        return None
    pairs = zip(problem.pool.ids, problem.pool.columns[feature], strict=True)
    own = [lottery.chances[name] for name, held in pairs if held == value]
    return sum(own) / len(own)


def _missing(problem: Problem, volunteered: int, reference: Shares | None, name: tuple[str, str]) -> int | None:
    """With m more of this group, it has its share of a pool grown by m."""
    share = (reference or {}).get(name)
    if share is None or not 0 < share < 1:
        return None
    lacking = (share * len(problem.pool.ids) - volunteered) / (1 - share)
    return max(0, ceil(lacking - 1e-9))
