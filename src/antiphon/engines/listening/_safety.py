"""Hints that a passage may hold an adverse event, a special situation or a product complaint."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from antiphon.engines.listening._lexicons import lexicon, packed, version_of
from antiphon.engines.listening._negation import is_denied
from antiphon.engines.listening._phrases import Match, Phrase, Words, phrase
from antiphon.engines.listening._values import Safety, SafetyKind, SeriousnessHint, Settings, Step

STEP = Step("safety", version_of("safety"))
OWNER = "safety"

_WORDS = lexicon("safety")
_DENIERS = frozenset(_WORDS["negation"])
_INDICATIONS = frozenset(_WORDS["indication"])
# "Pain medication" names what is treated, not what it did.
_REMEDIES = frozenset(
    ["medication", "medications", "medicine", "medicines", "tablet", "tablets", "patch", "patches", "relief"]
)
_SERIOUSNESS = cast(Mapping[SeriousnessHint, list[str]], _WORDS["seriousness"])
_SPECIAL = ("overdose", "misuse", "medication_error", "off_label", "occupational")
_RULES = (
    "reaction",
    "soft_reaction",
    "exposure",
    "after_taking",
    "course",
    "side_effect_named",
    *_SPECIAL,
    "lack_of_efficacy",
    "pregnancy",
    "product",
    "defect",
    "product_part",
    "defect_weak",
    "report",
    "report_alone",
)
_DENIABLE = frozenset({"reaction", "soft_reaction", "side_effect_named", "pregnancy", *_SPECIAL})
# How many words may lie between what was taken and what came of it.
_NEAR = 60
_BESIDE = 12
_WHY_AT_MOST = 12
_NOTHING = Safety(False, None, 0.0, (), ())


@dataclass(frozen=True, slots=True)
class _Case:
    """One reading of a passage: a kind, a score, and the matches it rests on."""

    kind: SafetyKind
    score: float
    matches: tuple[Match, ...]


def safety_phrases() -> list[Phrase]:
    """Every phrase of the safety lexicon; rules are its lists and `serious:<hint>`."""
    plain = [phrase(each, OWNER, rule) for rule in _RULES for each in _WORDS[rule]]
    serious = [phrase(each, OWNER, f"serious:{hint}") for hint, list_ in _SERIOUSNESS.items() for each in list_]
    learned = [phrase(each, OWNER, "report_word") for each in packed("report_words")]
    return plain + serious + learned


def safety_of(text: str, words: Words, matches: Sequence[Match], settings: Settings) -> Safety:
    """The strongest reading of a passage, flagged when its score reaches the threshold."""
    if not matches:
        return _NOTHING
    by_rule = _by_rule(text, words, matches)
    cases = [case for read in _READINGS if (case := read(by_rule)) is not None]
    if not cases:
        return _NOTHING
    best = max(cases, key=lambda case: case.score)
    if best.score < settings.safety_threshold:
        return Safety(False, None, round(best.score, 4), (), ())
    why = tuple(words.why(match, match.phrase.rule) for match in _distinct(best.matches))
    return Safety(True, best.kind, round(best.score, 4), why, _hints(by_rule))


def _by_rule(text: str, words: Words, matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        rule = match.phrase.rule
        if rule in _DENIABLE and is_denied(text, words, match, _DENIERS):
            continue
        if rule in ("reaction", "soft_reaction") and _is_indication(words, match):
            continue
        found.setdefault(rule, []).append(match)
    return found


def _is_indication(words: Words, match: Match) -> bool:
    before = words.texts[max(0, match.first - 2) : match.first]
    after = words.texts[match.last + 1 : match.last + 2]
    return not (_INDICATIONS.isdisjoint(before) and _REMEDIES.isdisjoint(after))


def _event(found: dict[str, list[Match]]) -> _Case | None:
    reactions = found.get("reaction", []) + found.get("soft_reaction", [])
    exposures = found.get("after_taking", []) + found.get("exposure", [])
    named = found.get("side_effect_named", [])
    scores = [0.85] if named else []
    beside = _near(reactions, exposures, _NEAR)
    if beside:
        strong = 0.85 if found.get("after_taking") or _near(beside, exposures, _BESIDE) else 0.6
        scores.append(min(0.97, strong + 0.03 * len(_concepts(beside))))
    course = found.get("course", [])
    scores.append(_unexposed(len(_concepts(found.get("reaction", []))), len(_concepts(course))))
    if reactions and _turns(found) and (exposures or found.get("reaction")):
        scores.append(_REPORTED)
    score = max(scores)
    return _Case("adverse_event", score, (*named, *reactions, *exposures, *course)) if score else None


# Several complaints in a row, or their course, read as a report even where nobody says what was taken.
_COMPLAINTS_ALONE = (0.0, 0.2, 0.4, 0.55, 0.65)
_COURSE_ADDS = 0.15
# One complaint in the words of a report, or so many turns of phrase that only reports have.
_REPORTED, _REPORT_ALONE, _FEWEST_TURNS = 0.5, 0.45, 2


def _unexposed(complaints: int, courses: int) -> float:
    alone = _COMPLAINTS_ALONE[min(complaints, len(_COMPLAINTS_ALONE) - 1)]
    return alone + _COURSE_ADDS * min(courses, 2) if complaints else 0.0


def _special(found: dict[str, list[Match]]) -> _Case | None:
    plain = [match for rule in _SPECIAL for match in found.get(rule, [])]
    if plain:
        return _Case("special_situation", 0.8, tuple(plain))
    exposures = found.get("exposure", [])
    cues = found.get("lack_of_efficacy", []) + found.get("pregnancy", [])
    beside = _near(cues, exposures, _BESIDE)
    return _Case("special_situation", 0.7, (*beside, *exposures)) if beside else None


def _complaint(found: dict[str, list[Match]]) -> _Case | None:
    products = found.get("product", [])
    beside = _near(found.get("defect", []), products, _BESIDE)
    if beside:
        return _Case("product_complaint", 0.6, (*beside, *products))
    return _reported_complaint(found)


def _reported_complaint(found: dict[str, list[Match]]) -> _Case | None:
    """A complaint in the words of those who report: vaguer parts and troubles do."""
    turns = _turns(found)
    things = found.get("product", []) + found.get("product_part", [])
    troubles = found.get("defect", []) + found.get("defect_weak", [])
    if turns and _near(troubles, things, _BESIDE):
        return _Case("product_complaint", _REPORTED, (*troubles, *things, *turns))
    is_report = len(_concepts(turns)) >= _FEWEST_TURNS and (things or troubles)
    if is_report or found.get("report_alone"):
        return _Case("product_complaint", _REPORT_ALONE, (*turns, *things, *troubles))
    words = found.get("report_word", [])
    return _Case("product_complaint", _REPORT_ALONE, tuple(words)) if len(_concepts(words)) >= _FEWEST_TURNS else None


def _turns(found: dict[str, list[Match]]) -> list[Match]:
    return found.get("report", []) + found.get("report_alone", [])


_READINGS = (_event, _special, _complaint)


def _near(wanted: Sequence[Match], anchors: Sequence[Match], reach: int) -> list[Match]:
    """Those of the wanted matches that have an anchor within so many words, and not on themselves."""
    anchors = sorted(anchors, key=lambda match: match.first)
    found = []
    position = 0
    for match in sorted(wanted, key=lambda match: match.first):
        while position < len(anchors) and anchors[position].last < match.first - reach:
            position += 1
        nearby = anchors[position : position + 2 * reach + 2]
        if any(_apart(match, each) and each.first <= match.last + reach for each in nearby):
            found.append(match)
    return found


def _apart(one: Match, other: Match) -> bool:
    return one.last < other.first or other.last < one.first


def _concepts(matches: Iterable[Match]) -> set[tuple[str, ...]]:
    """Different complaints: longer phrases swallow the shorter ones inside them."""
    return {match.phrase.words for match in _distinct(tuple(matches))}


def _distinct(matches: Sequence[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.first, -match.last, match.phrase.rule)):
        if not kept or match.first > kept[-1].last:
            kept.append(match)
    return kept[:_WHY_AT_MOST]


def _hints(found: dict[str, list[Match]]) -> tuple[SeriousnessHint, ...]:
    return tuple(hint for hint in _SERIOUSNESS if f"serious:{hint}" in found)
