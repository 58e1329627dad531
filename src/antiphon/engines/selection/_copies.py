"""How often each kind sits in a stated number of panels: whole copies, as near to the chances wanted as can be."""

import numpy as np

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._panels import Flags, alike
from antiphon.engines.selection._system import System

_GRAIN = 1e-5
# Tries to make all panels together meet all quotas, and how many kinds are looked at in each.
_TRIES, _LOOKED_AT = 800, 160


def number_of_panels(bound: float, least: int, most: int) -> int:
    """How many panels of equal weight lose least of the bound, which is a fraction of small numbers as a rule.

    The smallest from `least` to `most` in which next to nothing is lost, else the one that loses least; never so
    few that somebody would be left out.
    """
    first = max(1.0, np.ceil(least * bound))
    times = np.arange(first, max(first, np.floor(most * bound)) + 1)
    numbers = np.ceil(times / bound - _GRAIN)
    loss = 1 - times / (numbers * bound)
    exact = np.flatnonzero(loss < _GRAIN / 10)
    return int(numbers[exact[0] if len(exact) else loss.argmin()])


def copies_of(system: System, chances: Floats, number: int, random: np.random.Generator) -> Ints:
    """Copies of each kind (T) for `number` panels, the same for every unit of a kind wherever that is possible.

    Every unit gets its share rounded up or down, so that the panels together meet the quotas as a whole.
    """
    wanted = chances * number
    whole = np.floor(wanted + _GRAIN).astype(np.int64)
    part = np.where(wanted - whole > _GRAIN, wanted - whole, 0.0)
    up = _systematic(system, part, random)
    copies: Ints = (whole + up) * system.counts
    units = np.where(up, -1, 1) * system.counts * (part > 0)
    flipped = _flips(system, copies, units, number, random)
    copies += units * flipped
    up ^= flipped
    # Whole kinds at a time may miss by a few seats; single copies make up for it.
    single = np.where(up, -1, 1) * ((part > 0) & (system.counts > 1))
    copies += single * _flips(system, copies, single, number, random)
    return copies


def _systematic(system: System, part: Floats, random: np.random.Generator) -> Flags:
    """Kinds that are rounded up: every so many in an order in which neighbours are alike."""
    some = alike(system, np.flatnonzero(part), random)
    upto = np.floor(np.cumsum(part[some]) + random.random())
    up = np.zeros(system.kinds, dtype=bool)
    up[some] = np.diff(upto, prepend=0.0) > 0
    return up


def _flips(system: System, copies: Ints, steps: Ints, number: int, random: np.random.Generator) -> Flags:
    """Which kinds take their step, so that the sum of all panels comes as near to meeting the rows as it can.

    Two at a time, the best of some at random; a kind that was flipped may be flipped back.
    """
    matrix = np.concatenate([system.matrix, system.seats[:, None]], axis=1)
    low, high = np.append(system.low, system.size) * number, np.append(system.high, system.size) * number
    total, sign = copies @ matrix, np.ones(system.kinds, dtype=np.int64)
    some = np.append(np.flatnonzero(steps), -1)
    for _ in range(_TRIES):
        if _off(total, low, high) == 0:
            break
        pair = [random.choice(some, min(_LOOKED_AT, len(some)), replace=False) for _ in range(2)]
        pair = [np.append(chosen[chosen >= 0], -1) for chosen in pair]
        change = [(sign * steps)[chosen, None] * matrix[chosen] * (chosen >= 0)[:, None] for chosen in pair]
        off = _off(total + change[0][:, None] + change[1][None], low, high)
        off[pair[0][:, None] == pair[1][None]] = np.iinfo(np.int64).max
        first, second = np.divmod(int(off.argmin()), off.shape[1])
        if off[first, second] < _off(total, low, high):
            total = total + change[0][first] + change[1][second]
            for kind in (pair[0][first], pair[1][second]):
                sign[kind] *= -1 if kind >= 0 else 1
    return np.asarray(sign < 0)


def _off(total: Ints, low: Ints, high: Ints) -> Ints:
    found: Ints = (np.maximum(low - total, 0) + np.maximum(total - high, 0)).sum(axis=-1)
    return found
