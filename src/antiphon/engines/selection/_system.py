"""People of one kind share a variable: the whole problem as whole numbers over kinds of people."""

from dataclasses import dataclass

import numpy as np

from antiphon.engines.selection._highs import Floats, Ints


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the system counts, and between which numbers the count must lie."""

    code: str
    feature: str
    value: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Layer:
    """Kinds that exclude each other: at most `most[key]` seats go to kinds with that key; -1 has no key."""

    key: Ints
    most: Ints


@dataclass(frozen=True, slots=True)
class System:
    """`size` seats for units of T kinds: matrix (T x m), counts and seats a unit (T), units as places in the pool.

    A unit is one person, or several who sit together or not at all.
    """

    size: int
    rows: tuple[Row, ...]
    matrix: Ints
    low: Ints
    high: Ints
    counts: Ints
    seats: Ints
    layers: tuple[Layer, ...]
    units: tuple[tuple[tuple[int, ...], ...], ...]

    @property
    def kinds(self) -> int:
        return len(self.counts)


def totals(system: System, panels: Ints) -> Ints:
    """Row totals of panels given as counts of kinds (B x T)."""
    found: Ints = panels @ system.matrix
    return found


def fits(system: System, panel: Ints) -> bool:
    """Whether one panel, as counts of kinds (T), meets everything: the slow and obvious check."""
    total = panel @ system.matrix
    within = bool((total >= system.low).all() and (total <= system.high).all())
    filled = int(panel @ system.seats) == system.size
    return within and filled and bool((panel <= system.counts).all()) and _apart(system, panel)


def _apart(system: System, panel: Ints) -> bool:
    for layer in system.layers:
        keyed = layer.key >= 0
        taken = np.bincount(layer.key[keyed], weights=panel[keyed].astype(float), minlength=len(layer.most))
        if (taken > layer.most).any():
            return False
    return True


def chances_of(system: System, panels: Ints, weights: Floats) -> Floats:
    """The chance of one unit of each kind under a lottery over panels (B x T)."""
    found: Floats = (weights @ panels) / system.counts
    return found
