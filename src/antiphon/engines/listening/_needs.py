"""Suggesting which needs a passage speaks of, each with the words it rests on.

The learned reader says how likely each section of the framework is; the word list says which category of it,
and speaks alone for those that no coded comments teach.
"""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._phrases import Match, Phrase, Word, parted, phrase
from antiphon.engines.listening._values import Need, Settings, Step, Why

if TYPE_CHECKING:
    from antiphon.engines.listening.learned._reader import Reader, Reading

READER_VERSION = "1"
STEP = Step("needs", f"{version_of('needs')}, reader {READER_VERSION}")
OWNER = "need"
SECTIONS = ("N1", "N2", "N3", "N4")
# Words after the strongest one count for less: they often say the same thing again.
LATER_WORDS_COUNT = 0.35
_WHY_AT_MOST = 8
# A suggestion as likely as this may be accepted beforehand: nine in ten of them are right (`listen evaluate`).
STRONG_ENOUGH = 0.75
# Categories that no coded comments teach, and so no section's probability knows of.
UNTAUGHT = frozenset({"N4.2", "N4.3", "N4.4", "N4.5"})
# A phrase as strong as this names a need of its own.
STRONG = 0.5
# Where a section is likely, weaker phrases tell which category of it; at most so many.
TELLING = 0.25
MOST_OF_A_SECTION = 2


def need_phrases() -> list[Phrase]:
    """Every phrase of the needs lexicon; rules are `need:<code>`."""
    return [
        phrase(written, f"{OWNER}:{code}", weight)
        for code, by_weight in lexicon("needs")["needs"].items()
        for weight, list_ in by_weight.items()
        for written in list_
    ]


def listed(matches: Iterable[Match]) -> list[Need]:
    """What the word list alone says, by code, however weakly."""
    by_code: dict[str, list[Match]] = {}
    for match in matches:
        by_code.setdefault(parted(match.phrase.rule)[1], []).append(match)
    return [_need(code, _longest(found)) for code, found in sorted(by_code.items())]


def hints(found: Iterable[Need]) -> list[float]:
    """The strongest word of the list for each section."""
    strongest = dict.fromkeys(SECTIONS, 0.0)
    for need in found:
        section = need.code.split(".", 1)[0]
        strongest[section] = max(strongest[section], need.score)
    return list(strongest.values())


def needs_of(
    words: Sequence[Word], found: Sequence[Need], reading: "Reading", reader: "Reader", settings: Settings
) -> tuple[Need, ...]:
    """Needs that are likely enough, by code."""
    needs = [need for need in found if need.code in UNTAUGHT and need.score >= STRONG]
    for section, score, is_said in zip(SECTIONS, reading.sections, reading.said, strict=True):
        if is_said:
            needs += _of_section(words, section, score, found, reader)
    by_code = {need.code: need for need in reversed(needs)}
    return tuple(need for _, need in sorted(by_code.items()) if need.score >= settings.need_threshold)


def doubt_of(reading: "Reading", reader: "Reader") -> tuple[float, str]:
    """How near a section comes to its threshold, at most 1, and which; nothing where nothing was read."""
    doubt, doubtful = 0.0, ""
    # Number by number: for four of them, arrays take longer.
    for section, score, least in zip(SECTIONS, reading.sections, reader.least.tolist(), strict=True):
        reach = least if score < least else 1 - least
        near = round(1 - abs(score - least) / reach, 4)
        if near > doubt:
            doubt, doubtful = near, section
    return doubt, doubtful


def _of_section(
    words: Sequence[Word], section: str, score: float, found: Sequence[Need], reader: "Reader"
) -> list[Need]:
    """The categories that the words name, the likeliest with the score of the section; else the section."""
    named = [need for need in found if need.code.split(".", 1)[0] == section and need.score >= TELLING]
    named = sorted(named, key=lambda need: (-need.score, need.code))[:MOST_OF_A_SECTION]
    if not named:
        why = reader.why(words, section)
        return [Need(section, score, why)] if why else []
    return [Need(need.code, round(score * need.score / named[0].score, 4), need.why) for need in named]


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
