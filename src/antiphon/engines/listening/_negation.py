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
    for distance in range(1, min(LIST_REACH, match.first) + 1):
        at = match.first - distance
        if words[at].text in deniers and words[at + 1].text not in _NO_DENIAL:
            between = (text, words[at].end, match.start)
            if _CLAUSE_END.search(*between):
                return False
            return distance <= REACH or bool(_LISTING.search(*between))
    return False
