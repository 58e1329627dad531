"""People of one kind share a variable: the whole problem as whole numbers over kinds of people."""

from dataclasses import dataclass

from antiphon.engines.selection._highs import Ints


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
