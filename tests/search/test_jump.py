"""⌘K: places, what one may do, things by their name."""

import html

import pytest
from django.urls import reverse

from antiphon.config.navigation import ACCOUNT_PLACES, PLACES
from antiphon.interfaces.search.places import DO, GO, SHOWN, jump
from antiphon.platform.workspaces.roles import Role
from tests import cast as stage

JUMP = reverse("search:jump")
PART = {"HX-Request": "true"}


def labels(member, words="") -> list[str]:
    return [str(place.label) for group in jump(member, words) for place in group.places]


def test_every_place_of_the_navigation_can_be_gone_to():
    assert {name for name, *_rest in (*PLACES, *ACCOUNT_PLACES)} <= {name for name, *_rest in GO}


@pytest.mark.parametrize("role", list(Role))
def test_what_is_offered_is_allowed_and_there(role, cast, signed_in):
    member = stage.member(cast.hesperia, f"Jo {role}", role, function="F_RD")
    browser = signed_in(member)
    for name, *_rest in GO:
        assert browser.get(reverse(name)).status_code == 200, name
    offered = {place.url for group in jump(member, "") for place in group.places}
    for name, _label, _icon, may in DO:
        assert (reverse(name) in offered) is may(member)
        if may(member):
            assert browser.get(reverse(name)).status_code == 200, name


def test_words_narrow_what_is_offered(ana):
    assert labels(ana, "open dec") == ["Open a decision"]
    assert labels(ana, "DECISION")[:1] == ["Open a decision"]
    assert labels(ana, "zzz") == []


def test_things_are_found_by_their_name_and_only_ones_own(ana, ben, cleo):
    about = stage.programme(ana, name="Heart failure at home")
    stage.programme(cleo, name="Heart failure elsewhere")
    assert "Heart failure at home" in labels(ben, "heart fail")
    assert "Heart failure elsewhere" not in labels(ben, "heart fail")
    group = jump(ana, "heart")[0]
    assert [place.url for place in group.places] == [reverse("programmes:record", args=[about.pk])]


def test_no_more_of_a_kind_are_shown_than_an_eye_takes_in(ana):
    for n in range(SHOWN + 3):
        stage.programme(ana, name=f"Programme with a heart {n}")
    assert len(jump(ana, "heart")[0].places) == SHOWN


@pytest.mark.parametrize("count", [1, 12])
def test_it_asks_the_database_as_often_however_much_is_found(ana, django_assert_max_num_queries, count):
    for n in range(count):
        stage.programme(ana, name=f"Heart {n}")
    with django_assert_max_num_queries(9):
        jump(ana, "heart")


def test_the_part_comes_for_the_dialog_and_the_page_for_everybody_else(signed_in, ana):
    browser = signed_in(ana)
    part = browser.get(JUMP, {"q": "insight"}, headers=PART).content.decode()
    assert "<html" not in part
    assert 'data-found="insight"' in part
    whole = browser.get(JUMP, {"q": "insight"}).content.decode()
    assert "<h1>Go anywhere</h1>" in whole
    assert reverse("insights:new") in whole


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x>', "%", "_", "\\", "x" * 5000, "\u202e"])
def test_hostile_words_are_only_words(signed_in, ana, words):
    stage.programme(ana, name="<script>alert(1)</script>")
    body = signed_in(ana).get(JUMP, {"q": words}, headers=PART).content.decode()
    assert "<script>" not in body
    assert "<img" not in body
    assert words[:100] in html.unescape(body) or "Nothing here" in body


def test_who_is_not_signed_in_finds_nothing(client):
    assert client.get(JUMP).status_code == 302
