"""Suggesting which needs a passage speaks of, each with the words it rests on.

The learned reader says how likely each section of the framework is; the word list says which category of it,
and speaks alone for those that no coded comments teach.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._phrases import Match, Phrase, Words, phrase
from antiphon.engines.listening._values import Need, Settings, Step

if TYPE_CHECKING:
    from antiphon.engines.listening.learned._reader import Reader, Reading

READER_VERSION = "3"
STEP = Step("needs", f"{version_of('needs')}, reader {READER_VERSION}")
OWNER = "need"
SECTIONS = ("N1", "N2", "N3", "N4")
_NO_HINTS = (0.0,) * len(SECTIONS)
# Words after the strongest one count for less: they often say the same thing again.
LATER_WORDS_COUNT = 0.35
_WHY_AT_MOST = 8
# A suggestion as likely as this may be accepted beforehand: nine in ten of them are right (`listen evaluate`).
STRONG_ENOUGH = 0.8
# Categories that no coded comments teach, and so no section's probability knows of.
UNTAUGHT = frozenset({"N4.2", "N4.3", "N4.4", "N4.5"})
# A phrase as strong as this names a need of its own.
STRONG = 0.5
# Where a section is likely, weaker phrases tell which category of it; at most so many.
TELLING = 0.25
MOST_OF_A_SECTION = 2


def need_phrases() -> list[Phrase]:
    """Every phrase of the needs lexicon; rules are codes."""
    return [
        phrase(written, OWNER, code, weight)
        for code, by_weight in lexicon("needs")["needs"].items()
        for weight, list_ in by_weight.items()
        for written in list_
    ]


class Listed(NamedTuple):
    """What the word list alone says of one category: how strongly, and the phrases it rests on."""

    code: str
    section: str
    score: float
    matches: list[Match]

    def need(self, words: Words, score: float) -> Need:
        """The need as it is suggested of these words, with this score."""
        return Need(self.code, score, tuple([words.why(match, self.code) for match in self.matches]))


def listed(matches: Sequence[Match]) -> list[Listed]:
    """What the word list alone says, by code, however weakly."""
    if not matches:
        return []
    by_code: dict[str, list[Match]] = {}
    for match in matches:
        by_code.setdefault(match.phrase.rule, []).append(match)
    return [_listed(code, _longest(found)) for code, found in sorted(by_code.items())]


def hints(found: Sequence[Listed]) -> Sequence[float]:
    """The strongest word of the list for each section."""
    if not found:
        return _NO_HINTS
    strongest = dict.fromkeys(SECTIONS, 0.0)
    for each in found:
        strongest[each.section] = max(strongest[each.section], each.score)
    return tuple(strongest.values())


def needs_of(
    words: Words, found: Sequence[Listed], reading: "Reading", reader: "Reader", settings: Settings
) -> tuple[Need, ...]:
    """Needs that are likely enough, by code."""
    needs = [each.need(words, each.score) for each in found if each.score >= STRONG and each.code in UNTAUGHT]
    if True in reading.said:
        for section, score, is_said in zip(SECTIONS, reading.sections, reading.said, strict=True):
            if is_said:
                needs += _of_section(words, section, score, found, reader)
    if len(needs) > 1:
        by_code = {need.code: need for need in reversed(needs)}
        needs = [need for _, need in sorted(by_code.items())]
    return tuple([need for need in needs if need.score >= settings.need_threshold])


def _of_section(words: Words, section: str, score: float, found: Sequence[Listed], reader: "Reader") -> list[Need]:
    """The categories that the words name, the likeliest with the score of the section; else the section."""
    named = [each for each in found if each.section == section and each.score >= TELLING]
    named = sorted(named, key=lambda each: (-each.score, each.code))[:MOST_OF_A_SECTION]
    if not named:
        why = reader.why(words, section)
        return [Need(section, score, why)] if why else []
    return [each.need(words, round(score * each.score / named[0].score, 4)) for each in named]


def _listed(code: str, matches: list[Match]) -> Listed:
    weights = {match.phrase.words: match.phrase.weight for match in matches}
    strongest, *later = sorted(weights.values(), reverse=True)
    doubt = (1 - strongest) * math.prod([1 - weight * LATER_WORDS_COUNT for weight in later])
    return Listed(code, code.split(".", 1)[0], round(1 - doubt, 4), matches[:_WHY_AT_MOST])


def _longest(matches: list[Match]) -> list[Match]:
    """Without phrases that lie inside a longer one: "get through" is not also "through"; they come in order."""
    kept: list[Match] = []
    for match in matches:
        last = kept[-1] if kept else None
        if last is None or match.last > last.last:
            if last is not None and match.first == last.first:
                kept.pop()
            kept.append(match)
        elif match.first == last.first and match.last == last.last and match.phrase.weight > last.phrase.weight:
            kept[-1] = match
    return kept
