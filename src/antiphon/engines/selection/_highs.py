"""HiGHS, one thread, silent and repeatable; linear programs given as columns."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
INFINITE = float(highspy.kHighsInf)
IMPOSSIBLE = highspy.HighsModelStatus.kInfeasible
Highs = highspy.Highs
SOLVED = highspy.HighsModelStatus.kOptimal


@dataclass(frozen=True, slots=True)
class Columns:
    """A matrix by columns: entries of column j lie at start[j]..start[j+1]."""

    start: Ints
    index: Ints
    value: Floats


def by_columns(dense: NDArray[np.generic]) -> Columns:
    """The matrix (columns first) without its zeros."""
    column, row = np.nonzero(dense)
    start = np.zeros(len(dense) + 1, dtype=np.int64)
    np.cumsum(np.bincount(column, minlength=len(dense)), out=start[1:])
    return Columns(start, row.astype(np.int64), dense[column, row].astype(np.float64))


def quiet(**options: bool | int | float | str) -> highspy.Highs:
    """A solver that says nothing and uses one thread."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types here
    settings: dict[str, bool | int | float | str] = {"output_flag": False, "threads": 1, "parallel": "off"}
    for name, value in (settings | {"random_seed": 0} | options).items():
        solver.setOptionValue(name, value)
    return solver


def load(
    solver: highspy.Highs,
    cost: Floats,
    column_bounds: tuple[Floats, Floats],
    row_bounds: tuple[Floats, Floats],
    columns: Columns,
    whole: bool = False,
) -> None:
    """Hand a minimisation over; `whole` asks for whole numbers."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(row_bounds[0])
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, *column_bounds
    lp.row_lower_, lp.row_upper_ = row_bounds
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = columns.start.astype(np.int32)
    lp.a_matrix_.index_ = columns.index.astype(np.int32)
    lp.a_matrix_.value_ = columns.value
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(cost)
    solver.passModel(lp)


def solved(solver: highspy.Highs) -> bool:
    """Run it: from where it stands, and where that leads nowhere, from a fresh start. Whether it has an answer."""
    solver.run()
    if solver.getModelStatus() != SOLVED:
        solver.clearSolver()
        solver.run()
    return bool(solver.getModelStatus() == SOLVED)


def add_columns(solver: highspy.Highs, cost: Floats, lower: Floats, upper: Floats, columns: Columns) -> None:
    """More columns for a model already loaded; the basis is kept."""
    solver.addCols(
        len(cost),
        cost,
        lower,
        upper,
        len(columns.index),
        columns.start[:-1].astype(np.int32),
        columns.index.astype(np.int32),
        columns.value,
    )
