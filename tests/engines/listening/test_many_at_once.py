"""What is worked out for many passages at once, or not at all where it cannot matter, is what the plain way gives."""

import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antiphon.engines.listening import Passage, Settings, listen, redacted, safety_of_each
from antiphon.engines.listening._fingerprint import said_by, said_in
from antiphon.engines.listening._language import language_of, languages_of
from antiphon.engines.listening._phrases import _ASCII_WORD, _WORD, words_of
from antiphon.engines.listening._tongues import tongues
from antiphon.engines.listening._values import Span
from antiphon.engines.listening.learned import _words
from antiphon.engines.listening.learned._grams import RARENESS, Grams, narrowed, pieces_of, places_of, runs_of
from antiphon.engines.listening.learned._lens import Lens
from antiphon.engines.listening.learned._reader import reader
from antiphon.engines.listening.learned._spelling import Spelling
from antiphon.engines.listening.learned._weighing import Weigher
from antiphon.engines.listening.personal import _tokens
from antiphon.engines.listening.personal._pattern import any_in_any_case, any_of, behind
from antiphon.engines.listening.personal._patterns import PATTERNS, pattern_spans
from antiphon.engines.listening.personal._tokens import tokens_of

# As many names as no page may wait for while Python looks whether one of them is garbage.
LARGE = 10_000
# Pieces of texts on which the guards of patterns, of languages and of words turn.
# fmt: off
PIECES = [
    "born", "in", "1985", "May", "3rdMay", "mayo", "de", "dosmeses", "dedos", "años", "tres", "meses", "½years", "old",
    "10", "07", "/", "-", ".", ":", ", ", " ", " ", "\n", "'", "’", "ſ", "İ", "ı", "²", "é", "º", "+44 20 7946 0958",
    "NHS", "no", "943 476 5919", "AB12 3CD", "AB 12 34 56 C", "GB82WEST12345698765432", "www", "nhs.uk", "a@b.org",
    "12:30:05", "aa:bb:cc:dd:ee:ff", "on Monday", "edad", "mujer", "sex", "x", "d'enero 2020", "I'm 45", "aged 7",
    "am 3.5.", "PO Box 12", "die Straße", "Врач объяснил", "病院", "ありがとう", "\ud800", "_", "patienten-id",
    "tel.", "cp",
]
# fmt: on
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=30)


def spans_slowly(text: str) -> list[Span]:
    """Every pattern on every text, whatever is known of either."""
    return [span for pattern in PATTERNS for span in pattern.spans(text)]


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_a_pattern_is_only_passed_over_where_it_does_not_fit(text: str) -> None:
    assert list(pattern_spans(text, tokens_of(text))) == spans_slowly(text)


CUES = ["in", "im jahr", "since", "Kind", "ski", "s", "é", "nº"]


@given(
    st.lists(st.sampled_from(CUES), min_size=1, unique=True), st.lists(st.sampled_from([*CUES, "ſ", "K", "İ", " "]))
)
@settings(deadline=None)
def test_words_of_any_case_are_found_as_one_by_one(cues: list[str], said: list[str]) -> None:
    for text in ("".join(said), "".join(said).upper(), " ".join(said) + " 12"):
        plain = [each.span() for each in re.finditer(rf"(?i:{any_of(cues)})", text)]
        assert [each.span() for each in re.finditer(any_in_any_case(cues), text)] == plain
        before = [each.span(1) for each in re.finditer(rf"\b(?i:{'|'.join(cues)}) (\d\d)", text)]
        assert [each.span() for each in re.finditer(rf"\d\d(?:{behind(cues, 2)})", text)] == before


@pytest.mark.parametrize(
    "text",
    [
        "seen on 3rdMay 2020",
        "d'enero 2020",
        "niña de dosmeses",
        "edad: tresaños",
        "she is 12½years old",
        "ſince 1999",
        "14 yearsof age",
        "Fallnr 12345",
        "driver's license: D1234567",
        "visit www.nhs.uk or http://nhs.uk",
        "my card 4111 1111 1111 1111",
        "4111111111111111 is my card",
        "it was 41111111 11111111",
        "see 123456789 there",
        "see 123456789012345678901234 there",
        "aa:bb:cc:11:ee:ff",
        "SEND IT TO PO BOX 12",
        "Wait At The Corner Of High Street And 12 Mill Lane",
        "PACIENTE VARÓN",
        "in my 30's, in her 20s",
        "I am 45 and well",
        "IBAN GB82WEST12345698765432",
    ],
)
def test_what_is_known_of_a_pattern_hides_nothing_unusual(text: str) -> None:
    assert spans_slowly(text)
    assert list(pattern_spans(text, tokens_of(text))) == spans_slowly(text)


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_words_of_plain_letters_are_those_of_any_letters(text: str) -> None:
    for plain, any_letters in (
        (_tokens._ASCII_TOKEN, _tokens._TOKEN),
        (_ASCII_WORD, _WORD),
    ):
        assert plain.split(text) == any_letters.split(text)


