"""Finding and masking what could tell who a person is. Every pattern is bounded: no text makes it slow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._values import Span, SpanKind, Step

STEP = Step("redact", version_of("personal"))

_WORDS = lexicon("personal")
_NO_NAMES = frozenset(_WORDS["no_names"]) | frozenset(_WORDS["roles"]) | frozenset(_WORDS["relations"])
_GIVEN = frozenset(_WORDS["given_names"])


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_NAME = r"[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]{1,20}(?:['’-][A-Z\u00c0-\u00de]?[a-z\u00df-\u00ff]{1,20})?"
_NAMES = rf"{_NAME}(?:[ ]{_NAME}){{0,2}}"
_MONTH = rf"(?i:{_any_of(_WORDS['months'])})(?![A-Za-z])(?:\.(?= ?\d))?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern; the group `it`, where there is one, is what gets masked. `needs` is a cheap pre-check."""

    why: str
    kind: SpanKind
    pattern: re.Pattern[str]
    needs: str = ""
    names_only: bool = False


def _rule(why: str, kind: SpanKind, pattern: str, needs: str = "", names_only: bool = False) -> _Rule:
    return _Rule(why, kind, re.compile(pattern), needs, names_only)


_DIGIT = "digit"

# In order of trust: where two rules claim the same characters, the earlier one keeps them.
_RULES = (
    _rule(
        "email",
        "contact",
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
        "@",
    ),
    _rule(
        "url",
        "contact",
        r"(?i:\bhttps?://[^\s<>\"']{1,500}(?<![.,;:!?)])|\bwww\.[^\s<>\"']{1,500}(?<![.,;:!?)]))",
        ".",
    ),
    _rule("handle", "contact", r"(?<![\w.@])@[A-Za-z_]\w{2,30}\b", "@"),
    _rule(
        "named_number",
        "identifier",
        r"(?i:\b(?:nhs|hospital|patient|mrn|medical record|record|reference|ref|case|policy|passport|account"
        r"|national insurance|insurance|ssn|social security|licen[cs]e|chi|id)"
        r"(?: ?(?:number|no\.?|num|id|card|#))?(?: is)?(?: ?[:#=] ?| ))"
        r"(?P<it>(?=[A-Za-z0-9/-]{0,12}\d{3})[A-Za-z0-9][A-Za-z0-9/-]{3,20}(?: \d{3,4}){0,3})\b",
        _DIGIT,
    ),
    _rule("social_security_number", "identifier", r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", _DIGIT),
    _rule("national_insurance_number", "identifier", r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", _DIGIT),
    _rule("iban", "identifier", r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", _DIGIT),
    _rule("card_number", "identifier", r"(?<![\d-])\d{4}(?:[ -]?\d{4}){3}(?![\d-])", _DIGIT),
    _rule("nhs_number", "identifier", r"(?<![\d+-])[1-9]\d{2}[ -]\d{3}[ -]\d{4}(?![\d-])", _DIGIT),
    _rule("record_number", "identifier", r"\b[A-Z]{1,3}\d{6,10}\b", _DIGIT),
    _rule("numeric_date", "date", rf"(?<![\d/.-])\d{{1,2}}([/.-])\d{{1,2}}\1(?:{_YEAR}|\d\d)(?![\d/-])", _DIGIT),
    _rule("iso_date", "date", rf"(?<![\d-]){_YEAR}([-/])\d{{1,2}}\1{_DAY}(?!\d)", _DIGIT),
    _rule(
        "written_date",
        "date",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?[ -]?(?:of )?{_MONTH}(?:,?[ -]?{_YEAR}\b)?",
        _DIGIT,
    ),
    _rule(
        "written_date",
        "date",
        rf"\b{_MONTH}[ ]{_DAY}(?:st|nd|rd|th)?\b(?![:.]\d)(?:,? {_YEAR}\b)?",
        _DIGIT,
    ),
    _rule("month_and_year", "date", rf"\b{_MONTH},? {_YEAR}\b", _DIGIT),
    _rule(
        "age",
        "age",
        r"(?i:(?<![\w.])\d{1,3}(?: ?(?:1/2|½))?[ -]?(?:years?|yrs?|months?|weeks?|y)[ -]?(?:olds?|of age)\b"
        r"|(?<![\w.])\d{1,3} ?y/?o\b|\b(?:aged|age|age of|age:) ?\d{1,3}\b(?![%./]\d)"
        r"|\bin (?:my|his|her|their) (?:early |mid |late |mid-)?[2-9]0['’]?s\b)",
        _DIGIT,
    ),
    _rule("postcode", "place", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", _DIGIT),
    _rule(
        "street",
        "place",
        rf"\b\d{{1,5}}[A-Za-z]?,? {_NAME}(?: {_NAME}){{0,2}} (?:{_any_of(_WORDS['streets'])})\b",
        _DIGIT,
    ),
    _rule(
        "phone",
        "contact",
        r"(?<![\w.+/-])(?:\+\d{1,3}[ .-]?|00\d{1,3}[ .-]?)?\(?\d{2,5}\)?"
        r"(?:[ .-]?\d{2,5}){1,4}(?![\w/]|[.-]\d)",
        _DIGIT,
    ),
    _rule(
        "institution",
        "organisation",
        rf"\b(?P<it>(?:{_NAME}['’]?s? |[A-Z]{{2,5}} )(?:(?:{_NAME}['’]?s?|[A-Z]{{2,5}}|and|of|the|&) ){{0,4}}"
        rf"(?:{_any_of(_WORDS['institutions'])}))\b",
        names_only=True,
    ),
    _rule(
        "title",
        "person",
        rf"\b(?i:{_any_of(_WORDS['titles'])})\b\.?[ ](?:[A-Z]\.? ){{0,2}}(?P<it>{_NAMES})",
        names_only=True,
    ),
    _rule("role", "person", rf"\b(?i:{_any_of(_WORDS['roles'])})[ ](?P<it>{_NAMES})", names_only=True),
    _rule(
        "relation",
        "person",
        rf"\b(?i:(?:my|his|her|our|their|your) (?:\w{{2,12}} )?(?:{_any_of(_WORDS['relations'])})),?[ ]"
        rf"(?P<it>{_NAMES})",
        names_only=True,
    ),
    _rule(
        "introduction",
        "person",
        rf"\b(?i:my name is|name is|name was|named|(?:nurse|lady|man|gentleman|girl|someone) called"
        rf"|signed|regards,?|sincerely,?|dear)[ \n](?P<it>{_NAMES})",
        names_only=True,
    ),
    _rule("given_name", "person", rf"\b(?P<it>{_NAMES})", names_only=True),
    _rule(
        "home",
        "place",
        rf"\b(?i:live|lives|living|lived|moved|resident|based|born) (?:in|at|to|near|of) (?P<it>{_NAMES})",
        names_only=True,
    ),
)

_MASK = re.compile(r"\[[^\[\]\n]{1,40}\]|\(b\)\(\d\)", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_HAS_NAME = re.compile(r"[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]")
_FEWEST_PHONE_DIGITS, _MOST_PHONE_DIGITS = 9, 15


def personal_spans(text: str) -> tuple[Span, ...]:
    """Personal details in order of place, never overlapping, never inside a mask such as [NAME]."""
    taken = _masked(text)
    spans: list[Span] = []
    for rule in _RULES:
        if _is_worth_trying(rule, text):
            for span in _claims(rule, text):
                if not any(taken[span.start : span.end]):
                    spans.append(span)
                    taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return tuple(sorted(spans, key=lambda span: span.start))


def redact(text: str, spans: tuple[Span, ...]) -> str:
    """The text with each span replaced by a marker such as `[person]`."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return "".join([*pieces, text[position:]])


def _masked(text: str) -> bytearray:
    taken = bytearray(len(text))
    for found in _MASK.finditer(text):
        taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return taken


def _is_worth_trying(rule: _Rule, text: str) -> bool:
    if rule.needs == _DIGIT:
        return _HAS_DIGIT.search(text) is not None
    if rule.names_only:
        return _HAS_NAME.search(text) is not None
    return rule.needs in text


def _claims(rule: _Rule, text: str) -> Iterator[Span]:
    group = "it" if "it" in rule.pattern.groupindex else 0
    for found in rule.pattern.finditer(text):
        start, end = found.span(group)
        if rule.names_only:
            start, end = _trimmed(rule, text, start, end)
        if start < end and _is_plausible(rule, text[start:end]):
            yield Span(start, end, rule.kind, rule.why)


def _is_plausible(rule: _Rule, claimed: str) -> bool:
    if rule.why != "phone":
        return True
    digits = sum(char.isdigit() for char in claimed)
    return _FEWEST_PHONE_DIGITS <= digits <= _MOST_PHONE_DIGITS


def _trimmed(rule: _Rule, text: str, start: int, end: int) -> tuple[int, int]:
    """Keep of a run of capitalised words the part that is a name; nothing if none is."""
    words = [(found.start() + start, found.end() + start) for found in re.finditer(r"[^ ]{1,60}", text[start:end])]
    if rule.why == "given_name":
        words = _from_given_name(text, words)
    if rule.why == "institution":
        return _institution(text, words, end)
    kept = []
    for word_start, word_end in words:
        if text[word_start:word_end].lower() in _NO_NAMES:
            break
        kept.append((word_start, word_end))
    return (kept[0][0], kept[-1][1]) if kept else (start, start)


def _from_given_name(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    for position, (start, end) in enumerate(words):
        if re.split(r"['’-]", text[start:end], maxsplit=1)[0].lower() in _GIVEN:
            return words[position:]
    return []


def _institution(text: str, words: list[tuple[int, int]], end: int) -> tuple[int, int]:
    articles = [position for position, word in enumerate(words) if text[slice(*word)] == "the"]
    words = words[articles[-1] + 1 :] if articles else words
    while words and text[slice(*words[0])].lower() in _NO_NAMES | _FILLERS:
        words = words[1:]
    # One word left means a plain "Hospital" behind a word that is no name.
    return (words[0][0], end) if len(words) > 1 else (end, end)


_FILLERS = frozenset({"and", "of", "the", "for", "&", "local", "general", "day", "urgent", "medical", "nursing"})
