"""The page that says how well it listens: of what ships, and of what a workspace taught."""

import json
import re

import pytest
from django.urls import reverse

from antiphon.content import Measured, listening_figures
from antiphon.engines.listening._needs import UNTAUGHT
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.models import LearnedModel
from antiphon.workspace.voices.queries.measured import GROUPS, LANGUAGES, SAID
from antiphon.workspace.voices.rules import KNOWN_BY_WORDS
from tests.cast import suggestion, voice
from tests.engines.listening.coded import comments
from tests.voices.test_learning import codes_of, read

PAGE = reverse("voices:how_well")
FIGURE = {
    "task": "personal",
    "figure": "all",
    "language": "en",
    "n": 100,
    "value": 0.905,
    "low": 0.89,
    "high": 0.92,
    "target": 0.9,
    "less_is_better": False,
    "cost": 0.92,
    "cost_target": 0.9,
    "cost_at_least": True,
    "measured_date": "2026-11-22",
    "version": "redact 3",
}


@pytest.fixture
def taught(ana, django_capture_on_commit_callbacks):
    read(ana, codes_of(ana, "waiting", "food", "staff"), comments()[:72])
    with django_capture_on_commit_callbacks(execute=True):
        actions.learn(by=ana)
    return LearnedModel.objects.get()


def test_every_figure_that_ships_has_its_words():
    rows = queries.figure_rows()
    assert {row.task for row in rows} == set(GROUPS)
    assert {(row.task, row.figure) for row in rows} - {("personal", "all")} == set(SAID)
    assert {one.language for one in listening_figures()} == set(LANGUAGES)
    assert all("%(" not in row.words + row.cost_words for row in rows)
    assert all(row.n > 0 and row.version and row.measured_date for row in rows)
    assert all(row.is_met is not None for row in rows if row.target is not None)


def test_a_figure_says_its_number_in_plain_words():
    (row,) = [row for row in queries.figure_rows() if row.figure == "person" and row.language == "English"]
    assert row.words == f"Of 100 names of people, {round(row.value * 100)} are hidden whole."
    assert "had to be hidden" in row.cost_words


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, True),
        ({"value": 0.89}, False),
        ({"cost": 0.88}, False),
        ({"cost": 0.01, "cost_target": 0.02, "cost_at_least": False}, True),
        ({"cost": 0.03, "cost_target": 0.02, "cost_at_least": False}, False),
        ({"value": 8, "target": 10, "less_is_better": True, "cost": None}, True),
        ({"value": 12, "target": 10, "less_is_better": True, "cost": None}, False),
        ({"target": None}, None),
    ],
)
def test_an_aim_is_met_with_its_cost_or_not_at_all(changes, met):
    assert Measured(**FIGURE | changes).is_met is met


def test_everyone_who_is_signed_in_reads_it(cast, signed_in):
    for member in (cast.ana, cast.ben, cast.sam, cast.cora, cast.eve, cast.adam):
        text = signed_in(member).get(PAGE).text
        assert "How well does it listen?" in text
        assert "Of 100 names of people" in text
        assert "falls short" in text
    assert reverse("voices:learn") not in text


def test_what_falls_short_tells_what_fewer_comments_taught():
    told = {(row.task, row.figure): row.curve_words for row in queries.figure_rows() if row.is_met is False}
    assert told
    assert all("from 876, " in words for words in told.values()), told


def test_every_kind_of_work_can_be_gone_to(ana, signed_in):
    text = signed_in(ana).get(PAGE).text
    led_to = re.findall(r'href="#(figures-\d+)"', text)
    assert len(led_to) > 5
    assert all(f'id="{place}"' in text for place in led_to)


def test_it_says_what_ones_own_coding_taught_code_by_code(ana, ben, taught, signed_in):
    text = signed_in(ben).get(PAGE).text
    assert "version 1, learned from 72 passages" in text
    assert all(label in text for label in ("waiting", "food", "staff"))
    assert reverse("voices:lay_aside") not in text
    assert reverse("voices:lay_aside") in signed_in(ana).get(PAGE).text


def test_a_lead_lets_it_learn_lays_it_aside_and_puts_it_back(ana, taught, signed_in):
    browser = signed_in(ana)
    assert "Laid aside" in browser.post(reverse("voices:lay_aside"), follow=True).text
    assert not LearnedModel.objects.exclude(used_at=None).exists()
    assert "in use again" in browser.post(reverse("voices:use_model", args=[taught.pk]), follow=True).text
    assert "It learns now" in browser.post(reverse("voices:learn"), follow=True).text
    assert "It is learning already" in browser.post(reverse("voices:learn"), follow=True).text
    assert "It is learning from" in browser.get(PAGE).text


def test_who_may_not_teach_is_refused(ben, taught, signed_in):
    browser = signed_in(ben)
    for address in (
        reverse("voices:learn"),
        reverse("voices:lay_aside"),
        reverse("voices:use_model", args=[taught.pk]),
    ):
        assert browser.post(address).status_code == 403


def test_figures_and_codes_are_taken_away(ana, taught, signed_in):
    browser = signed_in(ana)
    figures = json.loads(browser.post(reverse("voices:figures_export"), {"format": "json"}).content)
    assert len(figures) == len(listening_figures())
    codes = json.loads(browser.post(reverse("voices:learned_codes_export"), {"format": "json"}).content)
    assert {row["label"] for row in codes} == {"waiting", "food", "staff"}


def test_the_codebook_says_what_was_learned_of_its_words(ana, taught, signed_in):
    (book,) = {entry.codebook for entry in LearnedModel._meta.apps.get_model("vocabulary.CodebookEntry").objects.all()}
    text = signed_in(ana).get(reverse("codebooks:record", args=[book.pk])).text
    assert "Learned from your coding" in text
    assert "Of 100 it would suggest" in text


def test_the_part_that_moves_comes_alone(ana, signed_in):
    text = signed_in(ana).get(PAGE, headers={"HX-Request": "true"}).text
    assert text.lstrip().startswith("<section")
    assert "Hiding who people are" not in text


def test_a_suggestion_says_how_sure_it_is_and_from_which_version(ana, taught, signed_in):
    passage = voice(ana, "the food was cold again")
    actions.weigh(ana.workspace_id)
    text = signed_in(ana).get(reverse("voices:queue"), {"voice": passage.pk}).text
    assert "from your coding, version 1" in text
    assert re.search(r"right in \d+ of 100 · from your coding", text)


def test_a_suggestion_says_no_more_than_is_known(ana):
    passage = voice(ana, "Waiting for a study that keeps my data safe")
    for code in ("N3", "N3.1", "N4.4"):
        suggestion(ana, passage, code, score=0.8)
    found = {each.code: each.sure for each in queries.record(ana, passage.pk).opened.suggestions}
    assert found == {
        "N3": "right in 80 of 100",
        "N3.1": "right about the section in 80 of 100",
        "N4.4": "by these words alone",
    }
    assert KNOWN_BY_WORDS == UNTAUGHT
