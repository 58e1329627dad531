"""Whether a phrase is denied by the words just before it."""

import re
from collections.abc import Set

from antiphon.engines.listening._phrases import Match, Words

REACH = 3
_CLAUSE_END = re.compile(r"[.;:!?\n]|\bbut\b", re.IGNORECASE)
# "not only pain": the word denies nothing.
_NO_DENIAL = frozenset({"only", "just", "sure"})
# A list after a denial is denied as a whole: "no rash, itching or swelling".
LIST_REACH = 8
_LISTING = re.compile(r",|\bor\b|\bnor\b|/", re.IGNORECASE)


def is_denied(text: str, words: Words, match: Match, deniers: Set[str]) -> bool:
    """A denying word within three words before in the same clause, or further off along a list."""
    texts = words.texts
    reached = texts[max(match.first - LIST_REACH, 0) : match.first]
    if deniers.isdisjoint(reached):
        return False
    for at in range(match.first - 1, max(match.first - LIST_REACH, 0) - 1, -1):
        if texts[at] in deniers and texts[at + 1] not in _NO_DENIAL:
            between = (text, words.place(at)[1], words.place(match.first)[0])
            if _CLAUSE_END.search(*between):
                return False
            return match.first - at <= REACH or bool(_LISTING.search(*between))
    return False
