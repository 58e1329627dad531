"""Kept views as pages show them."""

import html

import pytest
from django.urls import reverse

from antiphon.platform.exports.lists import LISTS
from antiphon.platform.views import actions
from antiphon.platform.views.models import SavedView

PAGE = "decisions:list"
HOSTILE = "<img src=x onerror=alert(1)> \"'"


@pytest.fixture
def ana_browses(signed_in, ana):
    return signed_in(ana)


def send(browser, query="state=OPEN", page=PAGE, **more):
    return browser.post(reverse("lists:keep"), {"list": page, "query": query, "name": "Open ones"} | more)


def text(response) -> str:
    return html.unescape(" ".join(response.content.decode().split()))


@pytest.mark.parametrize("page_name", sorted(LISTS))
def test_a_view_of_any_list_is_kept_and_stands_above_it(page_name, ana_browses):
    key = (*LISTS[page_name].keys, "columns")[0]
    value = {"columns": LISTS[page_name].columns[1].name}.get(key, "x")
    value = {"state": "OPEN", "programme": ""}.get(key, value)
    kept = send(ana_browses, query=f"{key}={value}&page=2&evil=1", page=page_name)
    assert kept.status_code == 302
    assert kept["Location"] == f"{reverse(page_name)}?{key}={value}"
    response = ana_browses.get(kept["Location"])
    assert response.context["table"].current.name == "Open ones"
    assert f'href="{reverse(page_name)}?{key}={value}" aria-current="page"' in response.content.decode()


def test_a_list_with_filters_offers_to_keep_them(ana_browses):
    assert "Keep this view" not in text(ana_browses.get(reverse(PAGE)))
    shown = text(ana_browses.get(reverse(PAGE), {"state": "OPEN", "page": "1"}))
    assert "Keep this view" in shown
    assert '<input type="hidden" name="query" value="state=OPEN">' in shown


def test_a_name_is_only_a_name(ana_browses):
    send(ana_browses, name=HOSTILE)
    body = ana_browses.get(reverse(PAGE)).content.decode()
    assert "<img src=x" not in body
    assert "&lt;img src=x" in body
    view = SavedView.objects.get()
    removed = ana_browses.post(reverse("lists:remove", args=[view.pk]), follow=True)
    assert "<img src=x" not in removed.content.decode()


def test_a_view_without_a_name_keeps_what_was_asked_for(ana_browses):
    response = send(ana_browses, name="")
    assert response.status_code == 422
    assert 'value="state=OPEN"' in response.content.decode()


def test_a_list_that_is_none_keeps_no_view(ana_browses):
    for page in ("home:today", "nothing", "<b>", ""):
        assert send(ana_browses, page=page).status_code == 404
    assert not SavedView.objects.exists()


def test_only_those_who_share_are_asked_whether_to(signed_in, ana, ben):
    for member, asked in ((ana, True), (ben, False)):
        shown = text(signed_in(member).get(reverse(PAGE), {"state": "OPEN"}))
        assert ("Everybody in the workspace sees it" in shown) is asked
    assert send(signed_in(ben), shared="on").status_code == 302
    assert not SavedView.objects.get().is_shared


def test_a_view_is_changed_removed_and_brought_back(ana_browses):
    send(ana_browses)
    view = SavedView.objects.get()
    edit = reverse("lists:edit", args=[view.pk])
    assert "Open ones" in text(ana_browses.get(edit))
    assert ana_browses.post(edit, {"name": ""}).status_code == 422
    assert ana_browses.post(edit, {"name": "Still open", "shared": "on"})["Location"] == f"{reverse(PAGE)}?state=OPEN"
    removed = ana_browses.post(reverse("lists:remove", args=[view.pk]), follow=True)
    assert f'<a href="{edit}">Bring it back</a>' in removed.content.decode()
    assert "This view was removed" in text(ana_browses.get(edit))
    assert ana_browses.post(edit, {"name": "Other"}).status_code == 409
    back = ana_browses.post(reverse("lists:bring_back", args=[view.pk]), follow=True)
    assert back.context["table"].current.name == "Still open"


def test_anothers_view_is_not_there_unless_it_is_shared(signed_in, ana, ben, cleo):
    one = LISTS[PAGE]
    mine = actions.keep_view(by=ana, one=one, name="Mine", query="q=a")
    ours = actions.keep_view(by=ana, one=one, name="Ours", query="q=b", shared=True)
    for member, view, status in ((ben, mine, 404), (ben, ours, 200), (cleo, ours, 404), (cleo, mine, 404)):
        assert signed_in(member).get(reverse("lists:edit", args=[view.pk])).status_code == status
    assert "keeps this view and shares it" in text(signed_in(ben).get(reverse("lists:edit", args=[ours.pk])))
    assert signed_in(ben).post(reverse("lists:remove", args=[ours.pk])).status_code == 403


def test_a_part_of_a_list_brings_its_views_along(ana_browses):
    send(ana_browses)
    part = ana_browses.get(reverse(PAGE), {"state": "OPEN", "q": ""}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Change this view" in text(part)
