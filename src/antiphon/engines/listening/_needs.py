"""Suggesting which needs a passage speaks of, each with the words it rests on."""

import math
from collections.abc import Iterable

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._phrases import Match, Phrase, phrase
from antiphon.engines.listening._values import Need, Settings, Step, Why

STEP = Step("needs", version_of("needs"))
OWNER = "need"
# Words after the strongest one count for less: they often say the same thing again.
LATER_WORDS_COUNT = 0.35
_WHY_AT_MOST = 8


def need_phrases() -> list[Phrase]:
    """Every phrase of the needs lexicon; rules are `need:<code>`."""
    return [
        phrase(written, f"{OWNER}:{code}", weight)
        for code, by_weight in lexicon("needs")["needs"].items()
        for weight, list_ in by_weight.items()
        for written in list_
    ]


def needs_of(matches: Iterable[Match], settings: Settings) -> tuple[Need, ...]:
    """Needs that reach the threshold, by code."""
    by_code: dict[str, list[Match]] = {}
    for match in matches:
        by_code.setdefault(match.phrase.rule.split(":", 1)[1], []).append(match)
    needs = (_need(code, _longest(found)) for code, found in sorted(by_code.items()))
    return tuple(need for need in needs if need.score >= settings.need_threshold)


def _need(code: str, matches: list[Match]) -> Need:
    weights = {match.phrase.words: match.phrase.weight for match in matches}
    strongest, *later = sorted(weights.values(), reverse=True)
    doubt = (1 - strongest) * math.prod(1 - weight * LATER_WORDS_COUNT for weight in later)
    why = tuple(Why(match.start, match.end, code) for match in matches[:_WHY_AT_MOST])
    return Need(code, round(1 - doubt, 4), why)


def _longest(matches: list[Match]) -> list[Match]:
    """Without phrases that lie inside a longer one: "get through" is not also "through"."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end, -match.phrase.weight)):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return kept
