"""Words without their endings, so that "depressed" and "depressing" meet."""

import re
from functools import lru_cache

from antiphon.engines.listening.learned._words import words_in

# fmt: off
_ENDINGS = (
    ("ational", ""), ("ingly", ""), ("edly", ""), ("ment", ""), ("ness", ""), ("ing", ""), ("ies", "i"),
    ("ied", "i"), ("est", ""), ("ed", ""), ("es", ""), ("ly", ""), ("er", ""), ("s", ""), ("e", ""),
)
# fmt: on
_SHORTEST = 3
_OWNED = re.compile(r"'s?$")
# Words that stand everywhere: they count for little, but they count.
# fmt: off
COMMON = frozenset({
    "a", "about", "am", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "i'm", "if", "in", "is", "it", "its",
    "just", "me", "my", "no", "not", "of", "on", "or", "our", "she", "should", "so", "than", "that", "the", "their",
    "then", "there", "they", "this", "to", "was", "we", "were", "what", "when", "which", "who", "why", "will", "with",
    "would", "you", "your",
})
# fmt: on


def stems_of(text: str) -> list[str]:
    """The stems of a text in order; signs are left out."""
    return [stem(word) for word in words_in(text) if word not in ("!", "?")]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its ending; never shorter than three letters for that."""
    plain = _OWNED.sub("", word)
    for ending, instead in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
            plain = plain[: len(plain) - len(ending)] + instead
            break
    if plain.endswith("y") and len(plain) > _SHORTEST:
        plain = plain[:-1] + "i"
    if len(plain) > _SHORTEST and plain[-1] == plain[-2] and plain[-1] not in "aeiouls":
        plain = plain[:-1]
    return plain


COMMON_STEMS = frozenset(map(stem, COMMON))
