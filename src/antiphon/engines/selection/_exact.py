"""Whole numbers by HiGHS: is there a panel at all, and which one is worth most."""

from collections.abc import Callable

import numpy as np

from antiphon.engines.selection._highs import INFINITE, SOLVED, Columns, Floats, Ints, by_columns, load, quiet
from antiphon.engines.selection._mix import NoPanel
from antiphon.engines.selection._panels import Flags
from antiphon.engines.selection._system import System


def groups_of(system: System) -> list[tuple[Ints, int]]:
    """The kinds of each capped group and its cap."""
    return [
        (np.flatnonzero(layer.key == key), int(most))
        for layer in system.layers
        for key, most in enumerate(layer.most.tolist())
    ]


class Panels:
    """The set of all panels between row totals, asked for its most valuable one."""

    def __init__(self, system: System, low: Ints, high: Ints) -> None:
        self.system = system
        groups = groups_of(system)
        caps = np.zeros((system.kinds, len(groups)), dtype=np.int64)
        for number, (kinds, _) in enumerate(groups):
            caps[kinds, number] = 1
        matrix = np.concatenate([system.matrix, system.seats[:, None], caps], axis=1)
        self.columns: Columns = by_columns(matrix)
        most_of = np.array([most for _, most in groups], dtype=float)
        self.low = np.concatenate([low, [system.size], np.full(len(groups), -INFINITE)]).astype(float)
        self.high = np.concatenate([high, [system.size], most_of]).astype(float)

    def best(self, values: Floats) -> Ints | None:
        """The panel (T counts) of the highest value; None: there is none."""
        solver = quiet(mip_rel_gap=0.0)
        counts = self.system.counts.astype(float)
        load(solver, -values, (np.zeros(len(counts)), counts), (self.low, self.high), self.columns, whole=True)
        solver.run()
        if solver.getModelStatus() != SOLVED:
            return None
        return np.round(np.array(solver.getSolution().col_value)).astype(np.int64)


def seated(system: System, counts: Ints) -> Ints:
    """Counts of kinds (T) as kinds on seats; units of several leave empty seats (kind T)."""
    kinds = np.repeat(np.arange(system.kinds), counts)
    return np.append(kinds, np.full(system.size - len(kinds), system.kinds))


def any_panel(system: System) -> Ints:
    """Kinds on the seats of one panel that meets everything; raises `NoPanel`."""
    found = Panels(system, system.low, system.high).best(np.zeros(system.kinds))
    if found is None:
        raise NoPanel
    return seated(system, found)


def integral_levels(
    system: System, panels: list[Ints], reachable: Ints, expired: Callable[[], bool]
) -> tuple[list[Ints], Floats, Floats, bool]:
    """LEXIMIN over whole panels by exact pricing, level by level: slow and certain; for small systems.

    Returns the panels, their weights, the chance each kind (T) is owed, and whether it came to its end.
    """
    every = Panels(system, system.low, system.high)
    owed, open_kinds = np.zeros(system.kinds), np.isin(np.arange(system.kinds), reachable)
    known = [np.bincount(panel[panel < system.kinds], minlength=system.kinds) for panel in panels]
    weights = np.zeros(len(known))
    while open_kinds.any():
        weights, level, duals, fee = _level(system, known, owed, open_kinds)
        if expired():
            return known, weights, owed, False
        best = every.best(duals)
        if best is not None and float(duals @ best) > fee + 1e-8:
            known.append(best)
            continue
        pinned = open_kinds & (duals > 1e-7)
        owed[pinned] = level
        open_kinds &= ~pinned
    return known, weights, owed, True


def _level(system: System, known: list[Ints], owed: Floats, open_kinds: Flags) -> tuple[Floats, float, Floats, float]:
    """Maximise the level of the open kinds over the known panels; settled kinds keep what they are owed."""
    matrix = np.array(known, dtype=float)
    kinds = system.kinds
    entries = np.zeros((len(known) + 1, kinds + 1))
    entries[0, :kinds] = -system.counts * open_kinds
    entries[1:, :kinds] = matrix
    entries[1:, kinds] = 1.0
    low = np.append(np.where(open_kinds, 0.0, owed * system.counts - 1e-9), 1.0)
    high = np.append(np.full(kinds, INFINITE), 1.0)
    cost = np.zeros(len(known) + 1)
    cost[0] = -1.0
    solver = quiet(presolve="off")
    bounds = (np.append(-1.0, np.zeros(len(known))), np.full(len(known) + 1, INFINITE))
    load(solver, cost, bounds, (low, high), by_columns(entries))
    solver.run()
    solution = solver.getSolution()
    duals = np.array(solution.row_dual)
    weights = np.clip(np.array(solution.col_value)[1:], 0.0, None)
    return weights, float(solution.col_value[0]), duals[:kinds], -float(duals[kinds])
