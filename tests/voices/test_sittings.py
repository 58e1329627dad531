"""Two who read at the same time are given different passages."""

import datetime

import pytest
from django.urls import reverse

from antiphon.platform import clock
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.models import Sitting
from antiphon.workspace.voices.queries import Wanted
from antiphon.workspace.voices.queries.sittings import HOLDS
from tests.cast import engagement, source, voice

QUEUE = reverse("voices:queue")


def opened(member, **place):
    return queries.reader(member, Wanted(), **place)


@pytest.fixture
def three(ana):
    where, origin = engagement(ana), source(ana)
    return [voice(ana, f"Passage number {n} speaks.", engagement=where, source=origin) for n in range(3)]


def sit(member, passage):
    return actions.sit_down(by=member, voice_id=passage.pk)


def test_who_comes_second_is_given_the_next(ana, sam, three):
    assert opened(ana).opened.voice.id == opened(sam).opened.voice.id == three[0].pk
    assert sit(ana, three[0])
    assert opened(sam).opened.voice.id == three[1].pk
    assert opened(ana).opened.voice.id == three[0].pk
    assert opened(ana).sits_here


def test_who_opens_the_same_a_moment_later_does_not_get_it(ana, sam, three):
    assert sit(ana, three[0])
    assert not sit(sam, three[0])
    assert Sitting.objects.get().member == ana


def test_one_sits_at_one_passage_and_leaves_it_for_the_next(ana, sam, three):
    sit(ana, three[0])
    sit(ana, three[1])
    assert sit(sam, three[0])
    assert Sitting.objects.filter(member=ana).count() == 1


def test_who_left_without_a_word_keeps_nothing_for_long(ana, sam, three):
    sit(ana, three[0])
    with clock.at(clock.now() + HOLDS + datetime.timedelta(seconds=1)):
        assert opened(sam).opened.voice.id == three[0].pk
        assert sit(sam, three[0])


def test_the_last_passage_is_read_by_two_rather_than_by_nobody(ana, sam, three):
    for passage in three[:2]:
        actions.finish_reading(by=ana, voice_id=passage.pk)
    sit(ana, three[2])
    found = opened(sam)
    assert found.opened.voice.id == three[2].pk
    assert found.also_reading == [ana.name]


def test_who_only_looks_takes_a_passage_from_nobody(ana, eve, three):
    assert sit(eve, three[0])
    assert opened(ana).opened.voice.id == three[0].pk


def test_it_concerns_one_workspace(ana, cleo, signed_in, three):
    assert signed_in(cleo).post(reverse("voices:sit_down", args=[three[0].pk])).status_code == 404
    assert not Sitting.objects.exists()


def test_the_page_says_that_it_was_opened_and_comes_with_the_next_where_somebody_was_first(ana, sam, signed_in, three):
    told = reverse("voices:sit_down", args=[three[0].pk])
    browser = signed_in(sam)
    assert told in browser.get(QUEUE).text
    sit(ana, three[0])
    answer = browser.post(told, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert three[1].redacted in answer.text
    assert str(three[1].pk) in answer["HX-Push-Url"]
    assert browser.post(reverse("voices:sit_down", args=[three[1].pk])).status_code == 204
    assert "sit-down" not in browser.get(QUEUE).text


def test_one_who_asks_for_a_passage_by_name_is_told_who_else_has_it_open(ana, sam, signed_in, three):
    sit(ana, three[0])
    page = signed_in(sam).get(f"{QUEUE}?voice={three[0].pk}").text
    assert f"Open with somebody else, too: {ana.name}" in page
    assert "sit-down" not in page