@given(TEXTS)
@settings(deadline=None)
def test_tokens_are_where_they_say(text: str) -> None:
    tokens = tokens_of(text)
    found = list(re.finditer(_tokens._TOKEN, text))
    assert tokens.said == [each.group() for each in found]
    assert [tokens.span(at, at) for at in range(len(found))] == [each.span() for each in found]
    assert tokens.digits == sum(len(each.group()) for each in found if each.group()[0].isdigit())
    for at in range(len(found) - 1):
        assert tokens.gaps[at] == text[found[at].end() : found[at + 1].start()][:20]


@given(TEXTS)
@settings(deadline=None)
def test_nothing_stands_before_and_behind_a_text(text: str) -> None:
    tokens = tokens_of(text)
    assert tokens.bigs == [at for at in range(len(tokens)) if tokens.big[at]]
    for outside in (-3, -2, -1, len(tokens), len(tokens) + 1, len(tokens) + 2):
        assert (tokens.low[outside], tokens.words[outside], tokens.big[outside]) == ("", "", False)
    assert {tokens.gaps[outside] for outside in (-3, -2, -1, len(tokens), len(tokens) + 2)} == {"\n"}


@given(st.lists(TEXTS, max_size=6))
@settings(deadline=None)
def test_languages_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert languages_of(texts, Settings()) == [language_of(text, Settings()) for text in texts]


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_words_of_a_script_are_the_same_in_plain_letters(text: str) -> None:
    for known in tongues().values():
        assert text.lower().translate(known.plain).split() == known.spelling.findall(text.lower())


def test_a_word_costs_the_same_whether_it_is_remembered_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    known = tongues()["latin"]
    fresh = type(known)(known.languages, known.letters, known.keys, known.values, known.spelling, known.plain)
    texts = ["the nurses were kind", "die schwestern waren nett", "the nurses waited"]
    first = fresh.likelihoods(texts)
    assert "nurses" in fresh._known
    monkeypatch.setattr("antiphon.engines.listening._tongues.REMEMBERED_WORDS", len(fresh._known))
    again = fresh.likelihoods([*texts, "ambulance"])
    assert "ambulance" not in fresh._known
    np.testing.assert_array_equal(again[:3], first)
    np.testing.assert_array_equal(again[3], known.likelihoods(["ambulance"])[0])


def rows_slowly(grams: Grams, text: str) -> dict[int, float]:
    """One text, counted piece by piece."""
    words, split = _words.words_in(text), len(grams.pieces)
    pieces = Counter(grams.pieces[piece] for piece in pieces_of(words) if piece in grams.pieces)
    values = {column: (1 + np.log(count)) * grams.weights[column] for column, count in pieces.items()}
    length = np.sqrt(sum(value**2 for value in values.values()))
    spelt = [split + grams.runs[run] for word in words for run in runs_of(word) if run in grams.runs]
    width = np.sqrt(sum(grams.weights[column] ** (2 * RARENESS) for column in spelt))
    runs = {column: count * grams.weights[column] ** RARENESS / width for column, count in Counter(spelt).items()}
    return {column: value / length for column, value in values.items()} | runs


GRAMS = Grams(
    {"wait": 0, "a wait": 1, "long": 2, "!": 3, "a": 4},
    {" w": 0, "wai": 1, "ng ": 2, "g": 3},
    np.array([1, 2, 3, 1, 2, 2, 1, 3, 1], dtype=np.float32),
)


@given(
    st.lists(
        st.sampled_from(["wait", "naïve", "don't", "!", "7", "123", "12a", "\ud800z", "𝒜bc", "waiting"])
        | st.text(st.characters(exclude_characters=" "), min_size=1, max_size=20)
    )
)
@settings(deadline=None)
def test_words_are_spelt_with_the_runs_that_are_cut_out_of_them(words: list[str]) -> None:
    runs = reader().ground.grams.runs | {"\ud800z": 1, " 𝒜bc": 2, "ïv": 3}
    columns, ends = Spelling(runs).of(words)
    spelt = [columns[start:end].tolist() for start, end in pairwise(ends)]
    assert spelt == [[runs[run] for run in runs_of(word) if run in runs] for word in words]


def test_pieces_and_runs_that_no_text_is_cut_into_do_no_harm() -> None:
    # A file by somebody else may name any.
    odd = {"wait": 0, "wait long wait": 1, "long": 2, "long wait": 3, " ": 4, "of it": 5, "": 6}
    runs = {"wai": 0, "": 1, "g": 2, "waiting": 3} | {f"letters{at}": 4 + at for at in range(100)}
    grams = Grams(odd, runs, np.ones(len(odd) + len(runs), dtype=np.float32))
    row = grams.rows(["a long wait"])[0]
    assert sorted(row.indices.tolist()) == [0, 2, 3, len(odd)]
    assert grams.spelling._fullest <= 2


