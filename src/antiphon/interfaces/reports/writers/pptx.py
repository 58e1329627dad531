"""A report as slides: one message each, charts that can be edited, numbers that lead to the slide with their rows."""

import io
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from antiphon.interfaces.reports.model import Block, Drawing, Figures, Grid, Record, Report, Row, Rows, Section, Words
from antiphon.interfaces.reports.writers.pictures import alternative
from antiphon.interfaces.reports.writers.pptx_parts import (
    LEFT,
    WIDTH,
    add_bars,
    add_line,
    add_map,
    add_slide,
    add_table,
    add_words,
    note,
    tint_links,
)
from antiphon.interfaces.reports.writers.properties import describe
from antiphon.interfaces.reports.writers.zipped import same_bytes
from antiphon.platform.charts import Bars, HeatMap, Line, Strip

ROWS_A_SLIDE, SLIDES_A_TABLE, RECORDS_A_SECTION = 9, 6, 20
CHART_ROWS, BARS_A_SLIDE, MAP_ROWS = 14, 12, 14
FIGURES_A_ROW = 3
LONGEST = 170


class Deck:
    """The slides while they are made; links to rows are laid when every slide is there."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.show = Presentation()
        tint_links(self.show)
        self.show.slide_width, self.show.slide_height = Inches(13.333), Inches(7.5)
        self.first_of: dict[str, Slide] = {}
        self.waiting: list[tuple[object, str]] = []

    def slide(self, title: str, method: str = "") -> Slide:
        made = add_slide(self.show, title, self.report)
        note(made, method)
        return made

    def leads_to(self, shape: object, rows: str) -> None:
        self.waiting.append((shape, rows))

    def join(self) -> None:
        for shape, rows in self.waiting:
            shape.click_action.target_slide = self.first_of[rows]


def write(report: Report) -> bytes:
    """The report as PPTX."""
    deck = Deck(report)
    _front(deck)
    for section in report.sections:
        _section(deck, section)
    for rows in report.annex:
        _annex(deck, rows)
    deck.join()
    describe(deck.show.core_properties, report)
    out = io.BytesIO()
    deck.show.save(out)
    return same_bytes(out.getvalue(), report.made_at)


def _front(deck: Deck) -> None:
    report = deck.report
    slide = deck.slide(f"{report.title}: {short(report.subject, 120)}", report.lead)
    made = f"{_('Made on')} {report.made_on} {_('by')} {report.made_by}"
    add_words(slide, f"{report.organisation}\n{report.period}", top=1.7, size=20, soft=True)
    add_words(slide, report.lead, top=2.9, size=24)
    add_words(slide, f"{made} · {report.origin}", top=6.2, size=12, soft=True)


def _section(deck: Deck, section: Section) -> None:
    paragraphs = section.of(Words)
    for at in range(0, len(paragraphs), 3):
        slide = deck.slide(section.message, section.method)
        add_words(slide, "\n\n".join(short(p.text, 600) for p in paragraphs[at : at + 3]), top=1.5, size=16)
    records = section.of(Record)
    for block in section.blocks:
        if isinstance(block, Record) and block in records[RECORDS_A_SECTION:]:
            continue
        if type(block) in BLOCKS:
            BLOCKS[type(block)](deck, section, block)
    if len(records) > RECORDS_A_SECTION:
        left = _("%(n)s more stand in the tables at the end, and in full in the text document.")
        add_words(deck.slide(section.title, section.method), left % {"n": len(records) - RECORDS_A_SECTION}, top=1.5)


def _figures(deck: Deck, section: Section, block: Figures) -> None:
    slide = deck.slide(section.message, section.method)
    across = WIDTH / FIGURES_A_ROW
    for place, figure in enumerate(block.figures):
        left, top = LEFT + across * (place % FIGURES_A_ROW), 1.6 + 1.75 * (place // FIGURES_A_ROW)
        number = add_words(slide, figure.said, left=left, top=top, width=across - 0.2, size=40, strong=True)
        deck.leads_to(number, figure.rows)
        below = " · ".join(part for part in (figure.label, figure.note) if part)
        add_words(slide, below, left=left, top=top + 0.8, width=across - 0.2, size=15, soft=True)


def _drawing(deck: Deck, section: Section, block: Drawing) -> None:
    for chart in parts(block.chart):
        # One message a slide: the section's own stands on its first, then each chart says what it shows.
        title = section.message if block is section.blocks[0] else chart.title
        slide = deck.slide(title, f"{section.method}\n{block.note}".strip())
        if title != chart.title:
            add_words(slide, chart.title, top=1.25, size=16, soft=True)
        CHARTS[type(chart)](deck, slide, chart, alternative(block))
        if block.rows:
            leads = add_words(slide, f"{_('Rows')}: {deck.report.number_of(block.rows)}", top=6.75, size=12, width=2)
            deck.leads_to(leads, block.rows)


def parts(chart: object) -> Iterator[object]:
    """A chart in as many as slides can hold: a map first in short."""
    if isinstance(chart, HeatMap):
        short_rows = tuple(row for row in chart.rows if row.is_section)
        long_rows = tuple(row for row in chart.rows if not row.is_section)
        for rows in (short_rows, *cut(long_rows, MAP_ROWS)):
            if rows:
                yield HeatMap(chart.title, chart.corner, chart.columns, tuple(rows), chart.silent)
    elif isinstance(chart, Bars):
        for bars in cut(chart.bars, BARS_A_SLIDE):
            yield Bars(chart.title, tuple(bars), chart.unit, chart.top, chart.headings)
    else:
        yield chart


def _strip(deck: Deck, slide: Slide, chart: Strip, alt: str) -> None:
    across = WIDTH / len(chart.steps)
    for place, step in enumerate(chart.steps):
        left = LEFT + across * place
        add_words(slide, str(step.value), left=left, top=2.6, width=across, size=54, strong=True)
        add_words(slide, step.label, left=left, top=3.7, width=across, size=18, soft=True)


def _beside(slide: Slide, chart: Line | Bars) -> None:
    """The numbers, beside the chart."""
    table = chart.table
    kept = [at for at in range(len(table.headings)) if any(row[at] for row in table.rows)]
    rows = [Row(tuple(short(row[at], 40) for at in kept)) for row in table.rows[:CHART_ROWS]]
    wide = (3, *(2 for _column in kept[1:]))
    add_table(slide, [table.headings[at] for at in kept], rows, wide, left=9.1, top=1.8, width=3.6, size=11)


def _line(deck: Deck, slide: Slide, chart: Line, alt: str) -> None:
    add_line(slide, chart, alt)
    _beside(slide, chart)


def _bars(deck: Deck, slide: Slide, chart: Bars, alt: str) -> None:
    add_bars(slide, chart, alt)
    _beside(slide, chart)


def _map(deck: Deck, slide: Slide, chart: HeatMap, alt: str) -> None:
    add_map(slide, chart, alt)


def _grid(deck: Deck, section: Section, block: Grid, title: str = "") -> None:
    for rows in cut(block.rows, ROWS_A_SLIDE - 3):
        slide = deck.slide(title or section.message, section.method)
        add_table(slide, block.columns, [shortened(row) for row in rows], block.wide, top=1.6)


def _record(deck: Deck, section: Section, block: Record) -> None:
    slide = deck.slide(short(block.title, 140), section.method)
    facts = "\n".join(f"{name}: {short(said, 200)}" for name, said in block.facts)
    add_words(slide, facts, top=1.4, size=14, soft=True)
    add_words(slide, _("Open in Antiphon"), top=6.75, size=12, url=block.url)
    if block.grid:
        first, rest = block.grid.rows[:4], block.grid.rows[4:]
        add_table(slide, block.grid.columns, [shortened(row) for row in first], block.grid.wide, top=3.3)
        _grid(deck, section, Grid(block.grid.columns, rest, block.grid.wide), short(block.title, 140))


def _annex(deck: Deck, rows: Rows) -> None:
    title = f"{deck.report.number_of(rows.key)}  {rows.title}"
    shown = list(cut(rows.rows, ROWS_A_SLIDE))[:SLIDES_A_TABLE] or [()]
    for part in shown:
        slide = deck.slide(title, rows.note)
        deck.first_of.setdefault(rows.key, slide)
        if part:
            add_table(slide, rows.columns, [shortened(row, 90) for row in part], rows.wide, top=1.4, size=11)
        else:
            add_words(slide, _("There are none."), top=1.6)
    left = len(rows.rows) - SLIDES_A_TABLE * ROWS_A_SLIDE
    if left > 0:
        words = _("%(n)s more rows stand in the text document and in Antiphon.") % {"n": left}
        add_words(slide, words, top=6.9, size=12, url=rows.url)


def cut(rows: Sequence, size: int) -> Iterator[Sequence]:
    """Rows in parts that fit on a slide."""
    return (rows[at : at + size] for at in range(0, len(rows), size))


def short(text: object, longest: int = LONGEST) -> str:
    """As much as a slide holds; the whole stands in the text document."""
    words = "–" if text is None else str(text)
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def shortened(row: Row, longest: int = LONGEST) -> Row:
    return Row(tuple(short(value, longest) for value in row.cells), row.url)


BLOCKS: dict[type, Callable[[Deck, Section, Block], None]] = {
    Figures: _figures,
    Drawing: _drawing,
    Grid: _grid,
    Record: _record,
}
CHARTS = {Strip: _strip, Line: _line, Bars: _bars, HeatMap: _map}
