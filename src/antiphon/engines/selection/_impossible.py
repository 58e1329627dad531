"""Why quotas cannot be met together, and what would be enough: relaxations, people to invite, the conflict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from antiphon.engines.selection._build import build
from antiphon.engines.selection._exact import groups_of
from antiphon.engines.selection._faults import check
from antiphon.engines.selection._highs import IMPOSSIBLE, INFINITE, SOLVED, Floats, Highs, by_columns, load, quiet
from antiphon.engines.selection._system import System
from antiphon.engines.selection._values import Change, Explanation, Problem, Quota, Recruit, Relaxation

_ALTERNATIVES = 3
# Quotas are to be changed before what people need is; those rows may give too, at this price a step.
_DEAR = 20.0
# Nodes, not seconds: the same problem gets the same explanation on a busy machine.
_NODES, _NO_LIMIT = 5_000, 2_000_000_000

Expired = Callable[[], bool]


@dataclass(slots=True)
class _Model:
    """A linear model under construction: variables with bounds and costs, rows as sparse entries."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, dict[int, float]]] = field(default_factory=list)

    def add(self, cost: float, upper: float) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def solve(self, nodes: int = _NO_LIMIT) -> Floats | None:
        """Values of the variables at the least cost; None: there are none, or too many nodes were needed."""
        solver = self._run(True, nodes)
        return np.array(solver.getSolution().col_value) if solver.getModelStatus() == SOLVED else None

    def impossible(self, whole: bool, nodes: int = _NO_LIMIT) -> bool:
        """Whether it is certain that no values do."""
        return bool(self._run(whole, nodes).getModelStatus() == IMPOSSIBLE)

    def _run(self, whole: bool, nodes: int) -> Highs:
        entries = np.zeros((len(self.cost), len(self.rows)))
        for number, (_, _, row) in enumerate(self.rows):
            entries[list(row), number] = list(row.values())
        low = np.array([low for low, _, _ in self.rows], dtype=float)
        high = np.array([high for _, high, _ in self.rows], dtype=float)
        solver = quiet(mip_max_nodes=nodes, mip_rel_gap=0.0)
        bounds = (np.zeros(len(self.cost)), np.array(self.upper))
        load(solver, np.array(self.cost), bounds, (low, high), by_columns(entries), whole=whole)
        solver.run()
        return solver


def explain(problem: Problem, *, expired: Expired = lambda: False) -> Explanation:
    """What keeps a panel from being possible and the least that would make it so; raises `BadProblem`.

    All parts are empty where the quotas can be met. Relaxations and people to invite come before the conflict,
    which is left out when `expired` says so.
    """
    check(problem)
    built = build(problem)
    system = built.system
    missing = _missing(system)
    if missing:
        return Explanation((), _recruits(system), (), missing)
    if not _base(system, range(len(system.rows))).impossible(whole=True):
        return Explanation((), (), (), 0)
    relaxations = _relaxations(problem, system)
    recruits = _recruits(system)
    conflict = () if expired() else _conflict(system, expired)
    return Explanation(relaxations, recruits, conflict, 0)


def _missing(system: System) -> int:
    """Seats that stay empty on the fullest panel, whatever the quotas."""
    if not system.kinds:
        return system.size
    model = _base(system)
    model.cost = [-float(seats) for seats in system.seats.tolist()]
    model.rows[0] = (0.0, model.rows[0][1], model.rows[0][2])
    values = model.solve()
    return system.size if values is None else system.size - round(float(values @ system.seats))


def _base(system: System, rows: Iterable[int] = ()) -> _Model:
    """Kinds as variables; size and caps always hold, and so do the rows that are named."""
    model = _Model()
    for count in system.counts.tolist():
        model.add(0.0, float(count))
    model.rows.append((system.size, system.size, {t: float(s) for t, s in enumerate(system.seats.tolist())}))
    for kinds, most in groups_of(system):
        model.rows.append((-INFINITE, most, dict.fromkeys(kinds.tolist(), 1.0)))
    for row in rows:
        model.rows.append((float(system.low[row]), float(system.high[row]), _entries(system, row)))
    return model


def _entries(system: System, row: int) -> dict[int, float]:
    column = system.matrix[:, row]
    return {int(kind): float(column[kind]) for kind in np.flatnonzero(column)}


def _feasible(system: System, rows: Iterable[int], whole: bool = True) -> bool:
    return not _base(system, rows).impossible(whole, _NODES)


