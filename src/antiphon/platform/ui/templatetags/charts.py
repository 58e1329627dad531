"""Heat maps and small lines: numbers first, drawn second."""

import math
from typing import Any

HEAT_STEPS = 5
WIDTH, HEIGHT, INSET = 300, 72, 6


def part(thing: Any, name: str, default: Any = None) -> Any:
    """One named value of a dictionary or of an object: templates do not tell them apart."""
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


def heat_step(value: float, largest: float) -> int:
    """Which of the five shades a number gets."""
    return min(HEAT_STEPS, max(1, math.ceil(HEAT_STEPS * value / largest)))


def heat_cell(cell: Any, column: Any, largest: float) -> dict:
    value = part(cell, "value") or 0
    return {
        "value": value,
        "url": part(cell, "url", ""),
        "column": part(column, "label"),
        "step": heat_step(value, largest) if value else 0,
    }


def heat_row(row: Any, columns: list, largest: float) -> dict:
    cells = part(row, "cells")
    return {
        "label": part(row, "label"),
        "url": part(row, "url", ""),
        "total": sum(part(cell, "value") or 0 for cell in cells),
        "cells": [heat_cell(cell, column, largest) for cell, column in zip(cells, columns, strict=True)],
    }


def heatmap(grid: Any, silent: str = "") -> dict:
    """A table of numbers in five shades; where nobody spoke the cell is hatched and says so."""
    columns, rows = part(grid, "columns"), part(grid, "rows")
    largest = max((part(cell, "value") or 0 for row in rows for cell in part(row, "cells")), default=0) or 1
    drawn = [heat_row(row, columns, largest) for row in rows]
    totals = [sum(row["cells"][at]["value"] for row in drawn) for at in range(len(columns))]
    return {
        "caption": part(grid, "caption"),
        "corner": part(grid, "corner", ""),
        "columns": columns,
        "rows": drawn,
        "totals": totals,
        "whole": sum(totals),
        "silent": silent,
        "key": heat_key(largest),
    }


def heat_key(largest: float) -> list[dict]:
    """The legend in words: from which number to which each shade goes."""
    edges = [math.floor(largest * step / HEAT_STEPS) for step in range(HEAT_STEPS + 1)]
    spans = [(step, edges[step - 1] + 1, edges[step]) for step in range(1, HEAT_STEPS + 1)]
    return [{"step": step, "first": first, "last": last} for step, first, last in spans if first <= last]


def spark(points: list, caption: str, unit: str = "", largest: float | None = None) -> dict:
    """A line from zero with its numbers in a table beside it."""
    values = [part(point, "value") or 0 for point in points]
    top = largest or max(values, default=0) or 1
    step = (WIDTH - 2 * INSET) / max(1, len(values) - 1)
    places = [
        (round(INSET + at * step, 1), round(HEIGHT - INSET - (HEIGHT - 2 * INSET) * value / top, 1))
        for at, value in enumerate(values)
    ]
    return {
        "points": points,
        "caption": caption,
        "unit": unit,
        "line": " ".join(f"{x},{y}" for x, y in places),
        "last": places[-1] if places else None,
        "size": {"width": WIDTH, "height": HEIGHT, "base": HEIGHT - INSET},
    }
