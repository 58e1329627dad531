"""Charts, declared once: the page, the document and the slide draw the same one, and each carries its table."""

from antiphon.platform.charts.declared import (
    HEAT_STEPS,
    Bar,
    Bars,
    Chart,
    Heading,
    HeatMap,
    Line,
    MapCell,
    MapRow,
    Point,
    Shade,
    Step,
    Strip,
    Table,
    heat_step,
    shades,
)
from antiphon.platform.charts.drawing import on_page, on_paper, svg

__all__ = [
    "HEAT_STEPS",
    "Bar",
    "Bars",
    "Chart",
    "Heading",
    "HeatMap",
    "Line",
    "MapCell",
    "MapRow",
    "Point",
    "Shade",
    "Step",
    "Strip",
    "Table",
    "heat_step",
    "on_page",
    "on_paper",
    "shades",
    "svg",
]
