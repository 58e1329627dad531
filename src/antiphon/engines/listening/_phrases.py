"""Finding many phrases at once: one pass over the words, whatever the number of phrases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ANY_WORD = "*"
SHORTEST_STEM = 3
LONGEST_WORD = 60
REMEMBERED_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Word:
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


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: `first` and `last` are word positions, `start` and `end` code points."""

    phrase: Phrase
    first: int
    last: int
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, in order; apostrophes inside a word belong to it."""
    return [Word(found.group().lower().replace("’", "'"), found.start(), found.end()) for found in WORD.finditer(text)]


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


class PhraseIndex:
    """All phrases of several lexicons, found in one pass; the same as trying each phrase everywhere."""

    __slots__ = ("_exact", "_remembered", "_stems")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._remembered: dict[str, tuple[Phrase, ...]] = {}
        for each in phrases:
            head = each.words[0]
            table, key = (self._stems, head[:-1]) if head.endswith("*") else (self._exact, head)
            table.setdefault(key, []).append(each)

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Every place where a phrase fits, in order of first word; overlaps are all reported."""
        found: list[Match] = []
        for position, word in enumerate(words):
            for candidate in self._starting_with(word.text):
                if (match := _match_at(candidate, words, position)) is not None:
                    found.append(match)
        return found

    def _starting_with(self, word: str) -> tuple[Phrase, ...]:
        known = self._remembered.get(word)
        if known is not None:
            return known
        candidates = list(self._exact.get(word, ()))
        for length in range(SHORTEST_STEM, min(len(word), LONGEST_WORD) + 1):
            candidates.extend(self._stems.get(word[:length], ()))
        if len(self._remembered) < REMEMBERED_WORDS and len(word) <= LONGEST_WORD:
            self._remembered[word] = tuple(candidates)
        return tuple(candidates)


def _match_at(candidate: Phrase, words: Sequence[Word], position: int) -> Match | None:
    last = position + len(candidate.words) - 1
    if last >= len(words):
        return None
    for offset in range(1, len(candidate.words)):
        if not fits(candidate.words[offset], words[position + offset].text):
            return None
    return Match(candidate, position, last, words[position].start, words[last].end)
