"""The small pieces: clocks in words, queries that keep what they had, bars from zero, maps with silence."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from antiphon.platform.ui.templatetags import ui
from antiphon.platform.ui.templatetags.charts import heatmap

TODAY = dt.date(2026, 10, 30)
CLOCKS = [
    (dt.date(2026, 11, 3), "3 Nov, in 4 days"),
    (dt.date(2026, 10, 31), "31 Oct, tomorrow"),
    (TODAY, "30 Oct, today"),
    (dt.date(2026, 10, 29), "late by 1 day"),
    (dt.date(2026, 10, 28), "late by 2 days"),
    (dt.date(2027, 1, 2), "2 Jan 2027, in 64 days"),
    (dt.datetime(2026, 11, 3, 23, 30, tzinfo=dt.UTC), "3 Nov, in 4 days"),
    (None, "no date yet"),
]


def written(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def at(address: str, source: str, **context) -> str:
    return written(source, request=RequestFactory().get(address), **context)


@pytest.mark.parametrize(("due", "words"), CLOCKS)
def test_a_clock_says_the_date_and_how_near_it_is(due, words):
    assert ui.clock_words(due, TODAY) == words
    assert words in written("{% clock due %}", due=due, today=TODAY)


@pytest.mark.parametrize(("days", "tone"), [(-1, "late"), (0, "soon"), (7, "soon"), (8, "calm")])
def test_a_clock_looks_as_near_as_it_is(days, tone):
    assert f"clock-{tone}" in written("{% clock due today %}", due=TODAY + dt.timedelta(days), today=TODAY)


@pytest.mark.parametrize("state", ui.STATES)
def test_a_state_is_a_sign_and_a_word(state):
    drawn = written("{% badge state %}", state=state)
    assert "<svg" in drawn
    assert str(ui.STATES[state][1]) in drawn


def test_a_state_nobody_named_is_shown_as_written():
    assert "Paused" in written('{% badge "Paused" %}')


def test_an_icon_is_decoration_unless_it_speaks():
    assert 'aria-hidden="true"' in ui.icon("check")
    assert 'role="img" aria-label="Done"' in ui.icon("check", label="Done")


def test_a_label_cannot_break_out_of_an_icon():
    assert "<script>" not in ui.icon("check", label='"><script>')


def test_a_query_changes_one_thing_and_keeps_the_others():
    assert at("/?state=late&page=2", "{% query page=3 %}") == "?state=late&amp;page=3"
    assert at("/?state=late&page=2", "{% query state=None page='' %}") == "?"
    assert at("/?need=a&need=b", "{% query page=1 %}") == "?need=a&amp;need=b&amp;page=1"


@pytest.mark.parametrize(("cookie", "shown"), [("dark", 'data-bs-theme="dark"'), ("light", "light"), ("auto", "")])
def test_the_theme_is_the_one_in_the_cookie(cookie, shown):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert shown in written("{% theme_attribute %}", request=request)


def test_a_cookie_cannot_write_into_the_page():
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'
    assert written("{% theme_attribute %}", request=request) == ""


@pytest.mark.parametrize(("value", "largest", "width"), [(3, 6, 50), (0, 6, 0), (9, 6, 100), (2, 0, 0), (None, 4, 0)])
def test_a_bar_starts_at_zero_and_stays_inside(value, largest, width):
    assert f'class="bar-fill" width="{width}"' in ui.bar(value, largest)


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 4, 25), (0, 0, 0), (2, 3, 67)])
def test_a_share_of_nothing_is_nothing(part, whole, share):
    assert ui.percent_of(part, whole) == share


def test_a_pager_keeps_the_filters():
    drawn = at("/?state=late&page=2", "{% pager page %}", page=Paginator(range(95), 10).page(2))
    assert "11 to 20 of 95" in drawn
    assert 'href="?state=late&amp;page=3"' in drawn
    assert 'aria-current="page">2<' in drawn


def test_a_map_adds_up_and_says_where_nobody_spoke():
    grid = {
        "caption": "Needs",
        "columns": [{"label": "Protocol"}, {"label": "Launch"}],
        "rows": [{"label": "Travel", "cells": [{"value": 3}, {"value": None}]}],
    }
    drawn = heatmap(grid)
    assert (drawn["totals"], drawn["whole"]) == ([3, 0], 3)
    text = written("{% heatmap grid 'not asked' %}", grid=grid)
    assert "not asked" in text
    assert 'class="silent"' in text


def test_a_map_with_a_cell_too_few_is_refused():
    grid = {"columns": [{"label": "Protocol"}, {"label": "Launch"}], "rows": [{"cells": [{"value": 1}]}]}
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        heatmap(grid)


@pytest.mark.parametrize("values", [[], [5], [0, 0], [1, 2, 3]])
def test_a_line_is_drawn_from_whatever_is_known(values):
    points = [{"label": str(place), "value": value} for place, value in enumerate(values)]
    drawn = written("{% spark points 'Rising' %}", points=points)
    assert drawn.count("<tr>") == len(values)
    assert drawn.count('class="spark-line"') == bool(values)


def test_what_is_not_known_is_a_gap_and_no_zero():
    points = [{"label": name, "value": value} for name, value in zip("abcd", [None, 40, None, 60], strict=True)]
    drawn = written("{% spark points 'Rising' ' %' 100 %}", points=points)
    assert drawn.count('class="spark-line"') == 2
    assert "0 %" not in drawn.replace("40 %", "").replace("60 %", "")
    assert drawn.count("<td>–</td>") == 2


def test_bars_say_where_they_lead():
    rows = [{"label": "Regulatory", "value": 5, "url": "#reg", "note": "late 2", "tone": "late"}]
    drawn = written("{% bars rows 'Waiting' %}", rows=rows)
    assert 'href="#reg"' in drawn
    assert 'class="bar bar-late"' in drawn
    assert "late 2" in drawn
