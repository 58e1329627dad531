"""From panels of kinds to panels of people: everyone of a kind gets the same chance, to a grain of weight."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._system import System

_EVEN = 1e-12


@dataclass(slots=True)
class _Pieces:
    """Panels of units with their weights, and in which pieces each unit sits."""

    units: list[set[int]]
    weights: list[float]
    held: list[set[int]]

    def add(self, units: set[int], weight: float) -> None:
        for unit in units:
            self.held[unit].add(len(self.units))
        self.units.append(units)
        self.weights.append(weight)

    def swap(self, piece: int, leaves: int, comes: int, weight: float) -> None:
        """`comes` takes the seat of `leaves` in `weight` of a piece; the rest stays as a piece of its own."""
        rest = self.weights[piece] - weight
        if rest > _EVEN:
            self.add(set(self.units[piece]), rest)
            self.weights[piece] = weight
        self.units[piece].remove(leaves)
        self.units[piece].add(comes)
        self.held[leaves].remove(piece)
        self.held[comes].add(piece)


def people_of(
    system: System, panels: Ints, weights: Floats, tickets: bool = False
) -> list[tuple[float, tuple[int, ...]]]:
    """Panels as places in the pool with their weights, the heaviest first.

    Within a kind chances are equal; with `tickets`, whole numbers as weights, they differ by one at most.
    """
    first = [0, *np.cumsum(system.counts).tolist()]
    owner = [unit for kind in system.units for unit in kind]
    pieces = _Pieces([], [], [set() for _ in owner])
    served = [0.0] * len(owner)
    for panel, weight in zip(panels, weights.tolist(), strict=True):
        sitting: set[int] = set()
        for kind, seats in Counter(panel[panel < system.kinds].tolist()).items():
            own: Sequence[int] = range(first[kind], first[kind + 1])
            least = sorted(own, key=served.__getitem__)[:seats] if len(own) > seats else own
            for unit in least:
                served[unit] += weight
            sitting.update(least)
        pieces.add(sitting, weight)
    for kind in np.flatnonzero(system.counts > 1).tolist():
        _even_out(pieces, served, range(first[kind], first[kind + 1]), tickets)
    found: dict[tuple[int, ...], float] = {}
    for units, weight in zip(pieces.units, pieces.weights, strict=True):
        places = tuple(sorted(place for unit in units for place in owner[unit]))
        found[places] = found.get(places, 0.0) + weight
    total = 1.0 if tickets else sum(found.values())
    return sorted(((weight / total, places) for places, weight in found.items()), key=lambda one: (-one[0], one[1]))


def _even_out(pieces: _Pieces, served: list[float], units: range, tickets: bool) -> None:
    """Hand seats from those served too much to those served too little, until all are within a grain."""
    mean = sum(served[units.start : units.stop]) / len(units)
    low, high = (floor(mean + _EVEN), ceil(mean - _EVEN)) if tickets else (mean, mean)
    while True:
        # The first of those served alike, as max and min find it.
        giver, taker = max(units, key=served.__getitem__), min(units, key=served.__getitem__)
        over, under = served[giver] - high, low - served[taker]
        if over <= _EVEN and under <= _EVEN:
            return
        if over <= _EVEN or under <= _EVEN:
            over, under = served[giver] - low, high - served[taker]
        shared: Iterable[int] = pieces.held[giver] - pieces.held[taker]
        piece = max(shared, key=lambda piece: (pieces.weights[piece], -piece))
        amount = min(over, under, pieces.weights[piece])
        pieces.swap(piece, giver, taker, amount)
        served[giver] -= amount
        served[taker] += amount
