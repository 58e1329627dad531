"""Finding many phrases at once: one pass over the words, whatever the number of phrases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from antiphon.engines.listening._remembered import Remembered
from antiphon.engines.listening._values import Why

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ASCII_WORD = re.compile("[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
# Letters and digits in lower case, a space for anything else: in texts that are all ASCII and have no apostrophe,
# what is between spaces is words, in half the time. Most texts are such.
_PLAIN = {point: char.lower() if (char := chr(point)).isalnum() else " " for point in range(128)}
ANY_WORD = "*"
SHORTEST_STEM = 3
LONGEST_WORD = 60
REMEMBERED_WORDS = 20_000
# In texts with so few words, few are asked where they stand.
_FEW = 60


class Word(NamedTuple):
    """A word in lower case with its place in the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for; `wait*` matches a stem, `*` any one word. `rule` and `weight` are its `owner`'s."""

    words: tuple[str, ...]
    owner: str
    rule: str
    weight: float = 0.0


class Match(NamedTuple):
    """A phrase found, from its `first` to its `last` word."""

    phrase: Phrase
    first: int
    last: int


class Words(Sequence[Word]):
    """The words of a text in order; apostrophes inside a word belong to it.

    `texts` has them in lower case. Where they stand is only looked for once it is asked.
    """

    __slots__ = ("_places", "_plain", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: list[tuple[int, int]] | None = None
        self._plain = text.translate(_PLAIN) if text.isascii() and "'" not in text else None
        self.texts = _texts(text) if self._plain is None else self._plain.split()

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def is_plain(self) -> bool:
        """Whether the text is all ASCII and has no apostrophe."""
        return self._plain is not None

    @overload
    def __getitem__(self, at: int) -> Word: ...

    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...

    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        at = range(len(self.texts))[at]
        return Word(self.texts[at], *self.place(at))

    def texts_until(self, end: int) -> list[str]:
        """The words that end within so many characters."""
        if len(self.text) <= end:
            return self.texts
        return [text for at, text in enumerate(self.texts) if self.place(at)[1] <= end]

    def why(self, match: "Match", rule: str) -> Why:
        """The place of a phrase, as the reason for a suggestion."""
        start, end = self.place(match.first)
        return Why(start, end if match.last == match.first else self.place(match.last)[1], rule)

    def place(self, at: int) -> tuple[int, int]:
        """Where a word starts and ends in the text."""
        if self._places is None:
            if self._plain is not None and len(self.texts) <= _FEW:
                # What is left of the text once the words before are split off starts with it.
                start = len(self._plain) - len(self._plain.split(None, at)[-1])
                return start, start + len(self.texts[at])
            self._places = [found.span() for found in _WORD.finditer(self.text)]
        return self._places[at]


def words_of(text: str) -> Words:
    """The words of a text."""
    return Words(text)


def _texts(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def phrase(written: str, owner: str, rule: str, weight: float = 0.0) -> Phrase:
    """Read a phrase as it stands in a lexicon file: words separated by spaces."""
    words = tuple(written.lower().replace("’", "'").split())
    if not words or words[0] == ANY_WORD or any(len(word.rstrip("*")) < 1 for word in words[:1]):
        raise ValueError(f"a phrase starts with a word: {written!r}")
    if words[0].endswith("*") and len(words[0]) <= SHORTEST_STEM:
        raise ValueError(f"a stem has at least {SHORTEST_STEM} letters: {written!r}")
    return Phrase(words, owner, rule, weight)


def fits(pattern: str, word: str) -> bool:
    """Whether one word of a phrase matches one word of a text."""
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return pattern == word


class _Candidates(NamedTuple):
    """Phrases that may start with a word, by the exact word that comes next; `rest` behind any other one."""

    by_next: dict[str, tuple[Phrase, ...]]
    rest: tuple[Phrase, ...]


class PhraseIndex:
    """All phrases of several lexicons, found in one pass; the same as trying each phrase everywhere."""

    __slots__ = ("_exact", "_known", "_stem_heads", "_stems")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._known = Remembered(self._starting_with, most=REMEMBERED_WORDS, longest=LONGEST_WORD)
        for each in phrases:
            head = each.words[0]
            table, key = (self._stems, head[:-1]) if head.endswith("*") else (self._exact, head)
            table.setdefault(key, []).append(each)
        self._stem_heads = {stem[:SHORTEST_STEM] for stem in self._stems}

    def find(self, words: Words) -> list[Match]:
        """Every place where a phrase fits, in order of first word; overlaps are all reported."""
        found: list[Match] = []
        texts = words.texts
        for first, candidates in enumerate(map(self._known.__getitem__, texts)):
            if candidates is not None:
                following = texts[first + 1] if first + 1 < len(texts) else ""
                tried = candidates[0].get(following, candidates[1])
                if tried:
                    found += _matched(tried, first, texts)
        return found

    def _starting_with(self, word: str) -> _Candidates | None:
        phrases = list(self._exact.get(word, ()))
        if word[:SHORTEST_STEM] in self._stem_heads:
            for length in range(SHORTEST_STEM, min(len(word), LONGEST_WORD) + 1):
                phrases.extend(self._stems.get(word[:length], ()))
        return _by_next(phrases) if phrases else None


def _matched(phrases: Sequence[Phrase], first: int, texts: Sequence[str]) -> list[Match]:
    found = []
    for each in phrases:
        last = first + len(each.words) - 1
        if last == first or _fits_at(each, texts, first):
            found.append(Match(each, first, last))
    return found


def _by_next(phrases: Sequence[Phrase]) -> _Candidates:
    after = [each.words[1] if len(each.words) > 1 else ANY_WORD for each in phrases]

    def behind(word: str) -> tuple[Phrase, ...]:
        return tuple(each for each, pattern in zip(phrases, after, strict=True) if fits(pattern, word))

    rest = tuple(each for each, pattern in zip(phrases, after, strict=True) if pattern.endswith("*"))
    return _Candidates({word: behind(word) for word in after if not word.endswith("*")}, rest)


def _fits_at(candidate: Phrase, texts: Sequence[str], position: int) -> bool:
    wanted = candidate.words
    # Its first word is known to fit.
    return position + len(wanted) <= len(texts) and all(
        map(fits, wanted[1:], texts[position + 1 : position + len(wanted)])
    )
