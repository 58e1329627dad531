"""What waits, where the gaps are, and the trail."""

from antiphon.workspace.measures.queries.evidence.counts import monthly_rates
from antiphon.workspace.measures.queries.gap_map import CellContents, GapMap, MapCell, cell_contents, cells, gap_map
from antiphon.workspace.measures.queries.provenance import provenance
from antiphon.workspace.measures.queries.rates import Rate
from antiphon.workspace.measures.queries.steps import TrailStep, steps
from antiphon.workspace.measures.queries.today import Owed, Today, Waiting, today
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
    "TrailStep",
    "Waiting",
    "cell_contents",
    "cells",
    "gap_map",
    "monthly_rates",
    "provenance",
    "steps",
    "today",
    "trail_of_decision",
    "trail_of_insight",
    "trail_of_voice",
]
