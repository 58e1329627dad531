"""Which way a passage leans: from the words it uses, and from comments whose readers said so."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._needs import READER_VERSION
from antiphon.engines.listening._negation import is_denied
from antiphon.engines.listening._phrases import Match, Phrase, Words, phrase
from antiphon.engines.listening._values import Sentiment, Step

if TYPE_CHECKING:
    from antiphon.engines.listening.learned._reader import Reading

STEP = Step("sentiment", f"{version_of('sentiment')}, reader {READER_VERSION}")
OWNER = "sentiment"

_DENIERS = frozenset(lexicon("sentiment")["negation"])
# A denied word leans the other way, less strongly: "not good" is milder than "bad".
DENIED = -0.6
# One strong word alone reaches about 0.6.
STEADINESS = 4.0
# A text as short as this, without a word that leans, tells nothing where its question is not known.
FEWEST_WORDS = 4


def sentiment_phrases() -> list[Phrase]:
    """Every phrase of the sentiment lexicon, with its lean as weight."""
    return [
        phrase(written, OWNER, "lean", float(lean))
        for lean, list_ in lexicon("sentiment")["lean"].items()
        for written in list_
    ]


def lean_of(text: str, words: Words, matches: Sequence[Match]) -> float:
    """Which way the words of the list lean in all, -1 to 1."""
    if not matches:
        return 0.0
    total = sum(_lean(text, words, match) for match in _longest(matches))
    return total / math.hypot(total, STEADINESS)


def sentiment_of(reading: "Reading", lean: float, words: int, question: str) -> tuple[Sentiment | None, float]:
    """A label, and in -1..1 how much likelier glad is than not; (None, 0.0) when too little is said to tell."""
    tells_nothing = lean == 0 and words < FEWEST_WORDS and not question
    return (None, 0.0) if reading.feeling is None or tells_nothing else (reading.feeling, reading.lean)


def _lean(text: str, words: Words, match: Match) -> float:
    denied = is_denied(text, words, match, _DENIERS)
    return match.phrase.weight * (DENIED if denied else 1.0)


def _longest(matches: Sequence[Match]) -> list[Match]:
    """The longest of those that overlap; they come in order."""
    kept: list[Match] = []
    for match in matches:
        if not kept or match.first > kept[-1].last:
            kept.append(match)
        elif match.first == kept[-1].first and match.last > kept[-1].last:
            kept[-1] = match
    return kept
