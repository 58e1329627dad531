"""The parts of a slide, in the colours of Antiphon."""

import re
from collections.abc import Sequence

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches, Pt

from antiphon.interfaces.reports.model import Report, Row
from antiphon.platform.charts import Bars, HeatMap, Line, on_paper

INK, SOFT, ACCENT, WHITE = "1B2427", "566165", "0F5C63", "FFFFFF"
TONES = {"late": "A3261B", "waiting": "8F5400", "answered": "1E6B3C"}
SILENT, HEAD, DARK = "F0F0EE", "F3F4F1", {"2D777D", "0F5C63"}
LEFT, WIDTH = 0.6, 12.1
TITLE_ONLY = 5
FONT = "Calibri"


def add_slide(show: Presentation, title: str, report: Report) -> Slide:
    """A slide whose title says its message; whose it is and of when stands at its foot."""
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = Inches(LEFT), Inches(0.35), Inches(WIDTH), Inches(0.9)
    frame = head.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.text = title
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        _dress(paragraph, 26 if len(title) < 80 else 20, ACCENT, strong=True)
    add_words(slide, f"{report.organisation} · {report.title} · {report.made_on}", top=7.08, size=10, soft=True)
    return slide


def tint_links(show: Presentation) -> None:
    """Links in the product's own colour; the template's is a blue of long ago."""
    theme = show.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    for name in (b"hlink", b"folHlink"):
        colour = b"<a:%s><a:srgbClr val=" % name
        theme._blob = re.sub(colour + rb'"[0-9A-F]{6}"', colour + b'"' + ACCENT.encode() + b'"', theme._blob)


def note(slide: Slide, words: str) -> None:
    """What the speaker may need: how it was come by."""
    if words:
        slide.notes_slide.notes_text_frame.text = words


def add_words(
    slide: Slide,
    text: str,
    *,
    top: float,
    left: float = LEFT,
    width: float = WIDTH,
    size: float = 16,
    soft: bool = False,
    strong: bool = False,
    url: str = "",
) -> BaseShape:
    """A text of its own."""
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(0.4))
    frame = box.text_frame
    frame.word_wrap = True
    for place, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.text = line
        _dress(paragraph, size, ACCENT if strong else SOFT if soft else INK, strong=strong)
        if url and not place and paragraph.runs:
            paragraph.runs[0].hyperlink.address = url
    return box


def _dress(paragraph: object, size: float, colour: str, *, strong: bool = False) -> None:
    for run in paragraph.runs:
        font = run.font
        font.size, font.bold, font.name = Pt(size), strong, FONT
        font.color.rgb = RGBColor.from_string(colour)


def add_table(
    slide: Slide,
    columns: Sequence[str],
    rows: Sequence[Row],
    wide: Sequence[int],
    *,
    left: float = LEFT,
    top: float = 1.5,
    width: float = WIDTH,
    size: float = 12,
) -> None:
    """A table; the first cell of a row leads to its record."""
    table = _table(slide, len(rows) + 1, wide, (left, top, width), 0.3)
    for place, words in enumerate(columns):
        _say(table.cell(0, place), str(words), size, SOFT, HEAD, strong=True)
    for down, row in enumerate(rows, 1):
        for place, value in enumerate(row.cells):
            _say(table.cell(down, place), str(value), size, INK, WHITE, url=row.url if not place else "")


def _table(slide: Slide, rows: int, wide: Sequence[int], place: tuple[float, float, float], height: float) -> object:
    left, top, width = place
    frame = slide.shapes.add_table(rows, len(wide), Inches(left), Inches(top), Inches(width), Inches(height * rows))
    table = frame.table
    table.horz_banding = False
    for column, part in zip(table.columns, wide, strict=True):
        column.width = Inches(width * part / sum(wide))
    for row in table.rows:
        row.height = Inches(height)
    return table


