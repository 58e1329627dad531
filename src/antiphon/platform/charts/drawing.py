"""One drawing for every place: the page dresses its parts with classes, the document with fixed colours."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from antiphon.platform.charts.declared import Bars, Chart, HeatMap, Line, Strip, with_unit

Attributes = Mapping[str, object]
Dress = Callable[[str], Attributes]


@dataclass(frozen=True, slots=True)
class Shape:
    """One part of a drawing: what it is for, which element, where."""

    role: str
    element: str
    place: Attributes
    words: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in its own measure."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


CLASSES = {
    "base": "spark-base",
    "line": "spark-line",
    "dot": "spark-dot",
    "bar": "bar-fill",
    "track": "bar-track",
}
INK, SOFT, HAIR, ACCENT = "#1b2427", "#566165", "#e3e4df", "#0f5c63"
COLOURS: dict[str, Attributes] = {
    "base": {"stroke": "#828b8d", "stroke-width": 0.75},
    "line": {"fill": "none", "stroke": ACCENT, "stroke-width": 2, "stroke-linejoin": "round"},
    "dot": {"fill": ACCENT},
    "bar": {"fill": ACCENT},
    "bar-waiting": {"fill": "#8f5400"},
    "bar-late": {"fill": "#a3261b"},
    "bar-answered": {"fill": "#1e6b3c"},
    "track": {"fill": "#f3f4f1"},
    "words": {"fill": INK},
    "number": {"fill": INK, "font-weight": 700},
    "soft": {"fill": SOFT},
    "arrow": {"stroke": SOFT, "stroke-width": 1.25, "fill": "none"},
    "silent": {"fill": "#ffffff", "stroke": "#d3d7d4", "stroke-width": 0.75},
    "hatch": {"stroke": "#d3d7d4", "stroke-width": 0.75},
    "planned": {"fill": "#ffffff", "stroke": "#828b8d", "stroke-width": 1},
    "asked": {"fill": "#e6f1f1"},
    "heard": {"fill": "#c6e0e1"},
    "decided": {"fill": "#2d777d"},
    "answered": {"fill": "#e8f4ec", "stroke": "#1e6b3c", "stroke-width": 1},
    "heat-1": {"fill": "#e6f1f1"},
    "heat-2": {"fill": "#c6e0e1"},
    "heat-3": {"fill": "#97c8ca"},
    "heat-4": {"fill": "#2d777d"},
    "heat-5": {"fill": ACCENT},
    "on-decided": {"fill": "#ffffff"},
    "on-heat-4": {"fill": "#ffffff"},
    "on-heat-5": {"fill": "#ffffff"},
    "on-answered": {"fill": "#1e6b3c"},
}
# What the page has no class for takes the colour of the words around it.
INHERITED: Attributes = {"fill": "currentColor"}


def on_page(role: str) -> Attributes:
    """Classes of the interface kit, so that a chart is light or dark with its page."""
    return {"class": CLASSES[role]} if role in CLASSES else INHERITED


def on_paper(role: str) -> Attributes:
    """Fixed colours: paper has one theme."""
    fallback = "bar" if role.startswith("bar-") else "words"
    return COLOURS.get(role, COLOURS[fallback])


def svg(chart: Chart, dress: Dress = on_paper, *, with_words: bool = True) -> str:
    """A chart as SVG. A page that has the words beside it leaves them out of the drawing."""
    drawing = DRAWN[type(chart)](chart, with_words)
    inside = "".join(_written(shape, dress) for shape in drawing.shapes)
    size = f"0 0 {drawing.width:g} {drawing.height:g}"
    # A page sizes it by its class; elsewhere it needs a size of its own.
    measures = "" if dress is on_page else f' width="{drawing.width:g}" height="{drawing.height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}"{measures} aria-hidden="true" focusable="false">'
        f"{inside}</svg>"
    )


def _written(shape: Shape, dress: Dress) -> str:
    attributes = dict(shape.place) | dict(dress(shape.role))
    written = " ".join(f"{name}={quoteattr(_plain(value))}" for name, value in attributes.items())
    return f"<{shape.element} {written}>{escape(shape.words)}</{shape.element}>"


def _plain(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


# ---------------------------------------------------------------- a line over months
WIDTH, HEIGHT, INSET = 300, 72, 6
MOST_LABELS = 8
WIDE, TALL, SIDE, ABOVE, BELOW = 340, 150, 26, 20, 22


def _line(chart: Line, with_words: bool) -> Drawing:
    frame = (WIDE, TALL, SIDE, ABOVE, BELOW) if with_words else (WIDTH, HEIGHT, INSET, INSET, INSET)
    width, height, side, above, below = frame
    base = height - below
    step = (width - 2 * side) / max(1, len(chart.points) - 1)
    places = {
        at: (round(side + at * step, 1), round(base - (base - above) * point.value / chart.top, 1))
        for at, point in enumerate(chart.points)
        if point.value is not None
    }
    shapes = [Shape("base", "line", {"x1": 0, "x2": width, "y1": base, "y2": base})]
    for run in chart.runs:
        along = " ".join(f"{places[at][0]},{places[at][1]}" for at in run)
        shapes.append(Shape("line", "polyline", {"points": along}))
    shapes += [_dot(places[at]) for at in _dotted(chart, with_words)]
    if with_words:
        shapes += _words_of_line(chart, places, side, step, base)
    return Drawing(width, height, tuple(shapes))


def _dotted(chart: Line, with_words: bool) -> list[int]:
    """Every point where there is room; else the last one, and those that no line would show."""
    if with_words:
        return [at for run in chart.runs for at in run]
    alone = [run[0] for run in chart.runs if len(run) == 1]
    last = [chart.runs[-1][-1]] if chart.runs else []
    return sorted({*alone, *last})


def _dot(place: tuple[float, float]) -> Shape:
    return Shape("dot", "circle", {"cx": place[0], "cy": place[1], "r": 3.5})


def _words_of_line(
    chart: Line, places: dict[int, tuple[float, float]], side: float, step: float, base: float
) -> Iterator[Shape]:
    # As many months as stand beside each other without touching.
    every = max(1, -(-len(chart.points) // MOST_LABELS))
    for at, point in enumerate(chart.points):
        across = round(side + at * step, 1)
        if at % every == 0:
            yield _text("soft", across, base + 15, point.label, 9.5)
        if at in places:
            said = with_unit(point.value, chart.unit)
            yield _text("number", across, places[at][1] - 8, said, 10.5)
        else:
            yield _text("soft", across, base - 6, with_unit(None, ""), 10.5)


def _text(role: str, x: float, y: float, words: str, size: float, anchor: str = "middle") -> Shape:
    place = {"x": x, "y": y, "font-size": size, "text-anchor": anchor, "font-family": "Libertinus Serif, serif"}
    return Shape(role, "text", place, words)


# ---------------------------------------------------------------- bars
BAR_WIDTH, BAR_ROW, LABEL_WIDTH, END = 340, 22, 142, 62
LONGEST_LABEL = 28


def _bars(chart: Bars, with_words: bool) -> Drawing:
    start = LABEL_WIDTH if with_words else 0
    room = BAR_WIDTH - start - (END if with_words else 0)
    shapes: list[Shape] = []
    for at, bar in enumerate(chart.bars):
        above, length = at * BAR_ROW, room * min(1, max(0, (bar.value or 0) / chart.top))
        place = {"x": start, "y": above + 4, "height": BAR_ROW - 9}
        shapes.append(Shape("track", "rect", place | {"width": room}))
        role = f"bar-{bar.tone}" if bar.tone else "bar"
        shapes.append(Shape(role, "rect", place | {"width": round(length, 1)}))
        if with_words:
            said = ", ".join(part for part in (with_unit(bar.value, chart.unit), bar.note) if part)
            shapes.append(_text("words", start - 8, above + 15, _short(bar.label), 10.5, "end"))
            shapes.append(_text("number", start + room + 8, above + 15, said, 10.5, "start"))
    return Drawing(BAR_WIDTH, max(1, len(chart.bars)) * BAR_ROW, tuple(shapes))


def _short(label: str, longest: int = LONGEST_LABEL) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


# ---------------------------------------------------------------- a map
MAP_LABEL, MAP_CELL, MAP_ROW, MAP_HEAD = 196, 62, 21, 46
WORDS_OF_COLUMN, ROWS_OF_COLUMN = 12, 3


def _map(chart: HeatMap, with_words: bool) -> Drawing:
    left, above = (MAP_LABEL, MAP_HEAD) if with_words else (0, 0)
    shapes: list[Shape] = []
    for at, row in enumerate(chart.rows):
        y = above + at * MAP_ROW
        if with_words:
            role = "number" if row.is_section else "words"
            shapes.append(_text(role, left - 8, y + 14, _short(row.label), 9.5, "end"))
        for column, cell in enumerate(row.cells):
            shapes += _map_cell(chart.tone_of(cell), cell.value, left + column * MAP_CELL, y)
    if with_words:
        for column, heading in enumerate(chart.columns):
            shapes += _column_words(heading.label, left + (column + 0.5) * MAP_CELL)
    return Drawing(left + len(chart.columns) * MAP_CELL, above + len(chart.rows) * MAP_ROW, tuple(shapes))


def _map_cell(tone: str, value: int | None, x: float, y: float) -> Iterator[Shape]:
    width, height = MAP_CELL - 3, MAP_ROW - 3
    yield Shape(tone, "rect", {"x": x, "y": y, "width": width, "height": height, "rx": 2.5})
    if tone == "silent":
        for start in range(0, width - height, 8):
            place = {"x1": x + start, "y1": y + height, "x2": x + start + height, "y2": y}
            yield Shape("hatch", "line", place)
    elif value:
        yield _text(f"on-{tone}", x + width / 2, y + 13, str(value), 9.5)


def _column_words(label: str, x: float) -> Iterator[Shape]:
    lines: list[str] = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= WORDS_OF_COLUMN:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = [_short(line, WORDS_OF_COLUMN + 2) for line in lines[:ROWS_OF_COLUMN]]
    for at, words in enumerate(shown):
        yield _text("soft", x, MAP_HEAD - 8 - 11 * (len(shown) - 1 - at), words, 9)


# ---------------------------------------------------------------- the line in numbers
STRIP_WIDTH, STRIP_HEIGHT = 480, 62


def _strip(chart: Strip, with_words: bool) -> Drawing:
    step = STRIP_WIDTH / max(1, len(chart.steps))
    shapes: list[Shape] = []
    for at, stop in enumerate(chart.steps):
        middle = (at + 0.5) * step
        shapes.append(_text("number", middle, 28, str(stop.value), 24))
        shapes.append(_text("soft", middle, 48, _short(stop.label, 20), 10.5))
        if at:
            x = at * step
            path = f"M{x - 7:g} 20 L{x + 5:g} 20 M{x + 1:g} 16 L{x + 5:g} 20 L{x + 1:g} 24"
            shapes.append(Shape("arrow", "path", {"d": path}))
    return Drawing(STRIP_WIDTH, STRIP_HEIGHT, tuple(shapes))


DRAWN: dict[type, Callable[..., Drawing]] = {Line: _line, Bars: _bars, HeatMap: _map, Strip: _strip}
