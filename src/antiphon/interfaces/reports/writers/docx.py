"""A report as a text document: real headings, tables whose heads repeat, links that work without a network."""

import io
from collections.abc import Callable

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from antiphon.interfaces.reports.model import Block, Drawing, Figures, Grid, Record, Report, Rows, Words
from antiphon.interfaces.reports.writers.docx_parts import (
    add_bookmark,
    add_page_number,
    add_table,
    keep_together,
    link_away,
    link_to,
)
from antiphon.interfaces.reports.writers.pictures import alternative, as_png
from antiphon.interfaces.reports.writers.properties import describe
from antiphon.interfaces.reports.writers.zipped import same_bytes
from antiphon.platform.charts import HeatMap, Strip, on_paper

INK, SOFT, ACCENT = RGBColor(0x1B, 0x24, 0x27), RGBColor(0x56, 0x61, 0x65), RGBColor(0x0F, 0x5C, 0x63)
SIZES = {"Normal": 11, "Title": 28, "Subtitle": 14, "Heading 1": 17, "Heading 2": 13}
TEXT_WIDTH, ANNEX_WIDTH, CHART_WIDTH = Cm(16.6), Cm(25.7), Cm(11.5)
FIGURES_A_ROW = 3


def write(report: Report) -> bytes:
    """The report as DOCX."""
    paper = Document()
    _dress(paper, report)
    _front(paper, report)
    for section in report.sections:
        paper.add_heading(section.title, 1)
        if section.message != section.title:
            _say(paper, f"{section.message}.", ACCENT, 13).paragraph_format.keep_with_next = True
        for block in section.blocks:
            BLOCKS[type(block)](paper, report, block)
    _annex(paper, report)
    out = io.BytesIO()
    paper.save(out)
    return same_bytes(out.getvalue(), report.made_at)


def _dress(paper: Paper, report: Report) -> None:
    for name, size in SIZES.items():
        style = paper.styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.font.color.rgb = ACCENT if name == "Title" else INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
    # The template rules a line below the title.
    for rule in paper.styles["Title"].element.pPr.findall(qn("w:pBdr")):
        rule.getparent().remove(rule)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), report.language)
    paper.styles["Normal"].element.get_or_add_rPr().append(language)
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    describe(paper.core_properties, report)
    foot = page.footer.paragraphs[0]
    foot.text = f"{report.organisation} · {report.title} · {report.made_on} · "
    add_page_number(foot)


def _front(paper: Paper, report: Report) -> None:
    _say(paper, report.organisation, SOFT, 11)
    paper.add_paragraph(report.title, "Title")
    paper.add_paragraph(report.subject, "Subtitle")
    _say(paper, report.period, SOFT, 11)
    _say(paper, report.lead, INK, 13)
    _say(paper, f"{_('Made on')} {report.made_on} {_('by')} {report.made_by} · {report.origin}", SOFT, 9.5)


def _say(paper: Paper, text: str, colour: RGBColor = INK, size: float = 11) -> Paragraph:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.size = colour, Pt(size)
    return paragraph


def _words(paper: Paper, report: Report, block: Words) -> None:
    paper.add_paragraph(block.text)