@given(
    st.lists(
        st.lists(st.sampled_from(["wait", "a", "long", "!", "wing", "é", "77"]), max_size=9).map(" ".join), max_size=5
    )
)
@settings(deadline=None)
def test_rows_of_many_texts_hold_what_each_text_counts(texts: list[str]) -> None:
    rows = GRAMS.rows(texts)
    assert rows.shape == (len(texts), GRAMS.width)
    for at, text in enumerate(texts):
        row = rows[at]
        assert dict(zip(row.indices.tolist(), row.data.tolist(), strict=True)) == pytest.approx(
            rows_slowly(GRAMS, text), rel=1e-5
        )


@given(st.lists(st.lists(st.sampled_from([*"abcde", "wait", "long", "wing", "!", "1999"]), max_size=9), max_size=6))
@settings(deadline=None)
def test_a_lens_sees_what_rows_add_up_to_also_where_it_forgets(said: list[list[str]]) -> None:
    ways = [np.arange(18, dtype=np.float32).reshape(9, 2), np.arange(9, dtype=np.float32)[:, None] ** 2]
    rows = GRAMS.rows([" ".join(words) for words in said])
    with pytest.MonkeyPatch.context() as patch:
        # A text of more words than fit at once stands alone; so many different ones still have room.
        patch.setattr("antiphon.engines.listening.learned._lens.REMEMBERED_WORDS", 9)
        patch.setattr("antiphon.engines.listening.learned._lens._AT_ONCE", 3)
        lens = Lens(GRAMS, ways)
        for _ in range(2):
            found = lens.of(GRAMS.said(said), GRAMS.piece_rows(GRAMS.said(said)))
            np.testing.assert_allclose(found, np.hstack([rows @ way for way in ways]), rtol=1e-5, atol=1e-5)
        assert len(lens._places) <= 9


def test_a_lens_that_several_threads_look_through_sees_for_each_what_it_sees_alone() -> None:
    draw = np.random.default_rng(1)
    ways = [draw.random((GRAMS.width, 40), dtype=np.float32)]
    words = [first + second for first in ("wait", "wing", "long") for second in "abcdefghijklmnopqrstuvwxyz"]
    said = [GRAMS.said([[words[at] for at in draw.integers(0, len(words), 9)]]) for _ in range(60)]
    pieces = [GRAMS.piece_rows(each) for each in said]
    alone = [Lens(GRAMS, ways).of(*each) for each in zip(said, pieces, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("antiphon.engines.listening.learned._lens.REMEMBERED_WORDS", 12)
        shared, before = Lens(GRAMS, ways), sys.getswitchinterval()
        try:
            # Threads take turns as often as they can.
            sys.setswitchinterval(1e-6)
            with ThreadPoolExecutor(4) as threads:
                rounds = [*threads.map(lambda _: [*map(shared.of, said, pieces)], range(8))]
        finally:
            sys.setswitchinterval(before)
    for found in rounds:
        np.testing.assert_array_equal(np.vstack(found), np.vstack(alone))


@given(st.text(max_size=90) | st.text(st.sampled_from("aB9'\"`!? -\n_’"), max_size=40))
def test_a_text_in_words_already_is_read_and_compared_as_it_would_be_anew(text: str) -> None:
    words = words_of(text)
    assert _words.words_read(words) == _words.words_in(text)
    assert said_by(words) == said_in(text)


@given(st.lists(st.sets(st.integers(0, 7)), max_size=5), st.sets(st.integers(0, 7)))
def test_narrowed_rows_are_those_columns_of_the_rows(texts: list[set[int]], kept: set[int]) -> None:
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *map(len, texts)])
    columns = [column for text in texts for column in sorted(text)]
    rows = csr_matrix((np.arange(len(columns)) + 1.0, columns, ends), shape=(len(texts), 8))
    chosen = np.array(sorted(kept), dtype=np.int64)
    found = narrowed(rows, places_of(chosen, 8), len(chosen))
    np.testing.assert_array_equal(found.toarray(), rows.toarray()[:, chosen])


