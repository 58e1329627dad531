"""The linear program that weighs known panels so that everyone gets what is asked for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from antiphon.engines.selection._highs import INFINITE, Columns, Floats, Ints, add_columns, load, quiet, solved

Form = Literal["shortfall", "share"]
# Above so many kinds an interior point is quicker than walking from corner to corner.
_SIMPLEX_KINDS = 350


@dataclass(frozen=True, slots=True)
class Weighed:
    """Weights of the panels (sum 1), what is missing, and the value of a seat of each kind (T) and of a panel."""

    weights: Floats
    missing: float
    values: Floats
    fee: float


class Master:
    """Weigh panels so that every kind t gets `asked[t]` seats.

    Form "shortfall": as few seats missing in sum as can be, at most `grace` for each kind.
    Form "share": everyone gets the same share of what is asked, as large as can be; `missing` is 1 - share.
    """

    def __init__(self, asked: Floats, form: Form, grace: Floats | None = None) -> None:
        kinds = len(asked)
        self.kinds, self.form = kinds, form
        self.simplex = kinds <= _SIMPLEX_KINDS
        self.solver = quiet(presolve="off") if self.simplex else quiet(solver="ipm", run_crossover="off")
        low = np.append(asked if form == "shortfall" else np.zeros(kinds), 1.0)
        high = np.append(np.full(kinds, INFINITE), 1.0)
        if form == "shortfall":
            columns = Columns(np.arange(kinds + 1), np.arange(kinds), np.ones(kinds))
            cost, upper = np.ones(kinds), np.full(kinds, INFINITE) if grace is None else grace
        else:
            columns = Columns(np.array([0, kinds]), np.arange(kinds), -asked)
            cost, upper = np.array([-1.0]), np.array([1.0])
        self.first = len(cost)
        load(self.solver, cost, (np.zeros(len(cost)), upper), (low, high), columns)
        self.panels: list[Ints] = []
        self.seen: set[bytes] = set()
        self.last: tuple[int, Weighed] | None = None

    def add(self, panels: Ints) -> int:
        """Panels as kinds on seats (B x k); those known already are left out. Returns how many are new."""
        fresh = []
        for panel in np.sort(panels, axis=1):
            name = panel.astype(np.int32).tobytes()
            if name not in self.seen:
                self.seen.add(name)
                fresh.append(panel)
        if fresh:
            self._load(fresh)
        return len(fresh)

    def _load(self, fresh: list[Ints]) -> None:
        self.panels += fresh
        # Kinds come sorted, and the row that sums the weights is the last: each run of equals is one entry.
        seats = np.column_stack([np.array(fresh), np.full(len(fresh), self.kinds)])
        first = np.diff(seats, axis=1, prepend=-1) > 0
        at = np.flatnonzero(first)
        index, times = seats.ravel()[at], np.diff(np.append(at, seats.size))
        start = np.append(0, np.cumsum(first.sum(axis=1)))
        columns = Columns(start, index, np.where(index == self.kinds, 1, times).astype(float))
        nothing = np.zeros(len(fresh))
        add_columns(self.solver, nothing, nothing, np.full(len(fresh), INFINITE), columns)

    def weigh(self) -> Weighed:
        """The best weights of the panels known so far."""
        if self.last and self.last[0] == len(self.panels):
            return self.last[1]
        if self.simplex:
            solved(self.solver)
        else:
            self.solver.run()
        solution = self.solver.getSolution()
        weights = np.clip(np.array(solution.col_value)[self.first :], 0.0, None)
        duals = np.array(solution.row_dual)
        goal = float(self.solver.getObjectiveValue())
        missing = goal if self.form == "shortfall" else 1.0 + goal
        weighed = Weighed(weights, missing, duals[: self.kinds], float(duals[self.kinds]))
        self.last = (len(self.panels), weighed)
        return weighed
