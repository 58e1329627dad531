"""Chances other than LEXIMIN's: Nash welfare, and a balance of the smallest and the largest chance."""

import numpy as np

from antiphon.engines.selection._compact import Target, leximin_target
from antiphon.engines.selection._exact import groups_of
from antiphon.engines.selection._highs import INFINITE, SOLVED, Floats, by_columns, load, quiet
from antiphon.engines.selection._system import System

# Nash: chances in so many steps of growing size, then finer around what was found.
_STEPS, _PASSES = 14, 5
# GOLDILOCKS (Baharav & Flanigan 2024): largest/average + gamma * average/smallest, with gamma 1.
_GAMMA, _HALVINGS = 1.0, 24
_OVER = 1e-9
_GOLDEN = (5**0.5 - 1) / 2


class _Rows:
    """Rows, seats and those caps of groups that some answer has broken so far."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.matrix = np.concatenate([system.matrix, system.seats[:, None]], axis=1) * system.counts[:, None]
        self.low = np.append(system.low, system.size).astype(float)
        self.high = np.append(system.high, system.size).astype(float)
        self.groups = groups_of(system)

    def broken(self, chances: Floats) -> bool:
        """Take in the caps that these chances (T) break; whether there are any."""
        expected = chances * self.system.counts
        broken = [(kinds, most) for kinds, most in self.groups if expected[kinds].sum() > most + _OVER]
        for kinds, most in broken:
            column = np.zeros((len(self.matrix), 1), dtype=np.int64)
            column[kinds, 0] = self.system.counts[kinds]
            self.matrix = np.concatenate([self.matrix, column], axis=1)
            self.low, self.high = np.append(self.low, 0.0), np.append(self.high, float(most))
        self.groups = [group for group in self.groups if not any(group is other for other in broken)]
        return bool(broken)


def nash_target(system: System) -> Target:
    """Chances whose product over all people is largest, among those who can have a chance at all."""
    base = leximin_target(system)
    reach = base.chances > 0
    chances, rows = base.chances.copy(), _Rows(system)
    spread = 8.0
    for _ in range(_PASSES):
        around = np.maximum(chances, 1e-9)
        chances = _nash_step(rows, around, reach, spread)
        while rows.broken(chances):
            chances = _nash_step(rows, around, reach, spread)
        spread = 1 + (spread - 1) / 4
    return Target(chances, base.bound, base.duals, base.levels)


def _nash_step(
    rows: _Rows, around: Floats, reach: np.ndarray[tuple[int], np.dtype[np.bool_]], spread: float
) -> Floats:
    """One linear program: the logarithm as straight pieces, closer together around the last chances."""
    knots = around[:, None] * np.geomspace(1 / spread, spread, _STEPS)[None, :]
    knots = np.minimum(np.hstack([knots, np.ones((len(around), 1))]), 1.0)
    widths = np.diff(np.hstack([np.zeros((len(around), 1)), knots]), axis=1)
    logs = np.log(np.maximum(knots, 1e-300))
    slope = np.diff(logs, axis=1) / np.maximum(widths[:, 1:], 1e-15)
    slopes = np.hstack([4 * slope[:, :1], slope])
    kinds, pieces = widths.shape
    upper = (widths * reach[:, None]).ravel()
    solver = quiet()
    scale = float(np.median(around[reach]))
    cost = -(slopes * rows.system.counts[:, None]).ravel() * scale
    columns = by_columns(np.repeat(rows.matrix, pieces, axis=0))
    load(solver, cost, (np.zeros(kinds * pieces), upper), (rows.low, rows.high), columns)
    solver.run()
    if solver.getModelStatus() != SOLVED:
        return around
    found: Floats = np.array(solver.getSolution().col_value).reshape(kinds, pieces).sum(axis=1)
    return found


def goldilocks_target(system: System) -> Target:
    """Chances with the least of (largest ÷ average + average ÷ smallest); LEXIMIN under that largest chance."""
    base = leximin_target(system)
    average = system.size / float(system.counts @ system.seats)
    reach, rows = base.chances > 0, _Rows(system)

    def price(smallest: float) -> tuple[float, float]:
        largest = _least_largest(rows, reach, smallest)
        return largest / average + _GAMMA * average / max(smallest, 1e-12), largest

    low, high = base.bound * 0.02, base.bound * (1 - 1e-9)
    for _ in range(_HALVINGS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if price(left)[0] < price(right)[0]:
            high = right
        else:
            low = left
    ceiling = min(1.0, price((low + high) / 2)[1] * (1 + 1e-9))
    return leximin_target(system, ceiling=ceiling)


def _least_largest(rows: _Rows, reach: np.ndarray[tuple[int], np.dtype[np.bool_]], smallest: float) -> float:
    """The least largest chance when everyone has at least `smallest`: chance = largest - slack."""
    kinds, fixed = rows.matrix.shape
    entries = np.zeros((kinds + 1, fixed + kinds))
    entries[0, fixed:] = reach
    entries[1:, :fixed] = rows.matrix * reach[:, None]
    entries[np.arange(kinds) + 1, fixed + np.arange(kinds)] = -1.0
    low = np.concatenate([rows.low, np.where(reach, 0.0, -1.0)])
    high = np.concatenate([rows.high, np.full(kinds, INFINITE)])
    cost = np.zeros(kinds + 1)
    cost[0] = 1.0
    floor = np.where(reach, smallest, 0.0)
    solver = quiet()
    bounds = (np.append(0.0, floor), np.append(1.0, np.where(reach, 1.0, 0.0)))
    load(solver, cost, bounds, (low, high), by_columns(entries))
    solver.run()
    if solver.getModelStatus() != SOLVED:
        return 1.0
    if rows.broken(np.array(solver.getSolution().col_value)[1:]):
        return _least_largest(rows, reach, smallest)
    return float(solver.getObjectiveValue())
