"""How alike sentences are, and what an insight needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.workspace.insights import rules
from antiphon.workspace.insights.rules import State, Strength

WORDS = [
    "journey",
    "clinic",
    "people",
    "carers",
    "far",
    "we",
    "Übelkeit",
    "taking part",
    "東京都",
    "don't",
    "1 in 10",
]
SENTENCES = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))


@given(SENTENCES, SENTENCES)
def test_likeness_is_the_same_both_ways_and_within_bounds(one, other):
    assert 0.0 <= rules.likeness(one, other) <= 1.0
    assert rules.likeness(one, other) == rules.likeness(other, one)


@given(SENTENCES)
def test_a_sentence_with_words_is_wholly_like_itself(text):
    assert rules.likeness(text, text) == (1.0 if rules.shape(text) else 0.0)


@given(SENTENCES)
def test_case_and_spacing_change_no_likeness(text):
    assert rules.shape("  ".join(text.split())) == rules.shape(text)
    assert rules.folded(f"  {rules.folded(text)} ") == rules.folded(text)


@given(SENTENCES)
def test_likeness_agrees_with_the_slow_way_to_count_it(text):
    def slow(one, other):
        runs = set(one) | set(other)
        dot = sum(one[run] * other[run] for run in runs)
        sizes = [sum(shape[run] ** 2 for run in runs) ** 0.5 for shape in (one, other)]
        return dot / (sizes[0] * sizes[1]) if all(sizes) else 0.0

    other = "Long journeys to the clinic keep people from taking part"
    assert rules.likeness(text, other) == pytest.approx(slow(rules.shape(text), rules.shape(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Long journeys keep people from taking part.", "A long journey keeps people from taking part."),
        ("Fatigue makes evening visits impossible.", "Evening visits are impossible because of fatigue."),
        ("People want results in plain language.", "Patients want plain-language results."),
    ],
)
def test_what_says_nearly_the_same_is_alike(one, other):
    assert rules.likeness(one, other) >= rules.ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Long journeys keep people from taking part.", "Injections at home frighten carers."),
        ("People want results in plain language.", "People are afraid of losing their work."),
        ("We go to see her and it is far.", "He was not in it."),
    ],
)
def test_what_says_something_else_is_not_alike(one, other):
    assert rules.likeness(one, other) < rules.ALIKE


def test_the_same_sentence_differs_neither_by_case_nor_spacing_nor_its_full_stop():
    assert rules.folded("  Long  journeys\nkeep people away. ") == rules.folded("LONG journeys keep people away")
    assert rules.folded("Long journeys keep people away") != rules.folded("Long journeys kept people away")


def test_the_longest_words_lead_to_sentences_that_may_be_alike():
    assert rules.stems("It is far: journeys of hours, journeys by bus") == ["journe", "hour"]
    assert len(rules.stems("alpha bravo charlie delta echoes foxtrot golfers hotels")) == rules.MOST_STEMS
    assert rules.stems(" . ") == []


@pytest.mark.parametrize(("length", "enough"), [(14, False), (15, True), (400, True), (401, False)])
def test_an_insight_is_one_sentence(length, enough):
    assert rules.is_a_sentence(" " + "x" * length + " ") is enough


@pytest.mark.parametrize(
    ("strength", "supporting", "fits"),
    [
        ("SINGLE", 0, False),
        ("SINGLE", 1, True),
        ("SINGLE", 2, False),
        ("SEVERAL", 1, False),
        ("SEVERAL", 2, True),
        ("CONSENSUS", 1, False),
        ("CONSENSUS", 9, True),
    ],
)
def test_a_strength_fits_the_number_of_voices(strength, supporting, fits):
    assert rules.fits(Strength(strength), supporting) is fits


def test_dissent_is_asked_for_only_when_a_voice_dissents():
    ready = {"supporting": 2, "needs": 1}
    calm = rules.checks(Strength.SEVERAL, **ready, dissenting=0, dissent="")
    assert calm == {"voice": True, "need": True, "strength": True}
    assert rules.checks(Strength.SEVERAL, **ready, dissenting=1, dissent=" ")["dissent"] is False
    assert rules.checks(Strength.SEVERAL, **ready, dissenting=1, dissent="Some like travelling.")["dissent"]


def test_only_a_wide_consent_reaches_another_programme():
    assert rules.may_rest_on({"named_programme"}, same_programme=True)
    assert not rules.may_rest_on({"named_programme", "anonymous_quotes"}, same_programme=False)
    assert not rules.may_rest_on(set(), same_programme=False)
    assert rules.may_rest_on({"all_programmes", "named_programme"}, same_programme=False)


def test_every_state_leads_somewhere_and_agreed_follows_a_draft_or_an_unmerging():
    assert set(rules.NEXT) == set(State)
    assert [state for state in State if rules.can_become(state, State.AGREED)] == [State.DRAFT, State.MERGED]


@pytest.mark.parametrize(
    ("kept", "absorbed", "can"),
    [
        ("AGREED", "AGREED", True),
        ("AGREED", "DRAFT", True),
        ("DRAFT", "DRAFT", True),
        ("DRAFT", "AGREED", False),
        ("SET_ASIDE", "DRAFT", False),
        ("MERGED", "DRAFT", False),
        ("AGREED", "SET_ASIDE", False),
        ("AGREED", "MERGED", False),
    ],
)
def test_what_people_agreed_on_goes_only_into_what_they_agreed_on(kept, absorbed, can):
    assert rules.can_absorb(State(kept), State(absorbed)) is can


@pytest.mark.parametrize(
    ("one", "other", "supporting", "suggested"),
    [
        ("SINGLE", "SINGLE", 1, "SINGLE"),
        ("SINGLE", "SINGLE", 2, "SEVERAL"),
        ("CONSENSUS", "SINGLE", 3, "SEVERAL"),
        ("CONSENSUS", "CONSENSUS", 4, "CONSENSUS"),
        ("CONSENSUS", "CONSENSUS", 1, "SINGLE"),
    ],
)
def test_a_strength_for_both_is_suggested_from_their_voices(one, other, supporting, suggested):
    found = rules.strength_of_both(Strength(one), Strength(other), supporting)
    assert found == suggested
    assert rules.fits(found, supporting)


def test_what_speaks_against_both_is_said_once_and_fits():
    assert rules.dissent_of_both(" Some like it. ", "Some like it.") == "Some like it."
    assert rules.dissent_of_both("", "Some like it.") == "Some like it."
    assert rules.dissent_of_both("Some like it.", "Not all.") == "Some like it. Not all."
    assert len(rules.dissent_of_both("x" * 300, "y" * 300)) == rules.LONGEST_DISSENT
