"""One slip of the pen is the same answer; another number, another name for it or a denial is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.engines.listening._fingerprint import (
    APOSTROPHES,
    FEWEST_LETTERS,
    MOST_ALIKE,
    Said,
    first_said,
    halves,
    halves_to_try,
    is_slip,
    plain_words,
    words_said,
)
from antiphon.engines.listening._fingerprint_disk import SaidOnDisk
from antiphon.engines.listening._values import Passage

SAID = "The nurse explained everything and was very kind"


@pytest.mark.parametrize(
    "again",
    [
        "The nurse explained everything and was very kindd",
        "The nurse explaned everything and was very kind",
        "The nurse explainde everything and was very kind",
        "THE NURSE EXPLAINED EVERYTHING, AND WAS VERY KIMD!!",
        "Then urse explained everything and was very kind",
        "hTe nurse explained everything and was very kind",
    ],
)
def test_a_slip_is_the_same_answer(again: str) -> None:
    assert first_said([Passage("1", SAID), Passage("2", again)]) == [None, "1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We waited 2 hours in the corridor", "We waited 3 hours in the corridor"),
        ("It is now possible to see my notes on the web page", "It is not possible to see my notes on the web page"),
        ("I felt looked after", "Felt looked after"),
        ("Good", "Goo"),
        ("Very good care here", "Very good car here"),
        ("The nurse explained everything", "The nurses explained everythings"),
    ],
)
def test_what_says_something_else_is_no_slip(one: str, other: str) -> None:
    assert first_said([Passage("1", one), Passage("2", other)]) == [None, None]


@given(st.text("aé' _-\u0301ि²٣ß٠ \n", max_size=12))
def test_words_are_letters_digits_and_their_marks(text: str) -> None:
    kept = [char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in _plain(text)]
    assert (words_said(text) or ()) == (tuple("".join(kept).split()) if any(map(str.isalnum, text)) else ())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(dict.fromkeys(map(ord, APOSTROPHES)))


LETTERS = st.text("abcdefg ", min_size=14, max_size=60)


@given(LETTERS, st.data())
def test_every_slip_leaves_one_half_to_find_it_by(text: str, data: st.DataObject) -> None:
    letters = "".join(text.split())
    if len(letters) < 14:
        return
    at = data.draw(st.integers(0, len(letters) - 2))
    other = data.draw(
        st.sampled_from(
            [
                letters[:at] + letters[at + 1 :],
                letters[:at] + "x" + letters[at:],
                letters[:at] + "x" + letters[at + 1 :],
                letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :],
            ]
        )
    )
    assert set(halves([letters]) or ()) & set(halves_to_try([other]))
    assert is_slip([letters], [other])


@given(st.lists(st.one_of(st.sampled_from([SAID, SAID[:-1], "ok", "ok.", "\ud800 and more of the same"]), LETTERS)))
def test_disk_and_memory_give_the_same_answers(texts: list[str]) -> None:
    disk, memory = SaidOnDisk(), Said()
    answers = [
        (disk.first(str(n), words_said(text)), memory.first(str(n), words_said(text))) for n, text in enumerate(texts)
    ]
    disk.close()
    assert all(one == other for one, other in answers)


@given(st.lists(LETTERS, max_size=12), LETTERS)
def test_who_said_it_first_is_who_a_look_through_all_finds(texts: list[str], again: str) -> None:
    texts += [again, again[1:], again[:5] + "x" + again[5:], again[:4] + again[5:4:-1] + again[6:]]
    said: list[tuple[int, list[str]]] = []
    for at, (text, answer) in enumerate(
        zip(texts, first_said([Passage(str(at), text) for at, text in enumerate(texts)]), strict=True)
    ):
        words = plain_words(text)
        letters = len("".join(words))
        known = next((one for one, other in said if other == words or _can_be_a_slip(other, words)), None)
        assert answer == (None if known is None or not letters else str(known)), (text, said)
        if known is None and letters:
            said.append((at, words))


def _can_be_a_slip(one: list[str], other: list[str]) -> bool:
    return min(len("".join(one)), len("".join(other))) >= FEWEST_LETTERS and is_slip(one, other)


def test_words_are_plain_before_they_are_compared() -> None:
    assert plain_words("Can’t  FAULT—it!") == ["cant", "fault", "it"]


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_words_of_plain_letters_are_those_of_any_other_text(text: str) -> None:
    # One character beyond ASCII sends a text the long way.
    long_way = plain_words(text + " é")
    assert plain_words(text) == (long_way[:-1] or ["".join(text.casefold().translate(dict.fromkeys(b"'`")).split())])


def test_on_disk_what_shares_a_half_with_others_is_found_again_and_few_are_looked_at() -> None:
    tails = [
        "harbour",
        "lantern",
        "quickly",
        "orchard",
        "blanket",
        "tuesday",
        "silence",
        "comfort",
        "village",
        "kitchen",
    ]
    said = [f"the nurse was kind and so patient {tail}".split() for tail in tails]
    slips = [["teh", *words[1:]] for words in said] + [[*words[:-1], words[-1][:-1] + "z"] for words in said]
    memory, disk = Said(), SaidOnDisk()
    for at, words in enumerate([*said, *slips]):
        assert disk.first(str(at), words) == memory.first(str(at), words)
    # A slip in the half that all share is found by the other one.
    assert [disk.first("again", words) for words in slips[: len(said)]] == [str(at) for at in range(len(said))]
    fullest = disk._base.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM half GROUP BY half)").fetchone()
    assert fullest == (MOST_ALIKE,)
    disk.close()
