"""Needs, feeling, language and repetition."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.engines.listening import Heard, Passage, Settings, fingerprint, listen
from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._needs import STRONG_ENOUGH
from antiphon.engines.listening._phrases import words_of
from antiphon.engines.listening.learned._home import AT_MOST, strangeness
from antiphon.engines.listening.learned._reader import (
    Text,
    chances_of_sections,
    doubts_of,
    features_of_sections,
    reader,
)


def heard(text: str, **settings: object) -> Heard:
    return listen([Passage("1", text)], settings=Settings(**settings))[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I waited three hours for an appointment", "N3.1"),
        ("Nobody explained anything and no leaflet", "N3.4"),
        ("I could not afford the travel costs", "N3.3"),
        ("They never listened to me", "N4.1"),
        ("More activities please", "N2"),
        ("My recovery went well and I am back on my feet", "N1.3"),
        ("I met people with the same condition", "N4.5"),
        ("Who sees my data?", "N4.4"),
        ("I want to join a clinical trial", "N4.3"),
    ],
)
def test_a_need_is_suggested_with_the_words_it_rests_on(text: str, code: str) -> None:
    need = next(need for need in heard(text).needs if need.code == code)
    assert all(why.rule == code and text[why.start : why.end].strip() for why in need.why)


def test_of_what_may_report_something_no_need_is_sure() -> None:
    waited = "I waited three hours for an appointment and then another hour at the desk"
    assert max(need.score for need in heard(waited).needs) > STRONG_ENOUGH
    report = heard(f"{waited}. After taking the tablet I had a rash and was sick")
    assert report.safety.flag
    assert 0 < max(need.score for need in report.needs) <= AT_MOST


def test_nothing_is_suggested_where_nothing_is_said() -> None:
    assert heard("Everything was lovely, thank you").needs == ()


def test_far_from_what_it_learned_it_is_not_sure_and_abroad_it_says_nothing() -> None:
    waited = "I waited three hours for an appointment and then another hour at the desk of the clinic"
    assert max(need.score for need in heard(waited).needs) > STRONG_ENOUGH
    far = heard(f"{waited} qux wex vop zil")
    assert 0 < max(need.score for need in far.needs) <= AT_MOST
    assert heard(f"{waited} qux wex vop zil qax wix vup zel").needs == ()
    assert heard("Waited hours qux").needs != (), "of few words the share says nothing"


@given(st.lists(st.lists(st.sampled_from(["wait", "hours", "!", "qux", "wex"]), max_size=12), max_size=5))
def test_strangeness_is_the_share_of_words_not_known(said: list[list[str]]) -> None:
    grams = reader().ground.grams
    slowly = [sum(word not in grams.pieces for word in words) / len(words) if len(words) >= 8 else 0 for words in said]
    assert strangeness(grams.said(said)).tolist() == slowly


def test_a_word_of_the_list_makes_its_own_section_likelier_and_no_other() -> None:
    text = "It was like that for the whole of the day"
    without, hinted = (
        reader().read([Text(words_of(text), "", hints, 0.0)])[0] for hints in ((0,) * 4, (0, 0, 0.8, 0))
    )
    assert hinted.sections[2] > without.sections[2] + 0.1
    assert [hinted.sections[at] == without.sections[at] for at in (0, 1, 3)] == [True] * 3


def test_a_sections_probability_is_what_its_score_and_the_list_say_number_by_number() -> None:
    weights = reader().sections
    scores, hints = np.array([[0.1, 0.5, 0.9, -0.2]]), np.array([[0.0, 0.8, 0.3, 0.5]])
    found = chances_of_sections(features_of_sections(scores, hints), weights)[0]
    for at, chance in enumerate(found.tolist()):
        score, hint = float(scores[0, at]), float(hints[0, at])
        parts = [score, score * score, hint, hint * hint, score * hint, 1.0]
        raw = sum(part * weight for part, weight in zip(parts, weights[at].tolist(), strict=True))
        assert chance == pytest.approx(1 / (1 + math.exp(-raw)))


def test_a_threshold_of_one_suggests_nothing() -> None:
    assert heard("I waited three hours", need_threshold=1.0).needs == ()


def test_every_code_of_the_lexicon_belongs_to_the_framework() -> None:
    last = {"N1": 5, "N2": 3, "N3": 6, "N4": 5}
    known = {*last, *(f"{section}.{n}" for section in last for n in range(1, last[section] + 1))}
    assert set(lexicon("needs")["needs"]) <= known
    assert {code for code in known if "." in code} <= set(lexicon("needs")["needs"])


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("Excellent and very kind", "positive"),
        ("Rude staff and a terrible wait", "negative"),
        ("not good at all", "negative"),
        ("It could be better but it was ok", "neutral"),
        ("The form has two sides and a number", "neutral"),
        ("Tuesday", None),
        ("", None),
    ],
)
def test_feeling_follows_the_words(text: str, feeling: str | None) -> None:
    assert heard(text).sentiment == feeling


def test_the_question_decides_what_nothing_means() -> None:
    said = [Passage("1", "Nothing", question) for question in ("What was good?", "What could we do better?")]
    good, better = listen(said)
    assert (good.sentiment, better.sentiment) == ("negative", "positive")


def test_a_section_is_named_where_no_word_of_the_list_tells_which_part_of_it() -> None:
    need = heard("The ride was bumpy and the driver got lost").needs[0]
    assert need.code.startswith("N3")
    assert need.why


def test_a_language_the_reader_does_not_know_gets_no_feeling_and_no_needs() -> None:
    result = heard("Der Arzt hat uns alles erklärt und wir haben drei Stunden gewartet, schrecklich")
    assert (result.language, result.sentiment, result.needs) == ("de", None, ())


def test_a_short_text_has_no_language_and_a_long_one_has() -> None:
    assert (heard("Very good").language, heard("Very good").language_confidence) == (None, 0.0)
    assert heard("The doctor explained everything to us and we felt safe").language == "en"
    assert heard("Der Arzt hat uns alles erklärt und wir fühlten uns sicher").language == "de"
    assert heard("医生向我们解释了一切我们感到很安全").language == "zh"


def test_only_the_languages_asked_for_are_named() -> None:
    text = "Der Arzt hat uns alles erklärt und wir fühlten uns sicher"
    assert heard(text, languages=("en", "fr"), min_language_confidence=0.0).language in ("en", "fr")


def test_the_first_who_said_it_is_named_for_everyone_after() -> None:
    texts = ["Thank you!", "other", "thank  you", "THANK YOU.", "", "", "!!!"]
    batch = [Passage(chr(97 + number), text) for number, text in enumerate(texts)]
    assert [each.duplicate_of for each in listen(batch)] == [None, None, "a", "a", None, None, None]


@given(st.text(st.characters(codec=None), max_size=60))
def test_a_fingerprint_is_thirty_two_hexadecimal_digits_whatever_the_text(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{32}", fingerprint(text))


def test_fingerprints_ignore_case_space_and_punctuation_only() -> None:
    assert fingerprint("Don't wait!") == fingerprint("dont  WAIT")
    assert fingerprint("ﬁne") == fingerprint("fine")
    assert fingerprint("का") != fingerprint("की")
    assert fingerprint("😀") != fingerprint("😡")
    assert fingerprint("ab") != fingerprint("a b")
    # Written down once, so that stored fingerprints stay valid.
    assert fingerprint("Thank you") == "6fd677de719ed904db3af40d56daeb9b"


def test_it_says_which_section_it_is_least_sure_about() -> None:
    for text in ("I waited three hours for an appointment", "The nurse was kind", "Could be better somehow"):
        found = heard(text)
        assert 0 < found.doubt <= 1
        assert found.doubtful in {"N1", "N2", "N3", "N4"}
    assert (heard("").doubt, heard("").doubtful) == (0.0, "")
    assert (heard("Das Essen war sehr gut und alle waren freundlich zu mir").doubt) == 0.0


def test_doubt_is_greatest_on_a_threshold() -> None:
    least = reader().least
    doubts, doubtful = doubts_of(np.array([least, [1.0, 0.0, 0.0, 0.0]]), least)
    assert (doubts, doubtful) == ([1.0, 0.0], ["N1", ""])


def test_doubt_is_told_as_it_would_be_number_by_number() -> None:
    least = reader().least
    scores = np.linspace(0, 1, 10_001).round(4)
    for at, own in enumerate(least.tolist()):
        sections = np.tile(np.where(np.arange(4) == at, 0.0, 1.0), (len(scores), 1))
        sections[:, at] = scores
        slowly = [1 - abs(score - own) / (own if score < own else 1 - own) for score in scores.tolist()]
        # numpy rounds what lies in the middle of two digits otherwise than Python.
        assert doubts_of(sections, least)[0] == [float(np.round(each, 4)) for each in slowly]


@pytest.mark.parametrize(
    "text",
    ["They were with us on and off for 3 weeks, or so it was.", "It came on 12/03/2021 to the door and in I went."],
)
def test_no_suggestion_rests_on_a_number_or_on_a_word_that_only_joins_others(text):
    [heard] = listen([Passage("1", text)])
    reasons = {text[why.start : why.end].lower() for need in heard.needs for why in need.why}
    assert not reasons & {"they", "were", "with", "us", "on", "and", "off", "for", "3", "or", "so", "it", "was", "12"}


def test_words_that_only_join_others_are_words_in_their_list():
    lists = lexicon("small_words")["words"]
    assert {"on", "off", "no", "yes"} <= set(lists["en"])
    assert all(isinstance(word, str) for words in lists.values() for word in words)


def test_where_no_word_says_anything_nothing_is_suggested():
    assert listen([Passage("1", "It was so, and so it is.")])[0].needs == ()
