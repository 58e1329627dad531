"""Pages of engagements, for every role, with and without JavaScript."""

import pytest
from django.urls import reverse

from antiphon.workspace.engagements.models import Courtesy, Engagement
from tests.cast import engagement, programme, question, voice

LIST, NEW = reverse("engagements:list"), reverse("engagements:new")
EVERYONE = ["ana", "ben", "sam", "cora", "eve", "adam"]
HOLD = {"ends_date": "2026-09-02", "groups": ["patient"], "people": "8"}


def plan(about, **changes):
    return {
        "name": "Winter board",
        "programme": str(about.pk),
        "kind": "patient_advisory_board",
        "purpose": "To go through the visit plan.",
        "starts_date": "2026-09-01",
        "functions": ["F_RD"],
    } | changes


def record(made):
    return reverse("engagements:record", args=[made.pk])


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_reads(cast, signed_in, who):
    made = engagement(cast.ana)
    browser = signed_in(getattr(cast, who))
    assert made.name in browser.get(LIST).text
    page = browser.get(record(made))
    assert page.status_code == 200
    assert made.purpose in page.text


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("ben", 302), ("sam", 403), ("eve", 403)])
def test_leads_and_functions_plan(cast, signed_in, who, status):
    answer = signed_in(getattr(cast, who)).post(NEW, plan(programme(cast.ana)))
    assert answer.status_code == status
    assert Engagement.objects.count() == (status == 302)


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("ben", 403), ("eve", 403)])
def test_leads_run(cast, signed_in, who, status):
    made = engagement(cast.ana, held=False)
    browser = signed_in(getattr(cast, who))
    assert browser.post(reverse("engagements:hold", args=[made.pk]), HOLD).status_code == status
    assert Courtesy.objects.count() == (2 if status == 302 else 0)


def test_an_engagement_from_plan_to_thanks(ana, signed_in):
    browser, about = signed_in(ana), programme(ana)
    asked = question(ana, programme=about)
    browser.post(NEW, plan(about, questions=[str(asked.pk)]))
    made = Engagement.objects.get()
    assert asked.text in browser.get(record(made)).text
    assert browser.get(reverse("engagements:edit", args=[made.pk])).status_code == 200
    edited = plan(about, name="Spring board", questions=[str(asked.pk)], version="1")
    assert browser.post(reverse("engagements:edit", args=[made.pk]), edited).status_code == 302
    browser.post(reverse("engagements:hold", args=[made.pk]), HOLD)
    page = browser.get(record(made))
    assert "Spring board" in page.text
    thanks = made.courtesies.get(kind="THANKS")
    done = reverse("engagements:courtesy_done", args=[thanks.pk])
    assert browser.get(done).status_code == 405
    assert browser.post(done).status_code == 302
    assert browser.post(done).status_code == 409
    assert browser.post(reverse("engagements:hold", args=[made.pk]), HOLD).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"ends_date": "2026-08-01"},
        {"starts_date": "yesterday"},
        {"programme": "nonsense"},
        {"functions": []},
        {"kind": "nonsense"},
    ],
    ids=str,
)
def test_a_plan_with_a_mistake_keeps_what_was_typed(ana, signed_in, wrong):
    about = programme(ana)
    question(ana, programme=about)
    page = signed_in(ana).post(NEW, plan(about, purpose="A purpose typed with care") | wrong)
    assert page.status_code == 422
    assert "A purpose typed with care" in page.text


def test_a_question_of_another_programme_is_a_mistake_that_can_be_mended(ana, signed_in):
    about, elsewhere = programme(ana), question(ana)
    page = signed_in(ana).post(NEW, plan(about, questions=[str(elsewhere.pk)]))
    assert page.status_code == 422
    assert "belongs to another programme" in page.text


@pytest.mark.parametrize("wrong", [{"groups": []}, {"ends_date": "2020-01-01"}, {"people": "0"}], ids=str)
def test_holding_with_a_mistake_keeps_what_was_typed(ana, signed_in, wrong):
    made = engagement(ana, held=False)
    page = signed_in(ana).post(reverse("engagements:hold", args=[made.pk]), HOLD | {"people": "8765"} | wrong)
    assert page.status_code == 422
    assert "people" in wrong or "8765" in page.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"programme": "nonsense"}, 404),
        ({"programme": "0198c0de-0000-7000-8000-000000000000"}, 404),
        ({"state": "nonsense"}, 200),
        ({"q": "%00'\""}, 200),
    ],
)
def test_a_wrong_address_is_no_fault_of_ours(ana, signed_in, asked, status):
    browser = signed_in(ana)
    assert browser.get(LIST, asked).status_code == status
    assert browser.get(NEW, asked).status_code == 200


def test_filters_survive_a_reload_and_narrow(ana, signed_in):
    browser = signed_in(ana)
    assert NEW in browser.get(LIST).text
    made = engagement(ana, name="Autumn survey")
    engagement(ana, name="Winter board", held=False)
    for asked in ({"state": "HELD"}, {"q": "autumn"}, {"programme": str(made.programme_id)}):
        page = browser.get(LIST, asked)
        assert "Autumn survey" in page.text
        assert "Winter board" not in page.text
        [value] = asked.values()
        assert f'value="{value}" selected' in page.text or f'value="{value}"' in page.text
    assert "Autumn survey" not in browser.get(LIST, {"q": "nothing fits"}).text


def test_a_part_is_only_the_part(ana, signed_in):
    engagement(ana, name="Autumn survey")
    part = signed_in(ana).get(LIST, headers={"HX-Request": "true"})
    assert "Autumn survey" in part.text
    assert "<html" not in part.text


def test_another_workspaces_engagement_is_not_there(ana, cleo, signed_in):
    made, browser = engagement(ana, held=False), signed_in(cleo)
    assert browser.get(record(made)).status_code == 404
    assert browser.get(reverse("engagements:edit", args=[made.pk])).status_code == 404
    assert browser.post(reverse("engagements:hold", args=[made.pk]), HOLD).status_code == 404
    assert browser.post(NEW, plan(made.programme)).status_code == 422


@pytest.mark.parametrize("page", ["list", "record"])
def test_the_number_of_queries_does_not_grow(ana, signed_in, django_assert_max_num_queries, page):
    about = programme(ana)
    made = engagement(ana, programme=about)
    browser = signed_in(ana)
    for function in ("F_RD", "F_MED", "F_REG", "F_HEOR"):
        voice(ana, engagement=made)
        engagement(ana, programme=about)
        made.functions.create(workspace=ana.workspace, function=function)
        with django_assert_max_num_queries(13):
            browser.get(LIST if page == "list" else record(made))
