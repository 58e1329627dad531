"""Lists that people keep, found by themselves: chosen columns, and a file that holds what is seen."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antiphon.platform.exports.lists import LISTS
from antiphon.platform.workspaces.roles import Role
from tests.meta.test_code import TEMPLATES
from tests.meta.test_routes import OURS
from tests.meta.world import World

PAGES = sorted(LISTS)
WITH_FILES = [route for route in PAGES if LISTS[route].export]
# Pages that are called lists and hold no rows that people filter, choose columns of and keep views of.
OTHERS = {"codebooks:list": "two short tables of contents"}
IS_A_LIST = re.compile(r":(list|members|\w+_list)$")
MARK = "CNRY<i>A"


@pytest.fixture
def world(db):
    return World(MARK)


@pytest.fixture
def lead(world, signed_in):
    return signed_in(world.members[Role.PE_LEAD])


def headings(response) -> list[str]:
    """What stands above the columns, and what is shown beneath them."""
    table = response.context["table"]
    return [table.list.title.name, *(head.name for head in table.heads)]


def taken(browser, route: str, query: str = "") -> list[dict]:
    response = browser.post(reverse(LISTS[route].export) + query, {"format": "json"})
    assert response.status_code == 200, response
    return json.loads(response.content)


def address(route: str, *columns: str) -> str:
    return reverse(route) + "?" + "&".join(f"columns={name}" for name in columns)


def test_every_page_that_is_a_list_has_columns():
    assert {name for name, _pattern in OURS if IS_A_LIST.search(name)} == set(LISTS) | set(OTHERS)


def test_a_list_draws_its_table_with_the_one_component():
    drawn = [path for path in TEMPLATES if 'include "ui/table.html"' in path.read_text(encoding="utf-8")]
    assert len(drawn) == len(LISTS)
    assert [path.name for path in drawn if '<table class="rows"' in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("route", PAGES)
def test_a_list_declares_its_columns_once_each(route):
    columns = LISTS[route].columns
    names = [column.name for column in columns]
    assert len(names) == len(set(names))
    assert {column.beneath for column in columns if column.beneath} <= set(names)
    assert any(column.shown for column in columns)
    assert not columns[0].beneath
    assert columns[0].only is None, "what names a row is seen by everybody"


@pytest.mark.parametrize("route", PAGES)
def test_a_list_shows_its_usual_columns_and_its_words_are_only_words(route, lead):
    response = lead.get(reverse(route))
    assert response.status_code == 200
    table, body = response.context["table"], response.content.decode()
    assert table.lines, "the world has a row of everything"
    usual = {column.name for column in table.list.columns if column.shown}
    assert {choice.name for choice in table.choices if choice.is_chosen} <= usual
    assert "CNRY&lt;i&gt;A" in body
    assert MARK not in body


@pytest.mark.parametrize("route", PAGES)
def test_every_column_can_be_chosen_and_asks_nothing_more_of_the_database(route, lead):
    with CaptureQueriesContext(connection) as few:
        usual = lead.get(reverse(route))
    every = [choice.name for choice in usual.context["table"].choices]
    with CaptureQueriesContext(connection) as all_of_them:
        response = lead.get(address(route, *every))
    assert all(choice.is_chosen for choice in response.context["table"].choices)
    body = response.content.decode()
    for column in response.context["table"].heads:
        assert str(column.heading) in body
    assert MARK not in body
    assert len(all_of_them) == len(few)


@pytest.mark.parametrize("route", PAGES)
def test_one_column_alone_stands_beside_the_name_of_the_row(route, lead):
    for column in [choice.name for choice in lead.get(reverse(route)).context["table"].choices]:
        response = lead.get(address(route, column))
        shown = headings(response)
        beneath = LISTS[route].title.name in {c.beneath for c in LISTS[route].columns if c.name == column}
        assert shown == ([LISTS[route].title.name] if beneath else [LISTS[route].title.name, column])


@pytest.mark.parametrize("route", PAGES)
@pytest.mark.parametrize("name", ["nothing", "<script>", "..", "__class__", "a" * 5000, "%00", "workspace"])
def test_a_column_that_is_none_is_not_there(route, name, lead):
    response = lead.get(reverse(route), {"columns": name})
    assert headings(response) == headings(lead.get(reverse(route)))
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize("route", WITH_FILES)
def test_a_file_holds_exactly_the_columns_that_are_seen(route, lead):
    seen = [c.name for c in lead.get(reverse(route)).context["table"].choices if c.is_chosen]
    assert list(taken(lead, route)[0]) == [LISTS[route].title.name, *seen]
    assert list(taken(lead, route, f"?columns={seen[0]}")[0]) == [LISTS[route].title.name, seen[0]]


@pytest.mark.parametrize("route", WITH_FILES)
def test_the_page_takes_its_filters_and_columns_to_the_file(route, lead):
    one = LISTS[route].columns[1].name
    response = lead.get(address(route, one) + "&q=&state=")
    assert f'action="{reverse(LISTS[route].export)}?columns={one}&amp;q=&amp;state="' in response.content.decode()
    content = lead.post(address(LISTS[route].export, one), {"format": "csv"}).content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content))) == [str(column.heading) for column in LISTS[route].columns[:2]]


def test_nobody_chooses_a_column_they_may_not_see(world, signed_in):
    route = "administration:members"
    for role, may in ((Role.PE_LEAD, False), (Role.ADMINISTRATOR, True)):
        browser = signed_in(world.members[role])
        response = browser.get(address(route, "email", "role_label"))
        assert ("email" in [choice.name for choice in response.context["table"].choices]) is may
        assert ("email" in taken(browser, route, "?columns=email&columns=role_label")[0]) is may
        assert ("pe_lead@" in response.content.decode()) is may
