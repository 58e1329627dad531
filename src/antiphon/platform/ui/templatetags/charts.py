"""Charts on a page: numbers first, drawn second. What is given as plain data becomes a chart here."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from antiphon.platform.charts import Bar, Bars, Heading, HeatMap, Line, MapCell, MapRow, Point, on_page, shades, svg


def part(thing: Any, name: str, default: Any = None) -> Any:
    """One named value of a dictionary or of an object: templates do not tell them apart."""
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


def as_map(grid: Any, silent: str = "") -> HeatMap:
    """A grid of plain data as a map."""
    if isinstance(grid, HeatMap):
        return grid
    columns = tuple(Heading(part(column, "label"), part(column, "url", "")) for column in part(grid, "columns"))
    rows = tuple(_map_row(row) for row in part(grid, "rows"))
    return HeatMap(part(grid, "caption", ""), part(grid, "corner", ""), columns, rows, silent)


def _map_row(row: Any) -> MapRow:
    cells = tuple(MapCell(part(cell, "value"), part(cell, "url", "")) for cell in part(row, "cells"))
    return MapRow(part(row, "label"), cells, part(row, "url", ""))


def as_line(points: Any, title: str, unit: str = "", largest: float | None = None) -> Line:
    """Points of plain data as a line; one without a value is a gap."""
    if isinstance(points, Line):
        return points
    made = (Point(part(point, "label"), part(point, "value"), part(point, "note", "")) for point in points)
    return Line(title, tuple(made), unit, largest)


def as_bars(rows: Any, title: str = "", largest: float | None = None) -> Bars:
    """Rows of plain data as bars."""
    return rows if isinstance(rows, Bars) else Bars(title, tuple(_bars_of(rows)), largest=largest)


def _bars_of(rows: Iterable[Any]) -> Iterable[Bar]:
    for row in rows:
        names = ("note", "url", "tone")
        yield Bar(part(row, "label"), part(row, "value"), **{name: part(row, name) or "" for name in names})


def heatmap(grid: Any, silent: str = "") -> dict:
    """A table of numbers in five shades; where nobody spoke the cell is hatched and says so."""
    chart = as_map(grid, silent)
    rows = [_drawn_row(chart, row) for row in chart.rows]
    totals = [sum(row["cells"][at]["value"] for row in rows) for at in range(len(chart.columns))]
    return {
        "caption": chart.title,
        "corner": chart.corner,
        "columns": chart.columns,
        "rows": rows,
        "totals": totals,
        "whole": sum(totals),
        "silent": silent or chart.silent,
        "key": shades(chart.largest),
    }


def _drawn_row(chart: HeatMap, row: MapRow) -> dict:
    cells = [
        {"value": cell.value or 0, "url": cell.url, "column": column.label, "tone": chart.tone_of(cell)}
        for cell, column in zip(row.cells, chart.columns, strict=True)
    ]
    total = sum(cell["value"] for cell in cells)
    return {"label": row.label, "url": row.url, "total": total, "cells": cells}


def spark(points: Any, caption: str = "", unit: str = "", largest: float | None = None) -> dict:
    """A line from zero with its numbers in a table beside it; what is not known is a gap."""
    return {"chart": as_line(points, caption, unit, largest)}


def drawn(chart: Line) -> SafeString:
    """A chart as the page draws it."""
    return mark_safe(svg(chart, on_page, with_words=False))  # noqa: S308  every text and attribute in it is escaped
