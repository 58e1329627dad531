"""A lottery of many panels with equal weight: one deck for all of them, dealt, then mended by trading seats.

As every kind has its whole copies in the deck, chances are what they should be as soon as the panels are whole.
"""

from collections.abc import Callable

import numpy as np

from antiphon.engines.selection._compact import Target, tight_rows
from antiphon.engines.selection._copies import copies_of, number_of_panels
from antiphon.engines.selection._highs import Ints
from antiphon.engines.selection._mend import mend, reseat
from antiphon.engines.selection._mix import Mix
from antiphon.engines.selection._panels import Workshop
from antiphon.engines.selection._system import System
from antiphon.engines.selection._trade import trade

Expired = Callable[[], bool]
# More panels than asked for, where that loses less, only while there are no more seats in all than this.
_SEATS = 400_000
_SAFE = 1e-5
# A panel that cannot be mended is traded with again.
_TURNS, _HOPELESS = 8, 0.05
_AS_GOOD = 1e-6


def equal_panels(system: System, target: Target, number: int, random: np.random.Generator, expired: Expired) -> Ints:
    """`number` panels (B x k) that together give every kind its chance, rounded to whole copies.

    The smallest chance is kept. Panels that cannot be made whole are left out.
    """
    tight = tight_rows(system, target.chances, None)
    traders, menders = Workshop(system, *tight, random), Workshop(system, system.low, system.high, random)
    seats = traders.dealt(copies_of(system, target.chances, number, random), number)
    wanted, needed = np.zeros(traders.kinds), np.zeros(traders.kinds, dtype=np.int64)
    wanted[: system.kinds] = target.chances * system.counts * number
    least = np.where(target.chances > 0, np.floor(number * target.bound + _SAFE), 0)
    needed[: system.kinds] = least * system.counts
    for _ in range(_TURNS):
        trade(traders, seats, expired)
        mend(menders, seats, wanted, needed, expired)
        broken = np.count_nonzero(menders.faults(seats))
        if expired() or not broken or broken > _HOPELESS * number:
            break
    whole = seats.part(menders.faults(seats) == 0)
    reseat(menders, whole, needed)
    return whole.kind


def equal_mix(system: System, target: Target, least: int, random: np.random.Generator, expired: Expired) -> Mix | None:
    """The lottery of about `least` equal panels or more; None: not a single one was found."""
    number = number_of_panels(target.bound, least, max(least * 2, _SEATS // system.size))
    panels = equal_panels(system, target, number, random, expired)
    if not len(panels):
        return None
    given = np.bincount(panels.ravel(), minlength=system.kinds + 1)[: system.kinds]
    reach = target.chances > 0
    smallest = float((given / system.counts)[reach].min()) / len(panels)
    proven = smallest >= target.bound * (1 - _AS_GOOD)
    weights = np.full(len(panels), 1 / len(panels))
    return Mix(panels, weights, target.bound, False, proven, reach, proven or not expired())
