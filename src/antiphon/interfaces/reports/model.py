"""A report as values: what it says, its figures, and the rows that every figure leads to."""

import datetime
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from antiphon.platform.charts import Chart

Value = str | int | None


class How(StrEnum):
    """How a figure follows from its rows."""

    COUNT = "count"
    SUM = "sum"
    SHARE = "share"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an annex table; its address is the record in Antiphon."""

    cells: tuple[Value, ...]
    url: str = ""


def labelled(columns: tuple[str, ...], rows: tuple[Row, ...]) -> list[tuple[Row, list[tuple[str, Value]]]]:
    """Each row with its cells under their columns: on a phone a row becomes a card."""
    return [(row, list(zip(columns, row.cells, strict=True))) for row in rows]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of the annex. `wide` says how much room each column takes beside the others."""

    key: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    wide: tuple[int, ...]
    url: str = ""

    @property
    def labelled(self) -> list[tuple[Row, list[tuple[str, Value]]]]:
        """Each row with its cells under their columns."""
        return labelled(self.columns, self.rows)

    def column(self, place: int) -> list[Value]:
        """One column, from top to bottom."""
        return [row.cells[place] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the rows it leads to; without a number there is no claim."""

    key: str
    label: str
    number: int | None
    rows: str
    unit: str = ""
    note: str = ""
    how: How = How.COUNT
    column: int = 0
    wanted: str = ""

    @property
    def said(self) -> str:
        """The number in words of one's own."""
        return "–" if self.number is None else f"{self.number}{self.unit}"

    def recount(self, rows: Rows) -> int | None:
        """The number again, from its rows alone."""
        return RECOUNTS[self.how](self, rows)


def _count(figure: Figure, rows: Rows) -> int:
    return len(rows.rows)


def _sum(figure: Figure, rows: Rows) -> int | None:
    known = [value for value in rows.column(figure.column) if isinstance(value, int)]
    return sum(known) if known or figure.number is not None else None


def _share(figure: Figure, rows: Rows) -> int | None:
    cells = rows.column(figure.column)
    return round(100 * cells.count(figure.wanted) / len(cells)) if cells else None


def _median(figure: Figure, rows: Rows) -> int | None:
    known = [value for value in rows.column(figure.column) if isinstance(value, int)]
    return round(statistics.median(known)) if known else None


RECOUNTS = {How.COUNT: _count, How.SUM: _sum, How.SHARE: _share, How.MEDIAN: _median}


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures beside each other."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its table; where it counts rows by the words of a column, it says which."""

    chart: Chart
    rows: str = ""
    column: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table in the text."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    wide: tuple[int, ...]

    @property
    def labelled(self) -> list[tuple[Row, list[tuple[str, Value]]]]:
        """Each row with its cells under their columns."""
        return labelled(self.columns, self.rows)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A person's own words, redacted, with where they were said."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of the product told at length: a decision, an answer."""

    title: str
    url: str
    facts: tuple[tuple[str, str], ...]
    grid: Grid | None = None
    quotes: tuple[Quoted, ...] = ()


Block = Words | Figures | Drawing | Grid | Record


@dataclass(frozen=True, slots=True)
class Section:
    """One message with what supports it; `method` says how it was come by."""

    key: str
    title: str
    message: str
    method: str
    blocks: tuple[Block, ...]

    def of(self, kind: type) -> list:
        """The blocks of one kind."""
        return [block for block in self.blocks if isinstance(block, kind)]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; the annex holds every row that a figure stands for."""

    title: str
    subject: str
    period: str
    organisation: str
    made_at: datetime.datetime
    made_on: str
    made_by: str
    origin: str
    language: str
    lead: str
    sections: tuple[Section, ...]
    annex: tuple[Rows, ...]

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure of the document."""
        return (figure for section in self.sections for block in section.of(Figures) for figure in block.figures)

    @property
    def drawings(self) -> Iterator[Drawing]:
        """Every chart of the document."""
        return (drawing for section in self.sections for drawing in section.of(Drawing))

    def rows_of(self, key: str) -> Rows:
        """One table of the annex."""
        return next(rows for rows in self.annex if rows.key == key)

    def number_of(self, key: str) -> str:
        """What a table of the annex is called in the text."""
        return f"A{1 + [rows.key for rows in self.annex].index(key)}"
