"""Panels mended with people from the pool, at the cost of those who have seats to spare."""

from collections.abc import Callable

import numpy as np

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._panels import Seats, Workshop
from antiphon.engines.selection._trade import Side, costs, side_of

Expired = Callable[[], bool]
# Steps to mend one panel; a row that stays broken weighs more with each.
_STEPS, _STING = 300, 0.2
_KEPT = np.float32(1e4)
# Who has more seats than wanted leaves sooner, who has fewer comes sooner; never at the price of a fault.
_EVEN, _MOST = 0.1, 4.0
_TOGETHER = 64


def mend(shop: Workshop, seats: Seats, wanted: Floats, needed: Ints, expired: Expired) -> None:
    """Mend panels that are at fault, one by one; in place.

    Whoever has no more seats in all than `needed` (copies a kind, T) keeps them; else they stay near `wanted`.
    """
    given = np.bincount(seats.kind.ravel(), minlength=shop.kinds)
    for panel in np.flatnonzero(shop.faults(seats)).tolist():
        one = seats.part(np.array([panel]))
        for _ in range(_STEPS):
            _seat_another(shop, one, given, wanted, needed)
            if expired() or shop.faults(one)[0] == 0:
                break
        shop.renew(seats, np.array([panel]), one)


def reseat(shop: Workshop, seats: Seats, needed: Ints) -> None:
    """Seat those who have fewer seats than `needed` on panels that stay whole, where there are such; in place."""
    given = np.bincount(seats.kind.ravel(), minlength=shop.kinds)
    for kind in np.flatnonzero(given < needed).tolist():
        while given[kind] < needed[kind] and _reseated(shop, seats, kind, given, needed):
            pass


def _seat_another(shop: Workshop, one: Seats, given: Ints, wanted: Floats, needed: Ints) -> None:
    """The best exchange of one seat with the pool."""
    offered = shop.candidates(one)
    offered = np.arange(shop.kinds)[None] if offered is None else offered
    nothing = np.zeros_like(one.total)
    cost = costs(shop, side_of(shop, one), Side(offered, nothing, nothing))
    cost += _KEPT * (given[one.kind] <= needed[one.kind])[:, :, None]
    beyond = (_EVEN * np.clip(given - wanted, -_MOST, _MOST)).astype(np.float32)
    cost += beyond[offered][:, None, :] - beyond[one.kind][:, :, None]
    seat, other = np.divmod(int(cost[0].argmin()), cost.shape[2])
    _exchange(shop, one, (0, seat), int(offered[0, other]), given)
    one.stress += _STING * ((one.total < shop.low) | (one.total > shop.high))


def _reseated(shop: Workshop, seats: Seats, kind: int, given: Ints, needed: Ints) -> bool:
    """Give one more seat to a kind where somebody with seats to spare can leave one and all rows still hold."""
    for at in range(0, len(seats.kind), _TOGETHER):
        part = np.arange(at, min(at + _TOGETHER, len(seats.kind)))
        sitting = seats.kind[part]
        total = seats.total[part][:, None] + shop.matrix[kind] - shop.matrix[sitting]
        able = ((total >= shop.low) & (total <= shop.high)).all(axis=2) & (given[sitting] > needed[sitting])
        refused = np.zeros((*sitting.shape, 1), dtype=np.float32)
        shop.refuse(refused, sitting, np.full((len(part), 1), kind))
        able &= refused[:, :, 0] == 0
        if able.any():
            panel, seat = np.divmod(int(able.argmax()), able.shape[1])
            _exchange(shop, seats, (int(part[panel]), int(seat)), kind, given)
            return True
    return False


def _exchange(shop: Workshop, seats: Seats, seat: tuple[int, int], new: int, given: Ints) -> None:
    old = seats.kind[seat]
    seats.kind[seat] = new
    seats.total[seat[0]] += shop.matrix[new] - shop.matrix[old]
    given[old] -= 1
    given[new] += 1
