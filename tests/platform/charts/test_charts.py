"""Charts as values: gaps stay gaps, shades cover every number, one drawing for page and paper."""

import pytest
from defusedxml import ElementTree

from antiphon.platform.charts import (
    HEAT_STEPS,
    Bar,
    Bars,
    Heading,
    HeatMap,
    Line,
    MapCell,
    MapRow,
    Point,
    Step,
    Strip,
    heat_step,
    on_page,
    shades,
    svg,
)

HOSTILE = '</text><script>alert("&")</script>'
LINE = Line("Rising", tuple(Point(f"m{n}", value) for n, value in enumerate([None, 40, 50, None, 60])), " %", 100)
BARS = Bars(
    "Waiting", (Bar("Regulatory", 5, "late 2", tone="late"), Bar(HOSTILE, None)), headings=("Function", "n", "")
)
MAP = HeatMap(
    "Needs",
    "Need",
    (Heading("Protocol"), Heading(HOSTILE)),
    (
        MapRow("Travel", (MapCell(3), MapCell(None))),
        MapRow("Words", (MapCell(1, tone="answered", word="answered"), MapCell(0))),
    ),
    "nobody asked",
)
STRIP = Strip("The line", (Step("Voices", 271), Step("Answers", 1)))
EVERY = [LINE, BARS, MAP, STRIP]


@pytest.mark.parametrize("largest", [1, 2, 5, 14, 333])
def test_every_number_of_a_map_has_its_shade_in_the_legend(largest):
    for value in range(1, largest + 1):
        assert [s.step for s in shades(largest) if s.first <= value <= s.last] == [heat_step(value, largest)]
    assert heat_step(largest, largest) == HEAT_STEPS


def test_a_line_is_parted_where_nothing_is_known():
    assert LINE.runs == ((1, 2), (4,))
    assert [row[1] for row in LINE.table.rows] == ["–", "40 %", "50 %", "–", "60 %"]
    assert Line("None", (Point("a", None),)).runs == ()


def test_a_zero_that_is_known_is_drawn_and_written():
    line = Line("Zero", (Point("a", 0), Point("b", 5)))
    assert line.runs == ((0, 1),)
    assert line.table.rows[0][1] == "0"


def test_a_map_says_its_silence_in_the_table():
    assert MAP.table.rows == (("Travel", "3", "nobody asked"), ("Words", "1 answered", "nobody asked"))
    assert [MAP.tone_of(cell) for cell in MAP.rows[0].cells] == ["heat-5", "silent"]
    assert MAP.tone_of(MAP.rows[1].cells[0]) == "answered"


def test_a_map_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        HeatMap("", "", (Heading("a"), Heading("b")), (MapRow("r", (MapCell(1),)),))


@pytest.mark.parametrize("chart", EVERY, ids=[type(chart).__name__ for chart in EVERY])
def test_a_drawing_is_whole_and_no_text_breaks_out_of_it(chart):
    for words in (True, False):
        drawn = svg(chart, with_words=words)
        assert "<script" not in drawn
        root = ElementTree.fromstring(drawn)
        assert root.get("viewBox")
    assert svg(chart) == svg(chart)


@pytest.mark.parametrize("chart", EVERY, ids=[type(chart).__name__ for chart in EVERY])
def test_a_page_gets_classes_and_paper_gets_colours(chart):
    assert "#" not in svg(chart, on_page, with_words=False)
    assert "class=" not in svg(chart)
    assert "style=" not in svg(chart) + svg(chart, on_page)


def test_the_same_points_are_drawn_on_page_and_paper():
    dots = [svg(LINE).count("<circle"), svg(LINE, on_page, with_words=False).count("<circle")]
    assert dots == [3, 1]
    assert svg(LINE).count("<polyline") == svg(LINE, on_page, with_words=False).count("<polyline") == 2


def test_nothing_at_all_can_be_drawn():
    for chart in (Line("", ()), Bars("", ()), HeatMap("", "", (), ()), Strip("", ())):
        assert ElementTree.fromstring(svg(chart)).tag.endswith("svg")
