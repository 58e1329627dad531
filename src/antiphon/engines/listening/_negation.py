"""Whether a phrase is denied by the words just before it."""

import re
from collections.abc import Collection, Sequence

from antiphon.engines.listening._phrases import Match, Word

REACH = 3
_CLAUSE_END = re.compile(r"[.;:!?\n]|\bbut\b", re.IGNORECASE)
# "not only pain": the word denies nothing.
_NO_DENIAL = frozenset({"only", "just", "sure"})
# A list after a denial is denied as a whole: "no rash, itching or swelling".
LIST_REACH = 8
_LISTING = re.compile(r",|\bor\b|\bnor\b|/", re.IGNORECASE)


def is_denied(text: str, words: Sequence[Word], match: Match, deniers: Collection[str]) -> bool:
    """A denying word within three words before in the same clause, or further off along a list."""
    for distance in range(1, LIST_REACH + 1):
        position = match.first - distance
        if position < 0:
            return False
        word = words[position]
        if _CLAUSE_END.search(text, word.end, match.start):
            return False
        if word.text in deniers and words[position + 1].text not in _NO_DENIAL:
            return distance <= REACH or bool(_LISTING.search(text, word.end, match.start))
    return False
