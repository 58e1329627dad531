"""The linear program over kinds of people: the bound nobody can beat, and the LEXIMIN chances it allows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.selection._highs import INFINITE, Floats, Ints, by_columns, load, quiet, solved
from antiphon.engines.selection._system import System

# A reduced cost above this keeps a chance at its level in every optimal solution (costs are scaled to about 1).
_PINNED = 1e-6
_NOTHING = 1e-10
_OVER = 1e-9
TIGHT = 1e-7


@dataclass(frozen=True, slots=True)
class Target:
    """Chances a unit (T) that the quotas allow if people could be split.

    `bound` is the smallest positive chance; `duals` (m) say which rows hold it down; `levels` counts the steps.
    """

    chances: Floats
    bound: float
    duals: Floats
    levels: int


class NoFractionalPanel(Exception):
    """Not even people in fractions meet the quotas."""


@dataclass(slots=True)
class _Cut:
    """At most `most` for the weighted chances of some kinds: added when it is broken."""

    kinds: Ints
    weights: Floats
    most: float


class _Levels:
    """Maximise z where a chance is z + s for every kind not settled; settled kinds keep theirs as s."""

    def __init__(self, system: System, ceiling: float) -> None:
        self.system, self.ceiling = system, ceiling
        self.weighted = np.concatenate([system.matrix, system.seats[:, None]], axis=1) * system.counts[:, None]
        self.rows = self.weighted.shape[1]
        self.open = np.ones(system.kinds, dtype=bool)
        self.cuts: list[_Cut] = []
        self.known: set[tuple[int, int]] = set()
        self.solver = quiet(presolve="off", simplex_strategy=4)
        cost = np.zeros(system.kinds + 1)
        cost[0] = -float(max(system.kinds, 1))
        load(
            self.solver,
            cost,
            (np.zeros(system.kinds + 1), np.full(system.kinds + 1, INFINITE)),
            (np.append(system.low, system.size).astype(float), np.append(system.high, system.size).astype(float)),
            by_columns(np.vstack([self.weighted.sum(axis=0), self.weighted])),
        )

    def solve(self) -> tuple[float, Floats, Floats, Floats]:
        """The level, the chances, the reduced costs of s and the duals of the rows."""
        while True:
            if not solved(self.solver):
                raise NoFractionalPanel
            solution = self.solver.getSolution()
            values = np.array(solution.col_value)
            chances = np.where(self.open, values[0] + values[1:], values[1:])
            if not self._cut(chances):
                duals = np.array(solution.row_dual)
                return float(values[0]), chances, np.array(solution.col_dual)[1:], duals[: self.rows]

    def settle(self, kinds: Ints, level: float) -> None:
        """These kinds keep this chance from now on."""
        self.open[kinds] = False
        for row, total in enumerate(self.weighted[self.open].sum(axis=0)):
            self.solver.changeCoeff(row, 0, float(total))
        for kind in kinds.tolist():
            self.solver.changeColBounds(kind + 1, level, level)
        for row, cut in enumerate(self.cuts):
            self.solver.changeCoeff(self.rows + row, 0, float(cut.weights[self.open[cut.kinds]].sum()))

    def _cut(self, chances: Floats) -> bool:
        """Add what the chances break: nobody above the ceiling, no group of a layer above its cap."""
        fresh = [
            ((-1, kind), _Cut(np.array([kind]), np.ones(1), self.ceiling))
            for kind in np.flatnonzero(chances > self.ceiling + _OVER).tolist()
        ]
        expected = chances * self.system.counts
        for number, layer in enumerate(self.system.layers):
            keyed = np.flatnonzero(layer.key >= 0)
            total = np.bincount(layer.key[keyed], weights=expected[keyed], minlength=len(layer.most))
            for key in np.flatnonzero(total > layer.most + _OVER).tolist():
                kinds = keyed[layer.key[keyed] == key]
                cut = _Cut(kinds, self.system.counts[kinds].astype(float), float(layer.most[key]))
                fresh.append(((number, key), cut))
        fresh = [(name, cut) for name, cut in fresh if name not in self.known]
        for name, cut in fresh:
            self.known.add(name)
            self._add(cut)
        return bool(fresh)

    def _add(self, cut: _Cut) -> None:
        self.cuts.append(cut)
        on_level = float(cut.weights[self.open[cut.kinds]].sum())
        index = np.append(0, cut.kinds + 1).astype(np.int32)
        self.solver.addRow(-INFINITE, cut.most, len(index), index, np.append(on_level, cut.weights))


def leximin_target(system: System, first_level_only: bool = False, ceiling: float = 1.0) -> Target:
    """LEXIMIN over kinds: raise the smallest chance, settle who cannot have more, go on with the others.

    `first_level_only` stops at the bound; nobody gets more than `ceiling`. Raises `NoFractionalPanel`.
    """
    levels = _Levels(system, ceiling)
    settled = np.zeros(system.kinds)
    bound, duals, count = 0.0, np.zeros(levels.rows), 0
    while levels.open.any():
        level, chances, reduced, row_duals = levels.solve()
        pinned = np.flatnonzero(levels.open & (reduced > _PINNED))
        if not len(pinned):
            pinned = np.flatnonzero(levels.open)
        settled[pinned] = level
        count += 1
        if level > _NOTHING and not bound:
            bound, duals = level, row_duals
            if first_level_only:
                return Target(np.where(levels.open, chances, settled), bound, duals[:-1], count)
        levels.settle(pinned, level)
    return Target(np.clip(settled, 0.0, 1.0), bound, duals[:-1], count)


def tight_rows(system: System, chances: Floats, which: NDArray[np.bool_] | None) -> tuple[Ints, Ints]:
    """Rows that are tight in every lottery with these chances hold on every panel with equality."""
    total = (chances * system.counts) @ system.matrix
    at_high, at_low = total > system.high - TIGHT, total < system.low + TIGHT
    if which is not None:
        at_high, at_low = at_high & which, at_low & which
    return np.where(at_high, system.high, system.low), np.where(at_low, system.low, system.high)
