"""Possible safety events come first, then what teaches most, or as it came; the page says why."""

import pytest
from django.urls import reverse

from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.models import Voice
from antiphon.workspace.voices.queries import Wanted
from tests.cast import engagement, source, voice
from tests.voices.files import taken_in

QUEUE = reverse("voices:queue")


@pytest.fixture
def four(ana):
    """As they came: sure, torn, reports something, torn as well."""
    where, origin = engagement(ana), source(ana)
    said = [("Sure", 0.0, "", "NONE"), ("Torn", 0.9, "N3.1", "NONE")]
    said += [("Report", 0.1, "N2", "POSSIBLE"), ("Torn as well", 0.9, "N2", "NONE")]
    return [
        voice(ana, text, engagement=where, source=origin, teaches=teaches, teaches_code=code, safety=safety)
        for text, teaches, code, safety in said
    ]


def walk(member, wanted=None) -> list[str]:
    """What comes when somebody leaves each passage for later, until the first comes again."""
    wanted = wanted or Wanted()
    shown = queries.reader(member, wanted).opened.voice
    found = [shown.redacted]
    while True:
        shown = queries.reader(member, wanted, after_id=str(shown.id)).opened.voice
        if shown.redacted in found:
            return found
        found.append(shown.redacted)


def test_safety_comes_first_then_what_teaches_most_then_as_it_came(ana, four):
    assert walk(ana) == ["Report", "Torn", "Torn as well", "Sure"]


def test_one_may_choose_the_order_in_which_they_came(ana, four):
    assert walk(ana, Wanted(order="came")) == ["Report", "Sure", "Torn", "Torn as well"]


def test_two_readers_are_given_different_passages_in_that_order(ana, sam, four):
    actions.sit_down(by=ana, voice_id=four[2].pk)
    assert queries.reader(sam, Wanted()).opened.voice.redacted == "Torn"


def test_filters_keep_the_order(ana, four):
    assert walk(ana, Wanted(q="Torn")) == ["Torn", "Torn as well"]


@pytest.mark.parametrize(
    ("place", "order", "says"),
    [
        (2, "teaches", "side effect"),
        (1, "teaches", "Antiphon learns most from it. Its question: is this about “"),
        (0, "teaches", "no question about it"),
        (0, "came", "the order in which they came"),
    ],
)
def test_the_page_says_why_a_passage_comes_now(ana, four, signed_in, place, order, says):
    page_text = signed_in(ana).get(QUEUE, {"voice": four[place].pk, "order": order}).text
    assert says in page_text


def test_of_what_is_read_no_reason_is_told(ana, four):
    actions.finish_reading(by=ana, voice_id=four[1].pk)
    assert queries.reader(ana, Wanted(), voice_id=str(four[1].pk)).why_now == ""
    assert queries.reader(ana, Wanted(show="all"), voice_id=str(four[0].pk)).why_now == ""


def test_the_order_stays_while_one_reads(ana, four, signed_in):
    answer = signed_in(ana).post(reverse("voices:read_done", args=[four[2].pk]), {"back": "order=came"})
    assert "order=came" in answer.url


def test_before_anything_is_learned_the_engines_doubt_decides(ana):
    taken_in(ana)
    kept = Voice.objects.visible_to(ana)
    assert all(passage.weighed_by.startswith("needs") for passage in kept)
    waiting = kept.filter(safety="NONE").order_by("-teaches")
    assert waiting[0].teaches > waiting.last().teaches
    assert waiting[0].teaches_code in {"N1", "N2", "N3", "N4"}
    assert walk(ana)[1] == waiting[0].redacted


def test_passages_of_an_earlier_version_are_weighed_by_the_clock(ana, by_the_clock):
    passage = voice(ana, "I waited three hours for an appointment")
    by_the_clock()
    passage.refresh_from_db()
    assert passage.teaches > 0
    assert passage.weighed_by.startswith("needs")
