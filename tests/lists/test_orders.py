"""Rows in the order of a column, on the page and in the file; found from what the lists declare."""

import datetime
import json

import pytest
from django.urls import reverse

from antiphon.platform.exports.lists import LISTS
from antiphon.platform.views.rules import ORDER
from antiphon.platform.workspaces.roles import Role
from tests.cast import answer, closed_decision, decision, engagement, insight, member, programme
from tests.meta.test_routes import OURS

WAYS = [
    (route, column.name, sign)
    for route in sorted({name for name, _pattern in OURS} & set(LISTS))
    for column in LISTS[route].columns
    if column.orders_by
    for sign in ("", "-")
]


@pytest.fixture
def filled(ana, ben, cast, signed_in):
    """Three and more of everything, in no order."""
    for somebody in (ben, ana):
        signed_in(somebody)
    for number, name in enumerate(("Moss", "Ash", "Fern")):
        about = programme(ana, name=name)
        day = datetime.date(2026, 3, 9) - number * (-1) ** number * datetime.timedelta(days=3)
        engagement(ana, programme=about, name=f"Board {name}", starts_date=day)
        stated = insight(ana, programme=about, statement=f"{name} matters to people who live far away.")
        insight(ana, programme=about, statement=f"An open word on {name} from people.", agreed=False)
        decision(ben, programme=about, question=f"What of {name}?", due_date=day)
        closed = closed_decision(ana, programme=about, weighs=[stated], question=f"How much {name}?")
        answer(ana, decision=closed, approved_by=ben, given=number != 1)
        member(cast.hesperia, f"{name} Person", Role.EXECUTIVE)


def values(browser, route: str, name: str, order: str) -> list:
    response = browser.post(f"{reverse(LISTS[route].export)}?{ORDER}={order}&columns={name}", {"format": "json"})
    assert response.status_code == 200, response
    return [row[name] for row in json.loads(response.content)]


@pytest.mark.parametrize(("route", "name", "sign"), WAYS)
def test_rows_come_in_the_order_that_is_asked_for(cast, filled, signed_in, route, name, sign):
    browser = signed_in(cast.adam)
    found = values(browser, route, name, sign + name)
    known = [value for value in found if value]
    assert len(known) > 1
    assert known == sorted(known, reverse=bool(sign))
    assert found == known + [None] * (len(found) - len(known))
    shown = browser.get(f"{reverse(route)}?{ORDER}={sign}{name}")
    assert f'<option value="{sign}{name}" selected>' in shown.text
    column = next(column for column in LISTS[route].columns if column.name == name)
    rows = [column.of(line.row) for line in shown.context["table"].lines]
    assert [row for row in rows if row] == sorted((row for row in rows if row), reverse=bool(sign))


def test_nobody_learns_a_column_from_the_order_of_rows(cast, filled, signed_in):
    usual = values(signed_in(cast.ana), "administration:members", "name", "")
    assert values(signed_in(cast.ana), "administration:members", "name", "-last_seen_at") == usual
    assert "last_seen_at" not in signed_in(cast.ana).get(reverse("administration:members")).text


@pytest.mark.parametrize("odd", ["nothing", "--name", "pk", "user__password", "-", "name,pk", "x" * 500])
def test_an_order_that_is_none_is_the_usual_one(cast, filled, signed_in, odd):
    browser = signed_in(cast.adam)
    for route in LISTS:
        assert browser.get(reverse(route), {ORDER: odd}).status_code == 200
    assert values(browser, "decisions:list", "question", odd) == values(browser, "decisions:list", "question", "")


def test_an_order_is_kept_with_a_view_and_when_columns_are_chosen(ana, filled, signed_in):
    page = signed_in(ana).get(reverse("decisions:list"), {ORDER: "-due_date"})
    assert page.context["table"].query == f"{ORDER}=-due_date"
    assert f'<input type="hidden" name="{ORDER}" value="-due_date">' in page.text
