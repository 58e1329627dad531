"""A lottery over panels of kinds, before people are named, with what was proven on the way."""

from dataclasses import dataclass

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._panels import Flags


@dataclass(frozen=True, slots=True)
class Mix:
    """Panels as kinds on seats (B x k; kind T is an empty seat) with weights, and what is proven.

    `bound` is the best smallest chance possible, `reach` are the kinds (T) that sit on some panel. `in_time` is
    False when the search was cut short.
    """

    panels: Ints
    weights: Floats
    bound: float
    leximin: bool
    maximin: bool
    reach: Flags
    in_time: bool


class NoPanel(Exception):
    """Whole people cannot meet what fractions could."""