def _relaxations(problem: Problem, system: System) -> tuple[Relaxation, ...]:
    """The smallest changes of quotas that make a panel possible, and others that are not merely more of the same."""
    model, steps = _base(system), []
    quotas = dict(enumerate(problem.quotas))
    for row in range(len(system.rows)):
        entries = _entries(system, row)
        lower, raise_ = _room(system, row, quotas.get(row), problem.size)
        price = 1.0 if system.rows[row].code == "quota" else _DEAR
        down, up = model.add(price, lower), model.add(price, raise_)
        model.rows.append((float(system.low[row]), INFINITE, entries | {down: 1.0}))
        model.rows.append((-INFINITE, float(system.high[row]), entries | {up: -1.0}))
        steps += [(row, "min", down), (row, "max", up)]
    found: list[Relaxation] = []
    while len(found) < _ALTERNATIVES:
        values = model.solve(_NODES if found else _NO_LIMIT)
        if values is None:
            break
        used = [(row, bound, var, round(values[var])) for row, bound, var in steps if values[var] > 0.5]
        found.append(_relaxation(problem, system, used))
        _forbid(model, [var for _, _, var, _ in used])
    return tuple(found)


def _room(system: System, row: int, quota: Quota | None, size: int) -> tuple[float, float]:
    """How far a minimum may fall and a maximum may rise."""
    flex_low = quota.min_flex if quota and quota.min_flex is not None else 0
    flex_high = quota.max_flex if quota and quota.max_flex is not None else size
    given_low, given_high = system.rows[row].low, system.rows[row].high
    lower = min(int(system.low[row]), max(0, given_low - flex_low))
    above = max(0, flex_high - given_high) if system.rows[row].code != "cap" else 0
    return float(lower), float(above)


def _forbid(model: _Model, used: list[int]) -> None:
    """The next answer leaves at least one of these as it is."""
    flags = []
    for var in used:
        flag = model.add(0.0, 1.0)
        model.rows.append((-INFINITE, 0.0, {var: 1.0, flag: -max(model.upper[var], 1.0)}))
        flags.append(flag)
    model.rows.append((-INFINITE, len(flags) - 1.0, dict.fromkeys(flags, 1.0)))


def _relaxation(problem: Problem, system: System, used: list[tuple[int, str, int, int]]) -> Relaxation:
    changes = []
    for row, bound, _, by in used:
        named = system.rows[row]
        now = named.low if bound == "min" else named.high
        changes.append(
            Change(named.code, named.feature, named.value, bound, now, now - by if bound == "min" else now + by)
        )
    return Relaxation(tuple(changes), sum(by for _, _, _, by in used))


def _recruits(system: System) -> tuple[Recruit, ...]:
    """The fewest more volunteers, of whatever kind, with whom a panel would be possible; empty: none would do."""
    quotas = [row for row in range(len(system.rows)) if system.rows[row].code == "quota"]
    model = _base(system, [row for row in range(len(system.rows)) if row not in quotas])
    more = model.add(1000.0, float(system.size))
    model.rows[0][2][more] = 1.0
    by_feature: dict[str, dict[int, float]] = {}
    needed = {}
    for row in quotas:
        extra, short = model.add(0.0, float(system.size)), model.add(1.0, float(system.size))
        entries = _entries(system, row)
        model.rows.append((float(system.low[row]), float(system.high[row]), entries | {extra: 1.0}))
        model.rows.append((float(system.low[row]), INFINITE, entries | {short: 1.0}))
        by_feature.setdefault(system.rows[row].feature, {more: -1.0})[extra] = 1.0
        needed[row] = short
    model.rows += [(0.0, 0.0, entries) for entries in by_feature.values()]
    values = model.solve(_NODES)
    if values is None:
        return ()
    named = [(row, round(values[var])) for row, var in needed.items() if values[var] > 0.5]
    return tuple(Recruit(system.rows[row].feature, system.rows[row].value, number) for row, number in named)


def _conflict(system: System, expired: Expired) -> tuple[tuple[str, str, str], ...]:
    """Rows that cannot hold together though any of them left out would do; found by leaving out one after another."""
    rows = list(range(len(system.rows)))
    if not _feasible(system, rows, whole=False):
        rows = _reduced(system, rows, whole=False, expired=expired)
    rows = _reduced(system, rows, whole=True, expired=expired)
    if expired():
        return ()
    return tuple((system.rows[row].code, system.rows[row].feature, system.rows[row].value) for row in rows)


def _reduced(system: System, rows: list[int], whole: bool, expired: Expired) -> list[int]:
    """Leave out whole features first, then single rows, as long as what stays is impossible."""
    features = dict.fromkeys((system.rows[row].code, system.rows[row].feature) for row in rows)
    for feature in features:
        rest = [row for row in rows if (system.rows[row].code, system.rows[row].feature) != feature]
        if not expired() and not _feasible(system, rest, whole):
            rows = rest
    for row in list(rows):
        rest = [other for other in rows if other != row]
        if not expired() and not _feasible(system, rest, whole):
            rows = rest
    return rows
