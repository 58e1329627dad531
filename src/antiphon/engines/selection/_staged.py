"""Inviting more people than there are seats, because not everyone accepts: how many, and at what risk."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from antiphon.engines.selection._faults import check
from antiphon.engines.selection._values import Invitation, Problem, Quota, Stage

Rates = Mapping[tuple[str, str], float]


def invitation_problem(problem: Problem, *, rates: Rates, default: float, risk: float) -> Stage:
    """The same problem with more seats: quotas so large that each minimum is missed with a chance below its share.

    `rates` are the chances (0..1) that people with a value accept, `default` for all others; `risk` is the chance
    of missing any minimum that one is ready to take, shared equally among the minimums.
    """
    check(problem)
    asking = [quota for quota in problem.quotas if quota.min > 0]
    share = risk / max(1, len(asking))
    needed = {quota: _enough(quota.min, rates.get((quota.feature, quota.value), default), share) for quota in asking}
    per_feature: dict[str, int] = {}
    for quota, number in needed.items():
        per_feature[quota.feature] = per_feature.get(quota.feature, 0) + number
    size = max([_enough(problem.size, default, share), *per_feature.values()])
    widened = tuple(_widened(quota, needed.get(quota, 0), rates, default, size) for quota in problem.quotas)
    short = {quota: needed[quota] - _held(problem, quota) for quota in asking}
    lacking = tuple((quota.feature, quota.value, number) for quota, number in short.items() if number > 0)
    return Stage(replace(problem, size=size, quotas=widened), size, lacking)


def _held(problem: Problem, quota: Quota) -> int:
    return problem.pool.columns[quota.feature].count(quota.value)


def _widened(quota: Quota, needed: int, rates: Rates, default: float, size: int) -> Quota:
    rate = max(rates.get((quota.feature, quota.value), default), 1e-6)
    most = min(size, max(needed, ceil(quota.max / rate)))
    return replace(quota, min=needed, max=most if quota.max else 0, min_flex=None, max_flex=None)


def _enough(wanted: int, rate: float, risk: float) -> int:
    """The fewest invitations of which fewer than `wanted` are accepted with a chance of at most `risk`."""
    if rate <= 0 or wanted <= 0:
        return wanted
    number = wanted
    while _short_of(wanted, [rate] * number) > risk and number < 100 * wanted:
        number += 1
    return number


def _short_of(wanted: int, rates: Sequence[float]) -> float:
    """The chance that fewer than `wanted` of people with these rates accept, exactly (Poisson binomial)."""
    reached = np.zeros(wanted + 1)
    reached[0] = 1.0
    for rate in rates:
        came = reached[:-1] * rate
        reached[:-1] *= 1 - rate
        reached[1:] += came
    return float(reached[:wanted].sum())


def risks(problem: Problem, *, invited: Sequence[str], rates: Rates, default: float) -> tuple[Invitation, ...]:
    """For each quota with a minimum: how many are invited, and the chance that too few of them accept.

    Somebody's rate is the lowest of those that their values have.
    """
    check(problem)
    place = {name: i for i, name in enumerate(problem.pool.ids)}
    columns = problem.pool.columns
    features = dict.fromkeys(quota.feature for quota in problem.quotas)

    def rate_of(name: str) -> float:
        own = [rates.get((feature, columns[feature][place[name]])) for feature in features]
        return min([rate for rate in own if rate is not None], default=default)

    found = []
    for quota in problem.quotas:
        if quota.min > 0:
            own = [rate_of(name) for name in invited if columns[quota.feature][place[name]] == quota.value]
            found.append(Invitation(quota.feature, quota.value, quota.min, len(own), _short_of(quota.min, own)))
    return tuple(found)