def _say(
    cell: _Cell,
    words: str,
    size: float,
    colour: str,
    fill: str,
    *,
    strong: bool = False,
    url: str = "",
    middle: bool = False,
) -> None:
    cell.text = words
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(fill)
    for paragraph in cell.text_frame.paragraphs:
        if middle:
            paragraph.alignment = PP_ALIGN.CENTER
        _dress(paragraph, size, colour, strong=strong)
        if url and paragraph.runs:
            paragraph.runs[0].hyperlink.address = url


def add_map(slide: Slide, chart: HeatMap, alt: str) -> None:
    """A map as a table whose cells are coloured; a cell leads to what stands behind it."""
    wide = (4, *(2 for _column in chart.columns))
    height = min(0.6, 4.9 / (len(chart.rows) + 1))
    table = _table(slide, len(chart.rows) + 1, wide, (LEFT, 1.75, WIDTH), height)
    for place, words in enumerate((chart.corner, *(column.label for column in chart.columns))):
        _say(table.cell(0, place), words, 11, SOFT, WHITE, strong=True, middle=place > 0)
    for down, row in enumerate(chart.rows, 1):
        _say(table.cell(down, 0), row.label, 11, INK, WHITE, strong=row.is_section)
        for place, cell in enumerate(row.cells, 1):
            tone = chart.tone_of(cell)
            fill = SILENT if tone == "silent" else str(on_paper(tone)["fill"]).lstrip("#").upper()
            words = f"{cell.value} {cell.word}".strip() if cell.value else chart.silent
            colour = WHITE if fill in DARK else INK if cell.value else SOFT
            _say(table.cell(down, place), words, 10, colour, fill, url=cell.url, middle=True)


def add_line(slide: Slide, chart: Line, alt: str) -> None:
    """A line that can be edited; what is not known is a gap."""
    frame = _chart(slide, chart, [point.label for point in chart.points], XL_CHART_TYPE.LINE_MARKERS, alt)
    series = frame.plots[0].series[0]
    series.smooth = False
    series.format.line.color.rgb = RGBColor.from_string(ACCENT)
    series.format.line.width = Pt(2.5)
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = RGBColor.from_string(ACCENT)
    frame.value_axis.maximum_scale = chart.top
    _label(frame, chart.unit, XL_LABEL_POSITION.ABOVE)


def add_bars(slide: Slide, chart: Bars, alt: str) -> None:
    """Bars that can be edited, the first one on top."""
    frame = _chart(slide, chart, [bar.label for bar in chart.bars], XL_CHART_TYPE.BAR_CLUSTERED, alt)
    frame.category_axis.reverse_order = True
    frame.value_axis.maximum_scale = chart.top
    plot = frame.plots[0]
    plot.gap_width = 45
    for place, bar in enumerate(chart.bars):
        fill = plot.series[0].points[place].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(TONES.get(bar.tone, ACCENT))
    _label(frame, chart.unit, XL_LABEL_POSITION.OUTSIDE_END)


def _chart(slide: Slide, chart: Line | Bars, names: list[str], kind: XL_CHART_TYPE, alt: str) -> object:
    data = CategoryChartData()
    data.categories = names
    tall = 4.9 if isinstance(chart, Line) else min(4.9, 0.7 + 0.6 * len(chart.bars))
    values = chart.points if isinstance(chart, Line) else chart.bars
    data.add_series(chart.title, [each.value for each in values])
    frame = slide.shapes.add_chart(kind, Inches(LEFT), Inches(1.75), Inches(8.2), Inches(tall), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    made = frame.chart
    made.has_legend = made.has_title = False
    made.font.size, made.font.name = Pt(12), FONT
    made.value_axis.minimum_scale = 0
    made.value_axis.visible = made.value_axis.has_major_gridlines = False
    made.category_axis.has_major_gridlines = False
    return made


def _label(frame: object, unit: str, position: XL_LABEL_POSITION) -> None:
    """Numbers stand at what they say; an axis would say them twice."""
    plot = frame.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = f'0"{unit}"', False
    labels.position, labels.show_value = position, True
    labels.font.size, labels.font.bold = Pt(12), True