def why_slowly(weigher: Weigher, text: str, label: int) -> list[tuple[int, int]]:
    """Every word with its own weight and half of each pair it stands in, on the scale of the whole text."""
    words, grams, machine = words_of(text[: _words.MOST_CHARACTERS]), weigher.grams, weigher.machine
    telling = np.array([_words.says_something(word.text) for word in words], dtype=bool)
    if not telling.any():
        return []
    split = len(grams.pieces)
    pieces = [[grams.pieces.get(word.text)] for word in words] + [
        [grams.pieces.get(f"{one.text} {other.text}")] for one, other in pairwise(words)
    ]
    runs = [[grams.runs[run] for run in runs_of(word.text) if run in grams.runs] for word in words]
    in_pieces = [
        sum(grams.weights[at] * machine.weights[at, label] for at in each if at is not None) for each in pieces
    ]
    in_runs = [sum(grams.run_weights[at] * machine.weights[split + at, label] for at in each) for each in runs]
    long = np.sqrt(sum(grams.weights[at] ** 2 for each in pieces for at in each if at is not None)) or 1
    wide = np.sqrt(sum(grams.run_weights[at] ** 2 for each in runs for at in each)) or 1
    weights = np.array(in_pieces[: len(words)]) / long + np.array(in_runs) / wide
    halves = np.array(in_pieces[len(words) :]) / long / 2
    weights[1:] += halves
    weights[:-1] += halves
    weights[~telling] = -np.inf
    best = np.argsort(-weights, kind="stable")[:4]
    chosen = [at for at in best if weights[at] > max(weights.max() * 0.35, 0)] or [best[0]]
    return [(words[at].start, words[at].end) for at in sorted(chosen)]


SAID = ["the nurse was kind", "waited 3 hours", "it is", "bus to the ward", "no parking!", "they never listened", "é"]


@given(st.lists(st.sampled_from(SAID), max_size=6).map(", ".join), st.integers(0, 3))
@settings(deadline=None)
def test_reasons_are_the_words_that_weigh_most(text: str, label: int) -> None:
    weigher = reader().weigher
    found = [(why.start, why.end) for why in weigher.why(words_of(text), label, "N")]
    assert found == why_slowly(weigher, text, label)


def test_no_reason_lies_behind_what_is_read_of_a_long_text() -> None:
    text = "waited " * 2_000 + "ambulance"
    assert words_of(text)[-1].end > _words.MOST_CHARACTERS
    assert all(why.end <= _words.MOST_CHARACTERS for why in reader().weigher.why(words_of(text), 2, "N3"))


def test_what_meaning_adds_is_the_same_in_a_batch_of_any_size() -> None:
    machine = reader().machine
    meanings = np.random.default_rng(1).normal(0, 0.08, (230, len(machine.directions))).astype(np.float32)
    slowly = [
        each @ machine.directions + [(each @ machine.chief) @ both @ (each @ machine.chief) for both in machine.both]
        for each in meanings.astype(np.float64)
    ]
    np.testing.assert_allclose(machine._meant(meanings), slowly, atol=1e-12)
    for size in (1, 99, 101):
        parts = [machine._meant(meanings[at : at + size]) for at in range(0, len(meanings), size)]
        np.testing.assert_allclose(np.concatenate(parts), slowly, atol=1e-12)


@pytest.mark.parametrize("size", [1, 7, 499])
def test_batches_of_any_size_hear_the_same(size: int) -> None:
    texts = [
        "The nurse was lovely",
        "Nothing",
        "Waited 3 hours on 12 May 2021, Dr Smith was rude",
        "Rien à dire, merci",
        "",
    ]
    batch = [Passage(str(at), f"{texts[at % 5]} {at % 83}") for at in range(510)]
    together = listen(batch)
    parts = [one for at in range(0, len(batch), size) for one in listen(batch[at : at + size])]
    told = [(each.language, each.spans, each.sentiment_score, each.needs, each.doubt) for each in together]
    assert [(each.language, each.spans, each.sentiment_score, each.needs, each.doubt) for each in parts] == told


@given(st.lists(TEXTS, max_size=4))
@settings(deadline=None, max_examples=60)
def test_a_single_step_gives_what_the_whole_gives(texts: list[str]) -> None:
    heard = listen([Passage("", text) for text in texts])
    assert redacted(texts) == [each.redacted for each in heard]
    assert safety_of_each(texts) == [each.safety for each in heard]


def test_a_single_step_does_without_what_was_learned() -> None:
    program = (
        "import sys; from antiphon.engines.listening import redacted, safety_of_each;"
        "said = ['Maria got a rash from the new tablets.'];"
        "assert redacted(said) != said; assert safety_of_each(said)[0].flag;"
        "print('antiphon.engines.listening.learned._reader' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


LOOKED_THROUGH = """
import gc
from antiphon.engines.listening import Passage, listen
listen([Passage("", "Dr Smith told me nothing in London on 3 May.")])
print(max(len(kept) for kept in gc.get_objects() if isinstance(kept, (set, frozenset, dict))))
"""


def test_nothing_large_is_looked_through_for_garbage() -> None:
    # In a process of its own: whatever tests load is none of ours.
    largest = subprocess.run([sys.executable, "-c", LOOKED_THROUGH], capture_output=True, text=True, check=True).stdout
    assert int(largest) < LARGE
