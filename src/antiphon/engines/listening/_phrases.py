"""Finding many phrases at once: one pass over the words, whatever the number of phrases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from typing import NamedTuple

_WORD = re.compile(r"([^\W_]+(?:['’][^\W_]+)*)")
# The same for texts that are all ASCII, in half the time; most are.
_ASCII_WORD = re.compile("([A-Za-z0-9]+(?:'[A-Za-z0-9]+)*)")
ANY_WORD = "*"
SHORTEST_STEM = 3
LONGEST_WORD = 60
REMEMBERED_WORDS = 50_000


class Word(NamedTuple):
    """A word in lower case with its place in the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for; `wait*` matches a stem, `*` any one word. `rule` and `weight` are the owner's."""

    words: tuple[str, ...]
    rule: str
    weight: float = 0.0


class Match(NamedTuple):
    """A phrase found: `first` and `last` are word positions, `start` and `end` code points."""

    phrase: Phrase
    first: int
    last: int
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, in order; apostrophes inside a word belong to it."""
    # What is between words and the words in turn.
    parts = (_ASCII_WORD if text.isascii() else _WORD).split(text)
    ends = list(accumulate(map(len, parts)))
    words = [word.lower() for word in parts[1::2]]
    if "’" in text:
        words = [word.replace("’", "'") for word in words]
    # As `Word(…)` does it, in a third of the time.
    return list(map(tuple.__new__, repeat(Word), zip(words, ends[:-1:2], ends[1::2], strict=True)))


@cache
def parted(rule: str) -> tuple[str, str]:
    """The owner of a rule, and what it calls the rule."""
    owner, _, own = rule.partition(":")
    return owner, own


def phrase(written: str, rule: str, weight: float = 0.0) -> Phrase:
    """Read a phrase as it stands in a lexicon file: words separated by spaces."""
    words = tuple(written.lower().replace("’", "'").split())
    if not words or words[0] == ANY_WORD or any(len(word.rstrip("*")) < 1 for word in words[:1]):
        raise ValueError(f"a phrase starts with a word: {written!r}")
    if words[0].endswith("*") and len(words[0]) <= SHORTEST_STEM:
        raise ValueError(f"a stem has at least {SHORTEST_STEM} letters: {written!r}")
    return Phrase(words, rule, weight)


def fits(pattern: str, word: str) -> bool:
    """Whether one word of a phrase matches one word of a text."""
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return pattern == word


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Phrases that may start with a word, by the exact word that comes next; `rest` behind any other one."""

    by_next: dict[str, tuple[Phrase, ...]]
    rest: tuple[Phrase, ...]


_NONE = _Candidates({}, ())


class PhraseIndex:
    """All phrases of several lexicons, found in one pass; the same as trying each phrase everywhere."""

    __slots__ = ("_exact", "_remembered", "_stems")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._remembered: dict[str, _Candidates] = {}
        for each in phrases:
            head = each.words[0]
            table, key = (self._stems, head[:-1]) if head.endswith("*") else (self._exact, head)
            table.setdefault(key, []).append(each)

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Every place where a phrase fits, in order of first word; overlaps are all reported."""
        found: list[Match] = []
        texts = [word.text for word in words]
        for position, (text, following) in enumerate(zip(texts, [*texts[1:], ""], strict=False)):
            candidates = self._remembered.get(text) or self._starting_with(text)
            for each in candidates.by_next.get(following, candidates.rest):
                if _fits_at(each, texts, position):
                    last = position + len(each.words) - 1
                    found.append(Match(each, position, last, words[position].start, words[last].end))
        return found

    def _starting_with(self, word: str) -> _Candidates:
        phrases = list(self._exact.get(word, ()))
        for length in range(SHORTEST_STEM, min(len(word), LONGEST_WORD) + 1):
            phrases.extend(self._stems.get(word[:length], ()))
        candidates = _by_next(phrases) if phrases else _NONE
        if len(self._remembered) < REMEMBERED_WORDS and len(word) <= LONGEST_WORD:
            self._remembered[word] = candidates
        return candidates


def _by_next(phrases: Sequence[Phrase]) -> _Candidates:
    after = [each.words[1] if len(each.words) > 1 else ANY_WORD for each in phrases]

    def behind(word: str) -> tuple[Phrase, ...]:
        return tuple(each for each, pattern in zip(phrases, after, strict=True) if fits(pattern, word))

    rest = tuple(each for each, pattern in zip(phrases, after, strict=True) if pattern.endswith("*"))
    return _Candidates({word: behind(word) for word in after if not word.endswith("*")}, rest)


def _fits_at(candidate: Phrase, texts: Sequence[str], position: int) -> bool:
    wanted = candidate.words
    # Its first word is known to fit.
    return len(wanted) == 1 or (
        position + len(wanted) <= len(texts)
        and all(map(fits, wanted[1:], texts[position + 1 : position + len(wanted)]))
    )
