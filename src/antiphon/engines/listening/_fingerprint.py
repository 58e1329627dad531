"""Telling that two passages say the same, whatever their case, spacing, punctuation and one slip of the pen."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from antiphon.engines.listening._lexicons import packed
from antiphon.engines.listening._values import Passage, Step

STEP = Step("duplicates", "2")


APOSTROPHES = dict.fromkeys(map(ord, "'’`"))
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
# What `_is_said` of characters that are all ASCII, in one step; most texts are.
_ASCII_WORDS = re.compile("[a-z0-9]+")


def _is_said(char: str) -> bool:
    # Marks are kept: in several scripts they are the vowels.
    return char.isalnum() or (char > "\x7f" and unicodedata.category(char).startswith("M"))


def plain_words(text: str) -> list[str]:
    """The words of a text without case and punctuation; of a text without any, its other characters."""
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        plain = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES)
    if plain.isascii():
        words = _ASCII_WORDS.findall(plain)
    else:
        words = "".join(char if _is_said(char) else " " for char in plain).split()
    return words or ["".join(plain.split())]


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
    return tuple(plain_words(text)) if says_something(text) else None


def halves(words: Sequence[str]) -> tuple[str, str] | None:
    """What is kept of a passage to find it again after one slip: a slip spares one half or the other."""
    letters = "".join(words)
    if len(letters) < FEWEST_LETTERS or _SURROGATE.search(letters):
        return None
    return _halves(letters, len(letters))


def halves_to_try(words: Sequence[str]) -> list[str]:
    """The halves of every passage that may have become this one: a letter shorter, as long, or longer."""
    letters = "".join(words)
    if len(letters) < FEWEST_LETTERS:
        return []
    return [half for length in (len(letters), len(letters) - 1, len(letters) + 1) for half in _halves(letters, length)]


def _halves(letters: str, length: int) -> tuple[str, str]:
    # Two letters that changed places in the very middle spare both halves.
    kept = (length - 1) // 2
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
    for at, (mine, yours) in enumerate(zip(one, other, strict=False)):
        if mine != yours:
            return at
    return min(len(one), len(other))


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


def first_said(batch: Iterable[Passage]) -> list[str | None]:
    """For each passage the id of the first earlier one that says the same, or None."""
    earlier = Said()
    return [earlier.first(passage.id, passage.text) for passage in batch]


class Said:
    """Who first said what, as long as it fits into memory."""

    __slots__ = ("_by_half", "_by_words", "_words")

    def __init__(self) -> None:
        self._by_words: dict[str, str] = {}
        self._by_half: dict[str, list[int]] = {}
        self._words: list[tuple[str, list[str]]] = []

    def first(self, id_: str, text: str) -> str | None:
        """The id of the first passage that said this, or None for the first itself, which is remembered."""
        if not says_something(text):
            return None
        words = plain_words(text)
        said = " ".join(words)
        known = self._by_words.get(said)
        if known is None:
            known = self._but_for_a_slip(words)
            self._by_words[said] = known or id_
            if known is None:
                self._remember(id_, words)
        return known

    def _but_for_a_slip(self, words: Sequence[str]) -> str | None:
        tried = {at for half in halves_to_try(words) for at in self._by_half.get(half, ())}
        return next((self._words[at][0] for at in sorted(tried) if is_slip(self._words[at][1], words)), None)

    def _remember(self, id_: str, words: list[str]) -> None:
        kept = halves(words)
        if kept is not None:
            for half in kept:
                alike = self._by_half.setdefault(half, [])
                if len(alike) < MOST_ALIKE:
                    alike.append(len(self._words))
            self._words.append((id_, words))
