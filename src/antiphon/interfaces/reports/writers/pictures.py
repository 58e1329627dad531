"""Charts as words and as pictures, for documents that draw none of their own."""

import typst

from antiphon.interfaces.reports.model import Drawing
from antiphon.platform.charts import svg

PICTURE = b"""
#set page(width: auto, height: auto, margin: 2pt, fill: white)
#image(bytes(sys.inputs.chart), format: "svg")
"""
POINTS_AN_INCH = 220


def alternative(drawing: Drawing) -> str:
    """What a chart says to those who do not see it."""
    said = "; ".join(": ".join(part for part in row if part) for row in drawing.chart.table.rows)
    return f"{drawing.chart.title}. {said}"[:1_000]


def as_png(drawing: Drawing) -> bytes:
    """A chart as a picture."""
    chart = svg(drawing.chart)
    return typst.compile(
        PICTURE, format="png", ppi=POINTS_AN_INCH, sys_inputs={"chart": chart}, ignore_system_fonts=True
    )
