"""The words of a text as the learned models read them: lower case, signs of stress and masks included."""

import re
from functools import cache, lru_cache

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._phrases import LONGEST_WORD, Words

# A text longer than this says nothing more about what it is about, and one cell may hold a megabyte.
MOST_CHARACTERS = 12_000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[!?]")
# For texts that are all ASCII, as most are: lower case, and a space for every character that belongs to no word.
_PLAIN = bytes(
    ord(char.lower()) if (char := chr(code)).isascii() and (char.isalnum() or char in "'!?") else ord(" ")
    for code in range(256)
)
_LOOSE_APOSTROPHES = re.compile("(?<![a-z0-9])'+|'+(?![a-z0-9])")


def words_in(text: str) -> list[str]:
    """Lower-case words, with ! and ? as words of their own."""
    head = text[:MOST_CHARACTERS]
    words = _ascii_words(head) if head.isascii() else _WORD.findall(head.lower().replace("’", "'"))
    return [word[:LONGEST_WORD] for word in words] if max(map(len, words), default=0) > LONGEST_WORD else words


def words_read(words: Words) -> list[str]:
    """The same of a text that is in words already: without signs of stress, most texts are in both ways."""
    text, texts = words.text, words.texts
    is_same = words.is_plain and "!" not in text and "?" not in text and len(text) <= MOST_CHARACTERS
    is_short = len(text) <= LONGEST_WORD or max(map(len, texts), default=0) <= LONGEST_WORD
    return texts if is_same and is_short else words_in(text)


def _ascii_words(text: str) -> list[str]:
    # As `_WORD` parts them, in less than half the time.
    plain = text.encode("ascii").translate(_PLAIN).decode("ascii")
    for sign in "!?":
        if sign in plain:
            plain = plain.replace(sign, f" {sign} ")
    if "'" in plain and any(loose in f" {plain} " for loose in (" '", "' ", "''")):
        plain = _LOOSE_APOSTROPHES.sub(" ", plain)
    return plain.split()


@lru_cache(maxsize=4_096)
def says_something(word: str) -> bool:
    """Whether a word can be a reason: neither a number, a sign, nor a word that only joins others."""
    return any(char.isalpha() for char in word) and word not in _small_words()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(str(word) for words in lexicon("small_words")["words"].values() for word in words)
