"""Telling that two passages say the same, whatever their case, spacing, punctuation and one slip of the pen."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from antiphon.engines.listening._lexicons import packed
from antiphon.engines.listening._phrases import Words
from antiphon.engines.listening._values import Passage, Step

STEP = Step("duplicates", "2")


APOSTROPHES = "'’`"
# Below this many letters one letter more or less may say something else; below the second, an ordinary word may.
FEWEST_LETTERS, LONG = 12, 40
# Passages with the same half that are looked at.
MOST_ALIKE = 8
# Changing these changes what is said.
# fmt: off
_TURNING = frozenset([
    "no", "not", "now", "never", "nor", "none", "can", "cant", "wont", "want", "dont",
    "done", "did", "didnt", "less", "more", "good", "god", "bad", "bed",
])
# fmt: on


# Half a character cannot be kept.
_SURROGATE = re.compile("[\\ud800-\\udfff]")
_WORDS = re.compile(r"[^\W_]+")
# The same for texts that are all ASCII, as most are: letters and digits in lower case, no apostrophes, else a space.
_ASCII_PLAIN: dict[int, str | None] = {point: chr(point).lower() for point in range(128)}
_ASCII_PLAIN |= {point: " " for point, char in _ASCII_PLAIN.items() if not str(char).isalnum()}
_ASCII_PLAIN |= dict.fromkeys(map(ord, APOSTROPHES), None)
_ASCII = frozenset(map(chr, range(128)))


def plain_words(text: str) -> list[str]:
    """The words of a text without case and punctuation; of a text without any, its other characters."""
    if text.isascii() and (words := _ascii_words(text)):
        return words
    plain = unicodedata.normalize("NFKC", text).casefold()
    # One by one: a translation of other letters than ASCII looks at each.
    for apostrophe in APOSTROPHES:
        plain = plain.replace(apostrophe, "")
    return _any_words(plain) or ["".join(plain.split())]


def _any_words(plain: str) -> list[str]:
    if not any(map(_is_mark, set(plain) - _ASCII)):
        return _WORDS.findall(plain)
    # Marks are kept: in several scripts they are the vowels.
    return "".join(char if char.isalnum() or _is_mark(char) else " " for char in plain).split()


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def fingerprint(text: str) -> str:
    """32 hexadecimal digits, equal for texts with the same words; the same on every machine and run.

    A text without a letter or digit is told apart by its other characters.
    """
    return mark_of(plain_words(text))


def mark_of(words: Sequence[str]) -> str:
    """The fingerprint of words that are plain already."""
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def says_something(text: str) -> bool:
    """Whether a text holds a word or a number; blank answers are not duplicates of each other."""
    return any(map(str.isalnum, text))


def words_said(text: str) -> tuple[str, ...] | None:
    """The plain words of a text that says something, else None."""
    return tuple(said_in(text)) or None


def said_in(text: str) -> list[str]:
    """The plain words of a text, none where it says nothing."""
    if text.isascii():
        return _ascii_words(text)
    return plain_words(text) if says_something(text) else []


def _ascii_words(text: str) -> list[str]:
    return text.translate(_ASCII_PLAIN).split()


def halves(words: Sequence[str]) -> tuple[str, str] | None:
    """What is kept of a passage to find it again after one slip: a slip spares one half or the other."""
    letters = "".join(words)
    return _halves(letters, len(letters)) if _can_be_found_again(letters) else None


def halves_to_try(words: Sequence[str]) -> list[str]:
    """The halves of every passage that may have become this one: a letter shorter, as long, or longer."""
    letters = "".join(words)
    if len(letters) < FEWEST_LETTERS:
        return []
    return [half for length in (len(letters), len(letters) - 1, len(letters) + 1) for half in _halves(letters, length)]


def _can_be_found_again(letters: str) -> bool:
    return len(letters) >= FEWEST_LETTERS and (letters.isascii() or _SURROGATE.search(letters) is None)


def _kept(length: int) -> int:
    # Two letters that changed places in the very middle spare both halves.
    return (length - 1) // 2


def _halves(letters: str, length: int) -> tuple[str, str]:
    kept = _kept(length)
    return f"{length}<{letters[:kept]}", f"{length}>{letters[-kept:]}"


def is_slip(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two passages differ by one letter left out, put in, changed or swapped, and by nothing that matters."""
    first, second = "".join(one), "".join(other)
    if first == second:
        return True
    if not _is_one_edit(first, second):
        return False
    odd = _odd_words(one, other)
    # A word more or less is no slip, nor is another number.
    if len(odd) < 2 or any(any(map(str.isdigit, word)) for word in odd):
        return False
    is_a_word = all(word in _ordinary() for word in odd)
    return not is_a_word or (min(len(first), len(second)) >= LONG and not any(word in _TURNING for word in odd))