def _figures(paper: Paper, report: Report, block: Figures) -> None:
    """A frame without lines: a number that leads to its rows, and what it counts."""
    count = len(block.figures)
    table = paper.add_table(-(-count // FIGURES_A_ROW), FIGURES_A_ROW)
    for row in table.rows:
        keep_together(row._tr)
    for place, figure in enumerate(block.figures):
        cell = table.cell(place // FIGURES_A_ROW, place % FIGURES_A_ROW)
        link_to(cell.paragraphs[0], figure.rows, figure.said, size=22)
        cell.add_paragraph(figure.label).paragraph_format.space_after = Pt(0)
        below = cell.add_paragraph()
        if figure.note:
            below.add_run(f"{figure.note} · ").font.size = Pt(9)
        link_to(below, figure.rows, f"{_('Rows')}: {report.number_of(figure.rows)}", size=9)


def _drawing(paper: Paper, report: Report, block: Drawing) -> None:
    chart = block.chart
    title = paper.add_paragraph()
    title.paragraph_format.keep_with_next = True
    title.add_run(chart.title).bold = True
    if isinstance(chart, HeatMap):
        _map(paper, chart)
    else:
        width = TEXT_WIDTH if isinstance(chart, Strip) else CHART_WIDTH
        picture = paper.add_picture(io.BytesIO(as_png(block)), width=width)
        picture._inline.docPr.set("descr", alternative(block))
        picture._inline.docPr.set("title", chart.title)
    if not isinstance(chart, (HeatMap, Strip)):
        kept = [at for at in range(len(chart.table.headings)) if any(row[at] for row in chart.table.rows)]
        columns = [chart.table.headings[at] for at in kept]
        add_table(
            paper, columns, [[(row[at], "") for at in kept] for row in chart.table.rows], [4] + [2] * (len(kept) - 1)
        )
    if block.rows:
        link_to(paper.add_paragraph(), block.rows, f"{_('Rows')}: {report.number_of(block.rows)}", size=9)
    if block.note:
        _say(paper, block.note, SOFT, 9)


def _map(paper: Paper, chart: HeatMap) -> None:
    columns = [chart.corner, *(column.label for column in chart.columns)]
    rows = [
        [(row.label, ""), *((f"{cell.value or ''} {cell.word}".strip(), cell.url) for cell in row.cells)]
        for row in chart.rows
    ]
    fills = [["", *(_fill(chart.tone_of(cell)) for cell in row.cells)] for row in chart.rows]
    add_table(paper, columns, rows, [4] + [2] * len(chart.columns), size=8, fills=fills)


def _fill(tone: str) -> str:
    """A cell's colour; silence is grey on paper that cannot hatch, and says so in its number that is not there."""
    return "f0f0ee" if tone == "silent" else str(on_paper(tone)["fill"]).lstrip("#")


def _grid(paper: Paper, report: Report, block: Grid) -> None:
    rows = [[(_written(value), row.url if not at else "") for at, value in enumerate(row.cells)] for row in block.rows]
    add_table(paper, block.columns, rows, block.wide)


def _record(paper: Paper, report: Report, block: Record) -> None:
    link_away(paper.add_heading("", 2), block.url, block.title)
    for name, said in block.facts:
        line = paper.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{name}: ").font.color.rgb = SOFT
        line.add_run(said)
    if block.grid:
        _grid(paper, report, block.grid)
    for quote in block.quotes:
        paper.add_paragraph(quote.text, "Intense Quote").add_run(f"\n{quote.origin}").italic = False


def _annex(paper: Paper, report: Report) -> None:
    page = paper.add_section()
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(2)
    paper.add_heading(_("Annex: the rows behind every number"), 1)
    for place, rows in enumerate(report.annex, 1):
        _rows(paper, rows, place)


def _rows(paper: Paper, rows: Rows, place: int) -> None:
    add_bookmark(paper.add_heading(f"A{place}  {rows.title}", 2), rows.key, place)
    note = paper.add_paragraph()
    note.add_run(f"{rows.note} ").font.color.rgb = SOFT
    link_away(note, rows.url, _("Open in Antiphon"))
    if not rows.rows:
        paper.add_paragraph(_("There are none."))
        return
    cells = [[(_written(value), row.url if not at else "") for at, value in enumerate(row.cells)] for row in rows.rows]
    add_table(paper, rows.columns, cells, rows.wide, width=ANNEX_WIDTH, size=9)


def _written(value: object) -> str:
    return "–" if value is None else str(value)


BLOCKS: dict[type, Callable[[Paper, Report, Block], None]] = {
    Words: _words,
    Figures: _figures,
    Drawing: _drawing,
    Grid: _grid,
    Record: _record,
}
