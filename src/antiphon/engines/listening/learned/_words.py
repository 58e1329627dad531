"""The words of a text as the learned models read them: lower case, signs of stress and masks included."""

import re
from functools import cache

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._phrases import LONGEST_WORD

# A text longer than this says nothing more about what it is about, and one cell may hold a megabyte.
MOST_CHARACTERS = 12_000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[!?]")


def words_in(text: str) -> list[str]:
    """Lower-case words, with ! and ? as words of their own."""
    plain = text[:MOST_CHARACTERS].lower().replace("’", "'")
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain)]


def places_of(text: str) -> list[tuple[str, int, int]]:
    """The same words, each with its place in the untouched text (code points, end exclusive)."""
    head = text[:MOST_CHARACTERS].replace("’", "'")
    return [(found.group().lower()[:LONGEST_WORD], found.start(), found.end()) for found in _WORD.finditer(head)]


def says_something(word: str) -> bool:
    """Whether a word can be a reason: neither a number, a sign, nor a word that only joins others."""
    return any(char.isalpha() for char in word) and word not in _small_words()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(str(word) for words in lexicon("small_words")["words"].values() for word in words)