def _is_one_edit(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    at = _same_until(one, other)
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return one[at + 1 :] == other[at + 1 :] or swapped
    return len(other) - len(one) == 1 and one[at:] == other[at + 1 :]


def _same_until(one: str, other: str) -> int:
    # By halves: comparing two pieces takes no longer than comparing two letters.
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _odd_words(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words in which two passages differ."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return [*one[start : len(one) - end], *other[start : len(other) - end]]


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word.replace("'", "") for word in packed("ordinary_words"))


def said_by(words: Words) -> list[str]:
    """The plain words of a text that is in words already: without signs in between, most texts are in both ways."""
    is_same = words.is_plain and '"' not in words.text and "`" not in words.text
    return words.texts if is_same else said_in(words.text)


def first_said(batch: Iterable[Passage]) -> list[str | None]:
    """For each passage the id of the first earlier one that says the same, or None."""
    earlier = Said()
    return [earlier.first(passage.id, said_in(passage.text)) for passage in batch]


class Said:
    """Who first said what, as long as it fits into memory.

    Halves are kept without the length of their passage, which is looked at where one is met again: few are.
    """

    __slots__ = ("_by_first", "_by_last", "_by_words", "_ids", "_lengths", "_said")

    def __init__(self) -> None:
        self._by_words: dict[str, str] = {}
        self._by_first: dict[str, tuple[int, ...]] = {}
        self._by_last: dict[str, tuple[int, ...]] = {}
        # The id, the number of letters and the words of each.
        self._ids: list[str] = []
        self._lengths: list[int] = []
        self._said: list[str] = []

    def first(self, id_: str, words: Sequence[str] | None) -> str | None:
        """The id of the first passage of these plain words, or None for the first itself, which is remembered."""
        if not words:
            return None
        said = " ".join(words)
        known = self._by_words.get(said)
        if known is None:
            letters = "".join(words)
            known = self._but_for_a_slip(words, letters)
            self._by_words[said] = known or id_
            if known is None and _can_be_found_again(letters):
                self._remember(id_, letters, said)
        return known

    def _but_for_a_slip(self, words: Sequence[str], letters: str) -> str | None:
        length = len(letters)
        if length < FEWEST_LETTERS:
            return None
        first, last = self._by_first.get, self._by_last.get
        # What a passage a letter shorter, as long or longer keeps: two numbers of letters for three lengths.
        less, more = _kept(length - 1), _kept(length + 1)
        tried = (
            *first(letters[:less], ()),
            *last(letters[-less:], ()),
            *first(letters[:more], ()),
            *last(letters[-more:], ()),
        )
        if not tried:
            return None
        return next((self._ids[at] for at in sorted({*tried}) if self._is_slip_of(at, words, letters)), None)

    def _is_slip_of(self, at: int, words: Sequence[str], letters: str) -> bool:
        said = self._said[at]
        # The words are only parted where the letters nearly agree.
        return (
            abs(self._lengths[at] - len(letters)) <= 1
            and _is_one_edit(said.replace(" ", ""), letters)
            and is_slip(said.split(" "), words)
        )

    def _remember(self, id_: str, letters: str, said: str) -> None:
        number, length, kept = len(self._ids), len(letters), _kept(len(letters))
        self._ids.append(id_)
        self._lengths.append(length)
        self._said.append(said)
        for table, half in ((self._by_first, letters[:kept]), (self._by_last, letters[-kept:])):
            alike = table.get(half, ())
            # A half is that of two lengths, each of which has its own most.
            if len(alike) < MOST_ALIKE or sum(self._lengths[at] == length for at in alike) < MOST_ALIKE:
                table[half] = (*alike, number)
