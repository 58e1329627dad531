"""What waits, where the gaps are, and the trail."""

from antiphon.workspace.measures.queries.gap_map import CellContents, GapMap, MapCell, cell_contents, gap_map
from antiphon.workspace.measures.queries.today import Owed, Rate, Today, Waiting, today
from antiphon.workspace.measures.queries.trail import (
    Trail,
    trail_of_decision,
    trail_of_insight,
    trail_of_voice,
)

__all__ = [
    "CellContents",
    "GapMap",
    "MapCell",
    "Owed",
    "Rate",
    "Today",
    "Trail",
    "Waiting",
    "cell_contents",
    "gap_map",
    "today",
    "trail_of_decision",
    "trail_of_insight",
    "trail_of_voice",
]
