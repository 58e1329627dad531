"""A whole problem from its files: everything that is wrong with any of them is told at once, each by its row."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from antiphon.engines.selection._faults import faults, faults_of_quotas
from antiphon.engines.selection._reading import columns_of, pool_in, quotas_in, read_rules
from antiphon.engines.selection._values import BadProblem, Cap, Fault, Problem, Rules

Read = TypeVar("Read")


def read_problem(
    pool: Path, quotas: Path, size: int, *, constraints: Path | None = None, households: str | None = None
) -> Problem:
    """The problem in these files; at most one member shares a value of the column `households`.

    Raises `BadProblem` with all faults of all files.
    """
    found: list[Fault] = []
    wanted = _part(lambda: quotas_in(quotas), found) or ()
    rules = _part(lambda: (read_rules(constraints) if constraints else Rules(), []), found) or Rules()
    if households:
        others = tuple(cap for cap in rules.caps if cap.column != households)
        rules = replace(rules, caps=(Cap(households, 1), *others))
    people = _part(lambda: pool_in(pool, columns_of(wanted, rules)), found)
    if people is None:
        raise BadProblem(_once(found, faults_of_quotas(wanted)))
    problem = Problem(people, wanted, size, rules)
    every = _once(found, faults(problem))
    if every:
        raise BadProblem(every)
    return problem


def _part(read: Callable[[], tuple[Read, list[Fault]]], found: list[Fault]) -> Read | None:
    """What one file holds, if it can be told."""
    try:
        held, more = read()
    except BadProblem as wrong:
        found += wrong.faults
        return None
    found += more
    return held


def _once(found: list[Fault], more: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """In the order of the rows; a row that cannot be read is not blamed for what it seems to hold."""
    named = {(fault.file, fault.row) for fault in found if fault.row}
    every = [*found, *(fault for fault in more if (fault.file, fault.row) not in named)]
    return tuple(sorted(every, key=lambda fault: (fault.file, fault.row)))
