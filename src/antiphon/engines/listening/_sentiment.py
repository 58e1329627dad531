"""Which way a passage leans, from the words it uses."""

import math
from collections.abc import Iterable, Sequence

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._negation import is_denied
from antiphon.engines.listening._phrases import Match, Phrase, Word, phrase
from antiphon.engines.listening._values import Sentiment, Step

STEP = Step("sentiment", version_of("sentiment"))
OWNER = "sentiment"

_DENIERS = frozenset(lexicon("sentiment")["negation"])
# A denied word leans the other way, less strongly: "not good" is milder than "bad".
DENIED = -0.6
# One strong word alone reaches about 0.6.
STEADINESS = 4.0
NEUTRAL_WITHIN = 0.12
FEWEST_WORDS_FOR_NEUTRAL = 4


def sentiment_phrases() -> list[Phrase]:
    """Every phrase of the sentiment lexicon, with its lean as weight."""
    return [
        phrase(written, f"{OWNER}:lean", float(lean))
        for lean, list_ in lexicon("sentiment")["lean"].items()
        for written in list_
    ]


def sentiment_of(text: str, words: Sequence[Word], matches: Iterable[Match]) -> tuple[Sentiment | None, float]:
    """A label and a score in -1..1; (None, 0.0) when too little is said to tell."""
    total = sum(_lean(text, words, match) for match in _longest(matches))
    score = round(total / math.hypot(total, STEADINESS), 4)
    if score == 0 and len(words) < FEWEST_WORDS_FOR_NEUTRAL:
        return None, 0.0
    if abs(score) <= NEUTRAL_WITHIN:
        return "neutral", score
    return ("positive" if score > 0 else "negative"), score


def _lean(text: str, words: Sequence[Word], match: Match) -> float:
    denied = is_denied(text, words, match, _DENIERS)
    return match.phrase.weight * (DENIED if denied else 1.0)


def _longest(matches: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
