"""The words of a text as the learned models read them: lower case, signs of stress and masks included."""

import re
from functools import cache, lru_cache

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._phrases import LONGEST_WORD

# A text longer than this says nothing more about what it is about, and one cell may hold a megabyte.
MOST_CHARACTERS = 12_000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[!?]")
# The same for texts that are all ASCII, in half the time; most are.
_ASCII_WORD = re.compile("[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*|[!?]")


def words_in(text: str) -> list[str]:
    """Lower-case words, with ! and ? as words of their own."""
    plain = text[:MOST_CHARACTERS].lower().replace("’", "'")
    return [word[:LONGEST_WORD] for word in _pattern(plain).findall(plain)]


def places_of(text: str) -> list[tuple[str, int, int]]:
    """The same words, each with its place in the untouched text (code points, end exclusive)."""
    head = text[:MOST_CHARACTERS].replace("’", "'")
    return [
        (found.group().lower()[:LONGEST_WORD], found.start(), found.end()) for found in _pattern(head).finditer(head)
    ]


def _pattern(text: str) -> re.Pattern[str]:
    return _ASCII_WORD if text.isascii() else _WORD


@lru_cache(maxsize=4_096)
def says_something(word: str) -> bool:
    """Whether a word can be a reason: neither a number, a sign, nor a word that only joins others."""
    return any(char.isalpha() for char in word) and word not in _small_words()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(str(word) for words in lexicon("small_words")["words"].values() for word in words)
