"""Panels mended by trading seats among themselves: nobody's number of seats changes while quotas fall into place."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from antiphon.engines.selection._highs import Ints
from antiphon.engines.selection._panels import Flags, Halves, Seats, Workshop

Expired = Callable[[], bool]
# Pairs looked at together: as many as keep the work in the cache of an ordinary machine.
_AT_ONCE = 1_500_000
# A trade that leaves as many faults as before is taken too: faults wander until they meet their opposite.
_NO_WORSE, _NOISE = 0.5, 0.25
_STING, _CALM = 0.05, 0.1
_CROWDED = np.float32(4.0)
# Some partners are anyone, else those at fault could turn in a circle.
_ANYONE, _OFFERED = 0.2, 200
# Standstill: after so many rounds less than a tenth fewer panels are at fault.
_LOOK, _ENOUGH = 60, 0.9


@dataclass(frozen=True, slots=True)
class Side:
    """Panels that trade: kinds on seats (B x k), and what one more or one less costs in each row (B x m)."""

    kind: Ints
    more: Halves
    less: Halves


def trade(shop: Workshop, seats: Seats, expired: Expired) -> None:
    """Trade seats between panels until all meet all rows, or a standstill; in place."""
    faults = shop.faults(seats)
    before, rounds = np.inf, 0
    while not expired():
        broken = np.flatnonzero(faults)
        if rounds % _LOOK == 0:
            if len(broken) >= before * _ENOUGH:
                return
            before = len(broken)
        rounds += 1
        for left, right in _portions(*_pairs(shop, seats, broken), seats.kind.shape[1]):
            _trade_once(shop, seats, left, right)
            both = np.append(left, right)
            faults[both] = shop.faults(seats.part(both))
        wrong = (seats.total < shop.low) | (seats.total > shop.high)
        seats.stress += _STING * wrong + _CALM * (1 - seats.stress)


def _pairs(shop: Workshop, seats: Seats, broken: Ints) -> tuple[Ints, Ints]:
    """Each broken panel with one that can give what it lacks, or take what it has too much of; none twice."""
    broken = shop.random.permutation(broken)
    total = seats.total[broken]
    off = np.maximum(shop.low - total, total - shop.high) * shop.random.random(total.shape, dtype=np.float32)
    worst = off.argmax(axis=1)
    short = total[np.arange(len(broken)), worst] < shop.low[worst]
    free = np.ones(len(seats.kind), dtype=bool)
    offers: dict[tuple[int, bool], list[int]] = {}
    pairs = []
    for panel, row, lacks in zip(broken.tolist(), worst.tolist(), short.tolist(), strict=True):
        if free[panel]:
            free[panel] = False
            if (row, lacks) not in offers:
                offers[row, lacks] = _partners(shop, seats.total[:, row], row, lacks)
            partner = _next_free(offers[row, lacks], free, shop.random)
            if partner is not None:
                free[partner] = False
                pairs.append((panel, partner))
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _next_free(offers: list[int], free: Flags, random: np.random.Generator) -> int | None:
    if random.random() > _ANYONE:
        while offers:
            partner = offers.pop()
            if free[partner]:
                return partner
    partner = int(random.integers(len(free)))
    return partner if free[partner] else None


def _partners(shop: Workshop, total: Halves, row: int, lacks: bool) -> list[int]:
    """Panels that can give (or take) one in a row; last, and so asked first, those that are better off after it."""
    spare = total - shop.low[row] if lacks else shop.high[row] - total
    relieved = total > shop.high[row] if lacks else total < shop.low[row]
    able = shop.random.permutation(np.flatnonzero((spare > 0) & ~relieved))[:_OFFERED]
    found: list[int] = np.append(able, shop.random.permutation(np.flatnonzero(relieved))).tolist()
    return found


def _portions(left: Ints, right: Ints, size: int) -> list[tuple[Ints, Ints]]:
    step = max(1, _AT_ONCE // size**2)
    return [(left[at : at + step], right[at : at + step]) for at in range(0, len(left), step)]


def _trade_once(shop: Workshop, seats: Seats, left: Ints, right: Ints) -> None:
    """The best trade of one seat in each pair, unless it would add a fault."""
    one, other = side_of(shop, seats.part(left)), side_of(shop, seats.part(right))
    cost = costs(shop, one, other)
    shop.refuse(cost.transpose(0, 2, 1), other.kind, one.kind)
    best = cost.reshape(len(cost), -1).argmin(axis=1)
    mine, theirs = np.divmod(best, cost.shape[2])
    agreed = cost[np.arange(len(cost)), mine, theirs] < _NO_WORSE
    left, right, mine, theirs = left[agreed], right[agreed], mine[agreed], theirs[agreed]
    goes, comes = seats.kind[left, mine], seats.kind[right, theirs]
    seats.kind[left, mine], seats.kind[right, theirs] = comes, goes
    change = shop.matrix[comes] - shop.matrix[goes]
    seats.total[left] += change
    seats.total[right] -= change


def side_of(shop: Workshop, seats: Seats) -> Side:
    """These panels as one side of a trade."""
    total = seats.total
    more = np.where(total < shop.low, -1.0, np.where(total >= shop.high, 1.0, 0.0)).astype(np.float32)
    less = np.where(total > shop.high, -1.0, np.where(total <= shop.low, 1.0, 0.0)).astype(np.float32)
    return Side(seats.kind, more * seats.stress, less * seats.stress)


def costs(shop: Workshop, left: Side, right: Side) -> Halves:
    """Faults added by trading each seat on the left for each on the right (B x k x k)."""
    goes, comes = shop.matrix[left.kind], shop.matrix[right.kind]
    out, back = left.less + right.more, left.more + right.less
    cost: Halves = -((goes * (out + back)[:, None, :]) @ comes.transpose(0, 2, 1))
    cost += (goes @ out[:, :, None]) + _noise(shop, left.kind)[:, :, None]
    cost += (comes @ back[:, :, None]).transpose(0, 2, 1) + _noise(shop, right.kind)[:, None, :]
    shop.refuse(cost, left.kind, right.kind)
    if shop.crowded(left.kind).any():
        cost -= (_CROWDED * shop.pushed(left.kind))[:, :, None]
    return cost


def _noise(shop: Workshop, kind: Ints) -> Halves:
    found: Halves = shop.random.random(kind.shape, dtype=np.float32) * np.float32(_NOISE)
    return found
