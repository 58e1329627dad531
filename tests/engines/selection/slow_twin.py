"""The slow, obvious twin: every panel is written down, and chances are raised one person at a time."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from antiphon.engines.selection import Problem, Rules


def meets(problem: Problem, panel: frozenset[str]) -> bool:
    """Whether these people are a panel, asked of every quota and rule in turn."""
    return _quotas_hold(problem, panel) and _shares_hold(problem, panel) and _company_holds(problem.rules, panel)


def _held(problem: Problem, panel: frozenset[str], column: str) -> list[str]:
    values = problem.pool.columns[column]
    return [value for name, value in zip(problem.pool.ids, values, strict=True) if name in panel]


def _quotas_hold(problem: Problem, panel: frozenset[str]) -> bool:
    counts = [(quota, _held(problem, panel, quota.feature).count(quota.value)) for quota in problem.quotas]
    return all(quota.min <= count <= quota.max for quota, count in counts)


def _shares_hold(problem: Problem, panel: frozenset[str]) -> bool:
    for cap in problem.rules.caps:
        values = [value for value in _held(problem, panel, cap.column) if value]
        if any(values.count(value) > cap.most for value in values):
            return False
    capacities = problem.rules.capacities
    return all(
        _held(problem, panel, capacity.column).count(capacity.value) <= capacity.most for capacity in capacities
    )


def _company_holds(rules: Rules, panel: frozenset[str]) -> bool:
    if any(len(panel.intersection(group)) > 1 for group in rules.apart):
        return False
    if any(0 < len(panel.intersection(group)) < len(group) for group in rules.together):
        return False
    return panel >= set(rules.forced) and not panel & rules.excluded


def panels(problem: Problem) -> list[frozenset[str]]:
    """Every panel there is."""
    every = (frozenset(names) for names in combinations(problem.pool.ids, problem.size))
    return [panel for panel in every if meets(problem, panel)]


def leximin(problem: Problem) -> dict[str, float]:
    """LEXIMIN chances of those who are on some panel and need not be: raise all, settle who cannot have more."""
    every = panels(problem)
    names = sorted(set().union(*every) - set(problem.rules.forced)) if every else []
    sits = np.array([[name in panel for panel in every] for name in names], dtype=float)
    settled: dict[int, float] = {}
    while len(settled) < len(names):
        level = _highest(sits, settled, [i for i in range(len(names)) if i not in settled])
        for i in [i for i in range(len(names)) if i not in settled]:
            floor = settled | {j: level for j in range(len(names)) if j not in settled and j != i}
            if _highest(sits, floor, [i]) < level + 1e-7:
                settled[i] = level
    return {names[i]: level for i, level in settled.items()}


def _highest(sits: np.ndarray, floor: dict[int, float], raised: list[int]) -> float:
    """How high the chances of `raised` can be lifted together while the others keep their floor."""
    count = sits.shape[1]
    above = [np.append(-sits[i], 1.0) for i in raised] + [np.append(-sits[i], 0.0) for i in floor]
    limits = [0.0] * len(raised) + [-level + 1e-9 for level in floor.values()]
    cost = np.append(np.zeros(count), -1.0)
    whole = np.append(np.ones(count), 0.0)[None]
    found = linprog(cost, A_ub=np.array(above), b_ub=limits, A_eq=whole, b_eq=[1.0], bounds=(0, None))
    return -found.fun
