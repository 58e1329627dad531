"""Pages of programmes, for every role, with and without JavaScript."""

import pytest
from django.urls import reverse

from antiphon.workspace.programmes.models import Programme, Question
from tests.cast import engagement, programme, question

FORM = {"name": "HSP-204", "kind": "ASSET", "stage": "design_planning", "function": "F_RD"}
QUESTION = {"text": "What makes a visit hard for you?", "decision_point": "DP08", "function": "F_RD"}
EVERYONE = ["ana", "ben", "sam", "cora", "eve", "adam"]
LIST, NEW = reverse("programmes:list"), reverse("programmes:new")


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_reads(cast, signed_in, who):
    made = question(cast.ana)
    browser = signed_in(getattr(cast, who))
    assert made.programme.name in browser.get(LIST).text
    page = browser.get(reverse("programmes:record", args=[made.programme_id]))
    assert page.status_code == 200
    assert made.text in page.text


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("adam", 302), ("ben", 403), ("sam", 403), ("eve", 403)])
def test_leads_set_up_programmes(cast, signed_in, who, status):
    browser = signed_in(getattr(cast, who))
    assert browser.post(NEW, FORM).status_code == status
    assert Programme.objects.filter(name="HSP-204").exists() == (status == 302)


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("ben", 302), ("cora", 403), ("eve", 403)])
def test_deciders_ask(cast, signed_in, who, status):
    about = programme(cast.ana)
    answer = signed_in(getattr(cast, who)).post(reverse("programmes:ask", args=[about.pk]), QUESTION)
    assert answer.status_code == status
    assert Question.objects.count() == (status == 302)


def test_a_mistake_keeps_what_was_typed(ana, signed_in):
    browser, about = signed_in(ana), programme(ana)
    page = browser.post(NEW, FORM | {"name": "", "indication": "Heart failure typed"})
    assert page.status_code == 422
    assert "Heart failure typed" in page.text
    page = browser.post(NEW, FORM | {"name": about.name.upper()})
    assert page.status_code == 422
    assert "Choose another name." in page.text
    page = browser.post(reverse("programmes:ask", args=[about.pk]), QUESTION | {"text": "Why so?"})
    assert page.status_code == 422
    assert "Why so?" in page.text
    page = browser.post(reverse("programmes:edit", args=[about.pk]), FORM | {"stage": "nonsense"})
    assert page.status_code == 422


def test_editing_and_taking_back(ana, signed_in):
    browser, asked = signed_in(ana), question(ana)
    edit = reverse("programmes:edit", args=[asked.programme_id])
    assert asked.programme.name in browser.get(edit).text
    assert browser.post(edit, FORM | {"version": "1"}).status_code == 302
    assert Programme.objects.get(pk=asked.programme_id).name == "HSP-204"
    back = reverse("programmes:question_withdraw", args=[asked.pk])
    assert browser.get(back).status_code == 405
    assert browser.post(back).status_code == 302
    assert browser.post(back).status_code == 409


def test_the_list_searches_and_says_so_when_nothing_fits(ana, signed_in):
    browser = signed_in(ana)
    assert reverse("programmes:new") in browser.get(LIST).text
    programme(ana, name="Heart failure")
    programme(ana, name="Asthma")
    page = browser.get(LIST, {"q": "heart"})
    assert "Heart failure" in page.text
    assert "Asthma" not in page.text
    assert 'value="heart"' in page.text
    assert browser.get(LIST, {"q": "nothing fits"}).status_code == 200


def test_a_part_is_only_the_part(ana, signed_in):
    programme(ana, name="Asthma")
    browser = signed_in(ana)
    part = browser.get(LIST, headers={"HX-Request": "true"})
    assert "Asthma" in part.text
    assert "<html" not in part.text
    assert "<html" in browser.get(LIST).text
    assert "HX-Request" in part["Vary"]


def test_another_workspaces_programme_is_not_there(ana, cleo, signed_in):
    asked, browser = question(ana), signed_in(cleo)
    for name, thing in (("record", asked.programme), ("edit", asked.programme), ("ask", asked.programme)):
        address = reverse(f"programmes:{name}", args=[thing.pk])
        assert (browser.post if name == "ask" else browser.get)(address, QUESTION).status_code == 404
    assert browser.post(reverse("programmes:question_withdraw", args=[asked.pk])).status_code == 404


@pytest.mark.parametrize("page", ["list", "record"])
def test_the_number_of_queries_does_not_grow(ana, signed_in, django_assert_max_num_queries, page):
    about = programme(ana)
    address = LIST if page == "list" else reverse("programmes:record", args=[about.pk])
    browser = signed_in(ana)
    for _ in range(6):
        engagement(ana, programme=about)
        question(ana, programme=about)
        programme(ana)
        with django_assert_max_num_queries(9):
            browser.get(address)
