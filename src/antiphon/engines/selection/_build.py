"""From people, quotas and rules to a system of whole numbers; who cannot sit on any panel is set apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from antiphon.engines.selection._highs import Ints
from antiphon.engines.selection._system import Layer, Row, System
from antiphon.engines.selection._values import Problem

NOTHING = frozenset({"", "none", "None", "no"})


@dataclass(frozen=True, slots=True)
class Built:
    """The system, who is on every panel, and who is on none with the code of the reason."""

    system: System
    forced: tuple[int, ...]
    barred: dict[int, str]


@dataclass(slots=True)
class _People:
    """Rows as coefficients a person (n x m), and caps as groups of places."""

    rows: list[Row]
    coefficients: list[Ints]
    caps: list[tuple[tuple[int, ...], int]]


def build(problem: Problem) -> Built:
    """The system of a problem whose faults were looked for before."""
    place = {name: i for i, name in enumerate(problem.pool.ids)}
    groups = joined([tuple(place[i] for i in group) for group in problem.rules.together])
    forced = with_companions({place[i] for i in problem.rules.forced}, groups)
    away = barred(problem, place, groups)
    people = _People([], [], [])
    _add_rows(problem, people)
    _add_caps(problem, people, place)
    _bar_those_apart_from_forced(people, forced, away)
    away |= _left_behind(away, groups)
    return Built(_system(problem, people, groups, forced, away), tuple(sorted(forced)), away)


def joined(groups: list[tuple[int, ...]]) -> list[frozenset[int]]:
    """Groups that overlap become one."""
    found: list[set[int]] = []
    for group in groups:
        joined = set(group)
        for other in [other for other in found if other & joined]:
            found.remove(other)
            joined |= other
        found.append(joined)
    return [frozenset(group) for group in found]


def with_companions(chosen: set[int], groups: list[frozenset[int]]) -> set[int]:
    """Those chosen, and everyone who sits only with one of them."""
    return chosen.union(*(group for group in groups if group & chosen))


def barred(problem: Problem, place: dict[str, int], groups: list[frozenset[int]]) -> dict[int, str]:
    """Places of those who can be on no panel by the rules alone, with the code of the reason."""
    columns, rules = problem.pool.columns, problem.rules
    away = {place[name]: "excluded" for name in rules.excluded if name in place}
    for column, value in rules.excluded_values:
        away |= {i: "excluded" for i, found in enumerate(columns[column]) if found == value}
    burden = rules.burden
    if burden and burden.most_each is not None:
        asked = enumerate(columns[burden.column])
        away |= {i: "asked_enough" for i, found in asked if int(found or 0) > burden.most_each}
    return away | _left_behind(away, groups)


def _left_behind(away: dict[int, str], groups: list[frozenset[int]]) -> dict[int, str]:
    """Those who sit only with somebody who cannot."""
    broken = [group for group in groups if group & away.keys()]
    return {i: "companion_cannot" for group in broken for i in group if i not in away}


def _add_rows(problem: Problem, people: _People) -> None:
    columns = problem.pool.columns
    codes = {feature: np.array(columns[feature], dtype=object) for feature in {q.feature for q in problem.quotas}}
    for quota in problem.quotas:
        people.rows.append(Row("quota", quota.feature, quota.value, quota.min, quota.max))
        people.coefficients.append((codes[quota.feature] == quota.value).astype(np.int64))
    for capacity in problem.rules.capacities:
        held = np.array(columns[capacity.column], dtype=object)
        wanted = held == capacity.value if capacity.value is not None else ~np.isin(held, list(NOTHING))
        people.rows.append(Row("capacity", capacity.column, capacity.value or "", 0, capacity.most))
        people.coefficients.append(wanted.astype(np.int64))
    burden = problem.rules.burden
    if burden and burden.most_together is not None:
        people.rows.append(Row("burden", burden.column, "", 0, burden.most_together))
        people.coefficients.append(np.array([int(held or 0) for held in columns[burden.column]], dtype=np.int64))


def _add_caps(problem: Problem, people: _People, place: dict[str, int]) -> None:
    for cap in problem.rules.caps:
        sharing = defaultdict(list)
        for i, value in enumerate(problem.pool.columns[cap.column]):
            if value not in NOTHING:
                sharing[value].append(i)
        people.caps += [(tuple(group), cap.most) for group in sharing.values() if len(group) > cap.most]
    people.caps += [(tuple(place[name] for name in group), 1) for group in problem.rules.apart]


def _bar_those_apart_from_forced(people: _People, forced: set[int], barred: dict[int, str]) -> None:
    """A cap that forced members use up bars the others of its group."""
    left = []
    for group, most in people.caps:
        sitting = forced.intersection(group)
        rest = tuple(i for i in group if i not in forced)
        room = most - len(sitting)
        if room <= 0:
            barred |= {i: "shares_with_forced" for i in rest if i not in barred}
        elif len(rest) > room:
            left.append((rest, room))
    people.caps = left


def _system(
    problem: Problem, people: _People, groups: list[frozenset[int]], forced: set[int], barred: dict[int, str]
) -> System:
    n = len(problem.pool.ids)
    free = np.ones(n, dtype=bool)
    free[list(forced | barred.keys())] = False
    matrix = np.stack(people.coefficients, axis=1) if people.rows else np.zeros((n, 0), dtype=np.int64)
    used = matrix[sorted(forced)].sum(axis=0)
    leaders, companions = _leaders(groups, free)
    for leader, group in companions.items():
        matrix[leader] = matrix[list(group)].sum(axis=0)
    layers, dense = _layers(people.caps, companions, n)
    matrix = np.concatenate([matrix, *dense], axis=1) if dense else matrix
    low = np.array([row.low for row in people.rows] + [0] * len(dense), dtype=np.int64)
    high = np.array([row.high for row in people.rows] + [most for _, most in _crossing(people.caps, companions)])
    rows = (*people.rows, *(Row("cap", "", "", 0, int(most)) for most in high[len(people.rows) :]))
    low[: len(used)] -= used
    high[: len(used)] -= used
    seats = np.ones(n, dtype=np.int64)
    seats[list(companions)] = [len(group) for group in companions.values()]
    chosen = np.flatnonzero(free & leaders)
    order = _kinds(matrix[chosen], seats[chosen], [layer[chosen] for layer, _ in layers])
    first = _first_of_each(order)
    units: list[list[tuple[int, ...]]] = [[] for _ in first]
    for where, kind in zip(chosen.tolist(), order.tolist(), strict=True):
        units[kind].append(tuple(sorted(companions.get(where, (where,)))))
    return System(
        size=problem.size - len(forced),
        rows=rows,
        matrix=matrix[chosen[first]],
        low=np.maximum(low, 0),
        high=high.astype(np.int64),
        counts=np.bincount(order, minlength=len(first)),
        seats=seats[chosen[first]],
        layers=tuple(Layer(key[chosen[first]], most) for key, most in layers),
        units=tuple(tuple(unit) for unit in units),
    )


def _leaders(
    groups: list[frozenset[int]], free: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], dict[int, frozenset[int]]]:
    """The first of each group stands for it; the others are no variables of their own."""
    leaders = np.ones(len(free), dtype=bool)
    companions = {}
    for group in groups:
        if all(free[i] for i in group) and len(group) > 1:
            leader = min(group)
            leaders[[i for i in group if i != leader]] = False
            companions[leader] = group
    return leaders, companions


def _crossing(
    caps: list[tuple[tuple[int, ...], int]], companions: dict[int, frozenset[int]]
) -> list[tuple[tuple[int, ...], int]]:
    inside = frozenset().union(*companions.values()) if companions else frozenset()
    return [(group, most) for group, most in caps if inside.intersection(group)]


def _layers(
    caps: list[tuple[tuple[int, ...], int]], companions: dict[int, frozenset[int]], n: int
) -> tuple[list[tuple[Ints, Ints]], list[Ints]]:
    """Caps as few layers of groups without overlap; caps that touch a unit of several become rows."""
    crossing = _crossing(caps, companions)
    dense = []
    for group, _ in crossing:
        column = np.zeros((n, 1), dtype=np.int64)
        column[list(group)] = 1
        for leader, unit in companions.items():
            column[leader] = len(unit.intersection(group))
        dense.append(column)
    layers: list[tuple[Ints, list[int]]] = []
    touched = {group for group, _ in crossing}
    for group, most in caps:
        if group not in touched:
            _lay(layers, group, most, n)
    return [(key, np.array(mosts, dtype=np.int64)) for key, mosts in layers], dense


def _lay(layers: list[tuple[Ints, list[int]]], group: tuple[int, ...], most: int, n: int) -> None:
    places = list(group)
    for key, mosts in layers:
        if (key[places] < 0).all():
            key[places] = len(mosts)
            mosts.append(most)
            return
    key = np.full(n, -1, dtype=np.int64)
    key[places] = 0
    layers.append((key, [most]))


def _kinds(matrix: Ints, seats: Ints, keys: Iterable[Ints]) -> Ints:
    """The number of the kind of each unit: equal rows, seats and keys are one kind, in order of appearance."""
    code = np.zeros(len(matrix), dtype=np.int64)
    for column in (*matrix.T, seats, *keys):
        held, inverse = np.unique(column, return_inverse=True)
        if len(held) > 1:
            code = np.unique(code * len(held) + inverse, return_inverse=True)[1].astype(np.int64)
    first = _first_of_each(code)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[code]


def _first_of_each(code: Ints) -> Ints:
    return np.unique(code, return_index=True)[1].astype(np.int64)
