"""The map and the trails as pages."""

import pytest
from django.urls import reverse

from antiphon.content import decision_points
from tests.cast import answer, closed_decision, insight, programme, question, voice

MAP, CELL = reverse("measures:map"), reverse("measures:cell")
EVERYONE = ["ana", "ben", "sam", "cora", "eve", "adam"]
STAGE = decision_points().get("DP08").stage


def trail(kind, thing):
    return reverse(f"measures:trail_{kind}", args=[thing.pk])


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_reads_maps_and_trails(cast, signed_in, who):
    behind = closed_decision(cast.ana, weighs=[insight(cast.ana)])
    stated = behind.weighings.get().insight
    spoken = stated.supports.get().voice
    browser = signed_in(getattr(cast, who))
    for address in (MAP, f"{MAP}?by=function", "/today/", "/tour/"):
        assert browser.get(address).status_code == 200
    for kind, thing in (("voice", spoken), ("insight", stated), ("decision", behind)):
        page = browser.get(trail(kind, thing))
        assert page.status_code == 200
        assert stated.statement in page.text


def test_an_empty_workspace_has_pages_too(ana, signed_in):
    browser = signed_in(ana)
    for address in (MAP, "/today/"):
        assert browser.get(address).status_code == 200
    page = browser.get(trail("voice", voice(ana)))
    assert "No insight rests on it yet" in page.text
    assert "Nobody was told yet" in page.text


def test_a_cell_lists_what_stands_behind_it(ana, signed_in):
    about = programme(ana)
    asked = question(ana, programme=about, need="N3.1")
    stated = insight(ana, programme=about)
    page = signed_in(ana).get(CELL, {"need": "N3", "column": "F_RD", "by": "function"})
    assert asked.text in page.text
    assert stated.statement in page.text
    assert f"{MAP}?by=function" in page.text
    other = signed_in(ana).get(
        CELL, {"need": "N3", "column": "F_RD", "by": "function", "programme": str(programme(ana).pk)}
    )
    assert stated.statement not in other.text


ODD = ["nonsense", "", "0", "' OR 1=1", "%00", "0198c0de-0000-7000-8000-000000000000"]


@pytest.mark.parametrize("odd", ODD)
def test_a_wrong_address_is_no_fault_of_ours(ana, signed_in, odd):
    browser, whole = signed_in(ana), {"need": "N3", "column": STAGE, "by": "stage"}
    for name in ("programme", "by", "need", "column"):
        assert browser.get(CELL, whole | {name: odd}).status_code == (200 if name == "programme" and not odd else 404)
        assert browser.get(MAP, {name: odd}).status_code in {200, 404}
    assert browser.get(CELL).status_code == 404
    assert browser.get(CELL, whole).status_code == 200


def test_the_programme_survives_a_reload_and_the_other_view(ana, signed_in):
    about = programme(ana)
    page = signed_in(ana).get(MAP, {"programme": str(about.pk)})
    assert f'value="{about.pk}" selected' in page.text
    assert f"by=function&amp;programme={about.pk}" in page.text


def test_another_workspaces_things_are_not_there(ana, cleo, signed_in):
    behind = closed_decision(ana, weighs=[insight(ana)])
    stated = behind.weighings.get().insight
    browser = signed_in(cleo)
    for kind, thing in (("voice", stated.supports.get().voice), ("insight", stated), ("decision", behind)):
        assert browser.get(trail(kind, thing)).status_code == 404
    assert browser.get(MAP, {"programme": str(stated.programme_id)}).status_code == 404


@pytest.mark.parametrize("address", [MAP, "/today/"])
def test_the_number_of_queries_does_not_grow(ana, ben, signed_in, django_assert_max_num_queries, address):
    browser = signed_in(ana)
    for _ in range(4):
        answer(ana, approved_by=ben, given=True)
        question(ana, need="N2.1")
        with django_assert_max_num_queries(26):
            browser.get(address)


def test_a_month_in_which_nothing_was_agreed_is_a_gap_on_today_and_no_zero(ana, signed_in):
    insight(ana)
    page = signed_in(ana).get("/today/").text
    assert page.count("<td>–") == 5
    assert "<td>0 %" in page
    assert "spark-dot" in page
