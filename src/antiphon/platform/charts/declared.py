"""The kinds of chart that the product has, as values; none knows how it is drawn."""

import math
from dataclasses import dataclass

HEAT_STEPS = 5
# What a table says where there is no number; never a zero.
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart, as they stand beside it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line; without a value there is a gap."""

    label: str
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line from zero over months; the title says the finding."""

    title: str
    points: tuple[Point, ...]
    unit: str = ""
    largest: float | None = None
    headings: tuple[str, ...] = ("", "", "")

    @property
    def top(self) -> float:
        """The number at the upper edge."""
        known = [point.value for point in self.points if point.value is not None]
        return self.largest or max(known, default=0) or 1

    @property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """The places of points that are joined: a missing value parts them."""
        runs: list[list[int]] = [[]]
        for place, point in enumerate(self.points):
            if point.value is not None:
                runs[-1].append(place)
            elif runs[-1]:
                runs.append([])
        return tuple(tuple(run) for run in runs if run)

    @property
    def table(self) -> Table:
        return Table(self.headings, tuple((p.label, with_unit(p.value, self.unit), p.note) for p in self.points))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; the tone is waiting, late or answered."""

    label: str
    value: float | None
    note: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under each other, from zero."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    largest: float | None = None
    headings: tuple[str, ...] = ("", "", "")

    @property
    def top(self) -> float:
        """The number at the far end."""
        return self.largest or max((bar.value or 0 for bar in self.bars), default=0) or 1

    @property
    def table(self) -> Table:
        return Table(self.headings, tuple((b.label, with_unit(b.value, self.unit), b.note) for b in self.bars))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a map."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class MapCell:
    """One cell of a map. A tone of its own stands for what its word says; else its number is its shade."""

    value: int | None
    url: str = ""
    tone: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One row of a map."""

    label: str
    cells: tuple[MapCell, ...]
    url: str = ""
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Numbers in a grid; where there is none, the silence is seen."""

    title: str
    corner: str
    columns: tuple[Heading, ...]
    rows: tuple[MapRow, ...]
    silent: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{row.label}: {len(row.cells)} cells under {len(self.columns)} columns")

    @property
    def largest(self) -> int:
        """The number with the deepest shade."""
        return max((cell.value or 0 for row in self.rows for cell in row.cells), default=0) or 1

    def tone_of(self, cell: MapCell) -> str:
        """How a cell is drawn."""
        if cell.tone:
            return cell.tone
        return f"heat-{heat_step(cell.value, self.largest)}" if cell.value else "silent"

    @property
    def labelled(self) -> list[tuple[MapRow, list[tuple[str, MapCell]]]]:
        """Each row with its cells under their columns: on a phone a cell says which it is."""
        names = [column.label for column in self.columns]
        return [(row, list(zip(names, row.cells, strict=True))) for row in self.rows]

    @property
    def table(self) -> Table:
        headings = (self.corner, *(column.label for column in self.columns))
        return Table(headings, tuple((row.label, *(self._said(cell) for cell in row.cells)) for row in self.rows))

    def _said(self, cell: MapCell) -> str:
        number = str(cell.value) if cell.value else ""
        return f"{number} {cell.word}".strip() or self.silent or NOTHING


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the line that everything hangs on, with how many came so far."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The line from voices to answers, in numbers."""

    title: str
    steps: tuple[Step, ...]
    headings: tuple[str, ...] = ("", "")

    @property
    def table(self) -> Table:
        return Table(self.headings, tuple((step.label, str(step.value)) for step in self.steps))


Chart = Line | Bars | HeatMap | Strip


@dataclass(frozen=True, slots=True)
class Shade:
    """From which number to which a shade goes."""

    step: int
    first: int
    last: int


def with_unit(value: float | None, unit: str) -> str:
    """A number as a table says it; what is not known is no number."""
    return NOTHING if value is None else f"{value:g}{unit}"


def heat_step(value: float, largest: float) -> int:
    """Which of the five shades a number gets."""
    return min(HEAT_STEPS, max(1, math.ceil(HEAT_STEPS * value / largest)))


def shades(largest: float) -> tuple[Shade, ...]:
    """The legend in numbers; a shade that no whole number gets is left out."""
    edges = [math.floor(largest * step / HEAT_STEPS) for step in range(HEAT_STEPS + 1)]
    spans = (Shade(step, edges[step - 1] + 1, edges[step]) for step in range(1, HEAT_STEPS + 1))
    return tuple(span for span in spans if span.first <= span.last)
