"""The phrase index finds what trying every phrase everywhere would find."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from antiphon.engines.listening._listen import _index
from antiphon.engines.listening._needs import need_phrases
from antiphon.engines.listening._phrases import _WORD, PhraseIndex, phrase, words_of
from antiphon.engines.listening._remembered import Remembered
from antiphon.engines.listening._safety import safety_phrases
from antiphon.engines.listening._sentiment import sentiment_phrases
from tests.engines.listening.slow_twin import find_slowly

WORDS = st.sampled_from(["wait", "waiting", "waits", "long", "time", "no", "pain", "pains", "don't", "é"])
PATTERNS = st.tuples(
    st.sampled_from(["wait*", "wai*", "wait", "waiting", "long", "pain*", "no", "don't"]),
    st.lists(st.sampled_from(["*", "wait*", "time", "long", "pain"]), max_size=2),
).map(lambda parts: " ".join([parts[0], *parts[1]]))


@given(st.lists(PATTERNS, max_size=8, unique=True), st.lists(WORDS, max_size=12))
@settings(deadline=None)
def test_the_index_agrees_with_its_slow_twin(patterns: list[str], text: list[str]) -> None:
    phrases = [phrase(each, "owner", "rule") for each in patterns]
    words = words_of(" ".join(text))
    assert Counter(PhraseIndex(phrases).find(words)) == Counter(find_slowly(phrases, words))


SHIPPED = safety_phrases() + sentiment_phrases() + need_phrases()
SHIPPED_WORDS = sorted({word.rstrip("*") for each in SHIPPED for word in each.words} - {""})


@given(st.lists(st.sampled_from(SHIPPED_WORDS), max_size=8))
@settings(deadline=None, max_examples=60)
def test_the_shipped_lexicons_agree_with_the_slow_twin(text: list[str]) -> None:
    words = words_of(" ".join(text))
    assert Counter(_index().find(words)) == Counter(find_slowly(SHIPPED, words))


def test_the_twin_would_notice_a_forgotten_phrase() -> None:
    phrases = [phrase("long time", "owner", "rule"), phrase("time", "owner", "rule")]
    words = words_of("a long time")
    assert Counter(PhraseIndex(phrases[:1]).find(words)) != Counter(find_slowly(phrases, words))


@pytest.mark.parametrize("written", ["", "*", "* pain", "pa*"])
def test_a_phrase_starts_with_a_word_or_a_stem_of_three_letters(written: str) -> None:
    with pytest.raises(ValueError, match=r"phrase starts|stem has"):
        phrase(written, "owner", "rule")


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert [word.text for word in words_of("I don’t, can't")] == ["i", "don't", "can't"]


@given(st.text("aB1' ’.\né_İΣ", max_size=20) | st.text(max_size=20) | st.text("ab .", max_size=20))
@example(" a b. " * 40)
def test_words_are_the_same_and_where_they_say_in_texts_of_any_kind(text: str) -> None:
    found = [(each.group().lower().replace("’", "'"), *each.span()) for each in _WORD.finditer(text)]
    words = words_of(text)
    assert list(words) == found
    assert words[:2] == found[:2]
    assert [words[at] for at in range(-len(words), 0)] == found


def test_what_is_remembered_of_words_has_a_bound() -> None:
    asked: list[str] = []
    remembered = Remembered(lambda word: asked.append(word) or len(asked), most=2, longest=3)
    assert [remembered[word] for word in ("a", "a", "long", "long", "12", "c", "a")] == [1, 1, 2, 3, 4, 5, 6]
    assert list(remembered) == ["c", "a"]
    assert [remembered[word] for word in ("123", "123")] == [7, 8]
    assert list(remembered) == ["c", "a"]


def test_every_shipped_phrase_is_listed_once_for_its_rule() -> None:
    doubled = [
        key for key, count in Counter((each.owner, each.rule, each.words) for each in SHIPPED).items() if count > 1
    ]
    assert doubled == []


def test_every_shipped_phrase_can_be_matched_by_itself() -> None:
    for each in SHIPPED:
        text = " ".join("word" if part == "*" else part.rstrip("*") for part in each.words)
        assert each in {match.phrase for match in _index().find(words_of(text))}, each
