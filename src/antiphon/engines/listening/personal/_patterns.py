"""Personal details that their shape gives away: addresses of the net, numbers, dates, ages.

Every pattern is bounded and starts where few texts start, so that no text makes it slow.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span, SpanKind
from antiphon.engines.listening.personal import _checks

_WORDS = lexicon("personal")


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_MONTH = rf"(?i:{_any_of(_WORDS['months'])})(?![^\W\d_])(?:\.(?= ?\d))?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_NUMBER_WORD = rf"(?i:{_any_of(_WORDS['number_words'])})"
_UNIT_AFTER = r"(?!\d|[.,:/-]\d| ?(?:mg|ml|mcg|µg|g|kg|kcal|u|ui|iu|mm|cm|m|l|cc|hz|%|€|£|\$|x|[a-z]{1,4}/)(?![a-z]))"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape; the group `it`, where there is one, is masked. `needs` is a cheap pre-check, `check` a last one."""

    why: str
    kind: SpanKind
    shape: re.Pattern[str]
    needs: str = ""
    check: Callable[[str], bool] | None = None


def _pattern(
    why: str, kind: SpanKind, shape: str, needs: str = "", check: Callable[[str], bool] | None = None
) -> Pattern:
    return Pattern(why, kind, re.compile(shape), needs, check)


_DIGIT = "0"
_TIME = r"(?:[T ,]{1,2}\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?)?"

# In order of trust: where two claim the same characters, the earlier one keeps them.
PATTERNS = (
    _pattern("email", "contact", r"(?<![\w.+-])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@])", "@"),
    _pattern(
        "url",
        "contact",
        r"(?i:\bhttps?://[^\s<>\"']{1,500}(?<![.,;:!?)])|\bwww\.[^\s<>\"']{1,500}(?<![.,;:!?)]))",
        ".",
    ),
    _pattern(
        "domain",
        "contact",
        rf"(?<![\w.@-])(?:[A-Za-z0-9][A-Za-z0-9-]{{1,62}}\.){{1,4}}(?:{_any_of(_WORDS['domains'])})(?![\w@])(?!\.\w)",
        ".",
    ),
    _pattern("handle", "contact", r"(?<![\w.@])@[A-Za-z_]\w{2,30}\b", "@"),
    _pattern("ip_address", "contact", r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)", _DIGIT, _checks.is_ip),
    _pattern(
        "ip_address", "contact", r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{1,4}(?![\w:])", ":", _checks.is_ip
    ),
    _pattern("mac_address", "contact", r"(?<![\w:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:])", _DIGIT),
    _pattern(
        "named_number",
        "identifier",
        rf"(?i:(?<!\w)(?:{_any_of(_WORDS['id_fields'])})(?![^\W\d_])"
        r"(?: ?(?:number|nummer|número|numero|no\.?|nr\.?|num\.?|nº|n°|id|card|#))?(?: is| ist| es)?"
        r"[ \t]{0,3}[:#=.]?[ \t]{0,8})"
        r"(?P<it>(?=[A-Za-z./-]{0,8}\d)[A-Za-z0-9](?:[A-Za-z0-9/.-]{0,20}[A-Za-z0-9])?(?: \d{1,10}){0,4})(?!\w)",
        _DIGIT,
        _checks.is_reference,
    ),
    _pattern("social_security_number", "identifier", r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", _DIGIT),
    _pattern("licence_number", "identifier", r"(?<![\d-])\d{4}-\d{2}-\d{4}(?![\d-])", _DIGIT),
    _pattern("national_insurance_number", "identifier", r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", _DIGIT),
    _pattern("iban", "identifier", r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", _DIGIT),
    _pattern(
        "identity_card", "identifier", r"\b(?:\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z])\b", _DIGIT, _checks.is_spanish_id
    ),
    _pattern("card_number", "identifier", r"(?<![\d-])\d{4}(?:[ -]?\d{4}){3}(?![\d-])", _DIGIT),
    _pattern("nhs_number", "identifier", r"(?<![\d+-])[1-9]\d{2}[ -]\d{3}[ -]\d{4}(?![\d-])", _DIGIT, _checks.is_nhs),
    _pattern("record_number", "identifier", r"\b[A-Z]{1,3}\d{6,10}\b", _DIGIT),
    _pattern("iso_date", "date", rf"(?<![\d-]){_YEAR}([-/.])\d{{1,2}}\1{_DAY}{_TIME}(?!\d)", _DIGIT),
    _pattern(
        "numeric_date",
        "date",
        rf"(?<![\d/.])\d{{1,2}}(?:([/.])\d{{1,3}}\1 ?|(?<!\d-\d)(?<!\d-\d\d)-\d\d?-|\.\d{{1,2}} )(?:{_YEAR}"
        rf"|\d\d){_TIME}(?![\d/]|-\d\d?(?![\d./]))",
        _DIGIT,
        _checks.is_date,
    ),
    _pattern(
        "day_and_month",
        "date",
        r"(?i:\b(?:am|vom|zum|bis|seit|ab|den|der|dem|und|el|día|dia|on|since)) (?P<it>\d{1,2}(?:\.\d{1,2}\."
        r"|/\d{1,2}))(?![\d/%])",
        _DIGIT,
        _checks.is_day_and_month,
    ),
    _pattern(
        "day_and_month",
        "date",
        r"(?<![\d.,])\d{1,2}\.\d{1,2}\.?(?= ?[-–] ?\d{1,2}\.\d{1,2}\.)",
        _DIGIT,
        _checks.is_day_and_month,
    ),
    _pattern("month_and_year", "date", rf"(?<![\d/.,])(?:0?[1-9]|1[0-2])[/]{_YEAR}(?![\d/])", _DIGIT),
    _pattern(
        "written_date",
        "date",
        rf"(?<![\d.,]){_DAY}(?:st|nd|rd|th|\.|º)?[ -]{{0,2}}(?:(?:of|de|del) )?(?:the )?{_MONTH}"
        rf"(?:(?:,| de| del| of)?[ -]?{_YEAR}\b)?",
        _DIGIT,
    ),
    _pattern("written_date", "date", rf"\b{_MONTH}[ ]{_DAY}(?:st|nd|rd|th)?\b(?![:.]\d)(?:,? {_YEAR}\b)?", _DIGIT),
    _pattern("month_and_year", "date", rf"\b{_MONTH}(?:,| de| del| of| /|/)? ?{_YEAR}\b", _DIGIT),
    _pattern(
        "year",
        "date",
        rf"(?i:\b(?:in|since|during|from|until|by|of|around|year|en|desde|año|del|hasta|seit|im jahre?|jahr|bis"
        rf"|von|ab|anfang|ende|mitte))"
        rf" (?P<it>{_YEAR})\b{_UNIT_AFTER}",
        _DIGIT,
    ),
    _pattern(
        "year",
        "date",
        rf"(?:(?<=[^\W\d_][ .)(])|(?<=[^\W\d_]\. )|(?<=[^\W\d_] \())(?P<it>19[3-9]\d|20[0-5]\d)(?=[ ,.;:)/\n]"
        rf"|$){_UNIT_AFTER}",
        _DIGIT,
    ),
    _pattern("month_and_year", "date", r"(?<![\w./])(?P<it>0[1-9]/\d\d)(?![\d/%.])", _DIGIT),
    _pattern(
        "month_and_year",
        "date",
        r"(?:\(|\b(?:ED|ab|seit|bis|im|in) )(?P<it>(?:[1-9]|1[0-2])/(?:1[3-9]|[2-4]\d))(?=[),; ])",
        _DIGIT,
    ),
    _pattern(
        "place_and_date",
        "place",
        r"(?m:^[ \t]{0,40}(?P<it>[^\W\d_]{3,20}(?:[ -][^\W\d_]{2,20}){0,2}), (?:den|am|a) \d{1,2}(?:\.| de))",
        _DIGIT,
    ),
    _pattern(
        "weekday",
        "date",
        rf"\b(?:on|meet|met|On) (?P<it>(?:{'|'.join(day.title() for day in _WORDS['days'])})(?: (?:morning"
        rf"|afternoon|evening|night))?)\b",
        "day",
    ),
    _pattern("military_post", "place", r"(?:\bUS[A-Z]{1,4} [^\W\d_]{2,30}\s{1,3})?\b[ADF]PO [A-Z]{2} \d{5}\b", "PO "),
    _pattern("post_box", "place", r"(?i:\b(?:\d{1,6} )?p\.? ?o\.? ?box \d{1,6}\b)", "ox "),
    _pattern("corner", "place", r"(?i:\b(?:the )?corner of (?=[^\n.?!,]{0,40}\d)[^\n.?!,]{3,60}\b)", "orner of"),
    _pattern("time", "date", r"(?<![\d:])\d{1,2}:\d\d:\d\d(?![\d:])", _DIGIT),
    _pattern(
        "age",
        "age",
        r"(?i:(?<![\w.])\d{1,3}(?: ?(?:1/2|½))?[ -]?(?:years?|yrs?|months?|weeks?|y)[ -]?(?:olds?|of age)\b"
        r"|(?<![\w.])\d{1,3} ?y/?o\b|\b(?:aged|age|age of|age:) ?\d{1,3}\b(?![%./]\d)"
        r"|\bin (?:my|his|her|their) (?:early |mid |late |mid-)?[2-9]0['’]?s\b)",
        _DIGIT,
    ),
    _pattern(
        "age",
        "age",
        r"(?i:\b(?:turned|turning|turn|when (?:he|she|i) was|i['’]m|i am|he is|she is|he was|she was)) (?P<it>[1-9]\d)"
        r"(?=[.,;!?]|$| and)",
        _DIGIT,
    ),
    _pattern(
        "age", "age", r"(?<![\w.,])(?P<it>\d{1,3})(?= ?-? ?(?i:jährig|j\.|jähr\b|jahre alt|jahre altes))", _DIGIT
    ),
    _pattern("age", "age", r"(?i:\b(?:alter von|mit)) (?P<it>\d{1,3})(?= (?i:jahren)\b)", _DIGIT),
    _pattern(
        "age",
        "age",
        r"(?i:\b(?:edad ?:?|de|tiene|tenía|tenia|(?:los|con)(?= \d\d? años))[ \t]{0,3})"
        rf"(?P<it>(?:\d{{1,3}}(?: y medio)?|{_NUMBER_WORD}) ?(?i:años?|mes|meses|días|dias"
        rf"|semanas)(?: y (?:\d{{1,2}}|medio)(?: meses)?)?)\b"
        r"(?! ?(?i:de evolución|de evolucion|de seguimiento|de duración|de tratamiento|de historia|después|antes"
        r"|más tarde|de la|del |de antigüedad|postoperatori))",
        "",
        _checks.is_age,
    ),
    _pattern("age", "age", r"(?i:\b(?:edad|alter)[ \t]{0,2}:[ \t]{0,3})(?P<it>\d{1,3})\b", _DIGIT),
    _pattern(
        "sex", "other", r"(?i:\b(?:sexo|geschlecht|sex|gender)[ \t]{0,2}:[ \t]{0,3})(?P<it>[^\W\d_]{1,12})\b", ":"
    ),
    _pattern(
        "sex",
        "other",
        r"\b(?P<it>(?i:varón|mujer|niño|niña|hombre|lactante varón))(?=,? (?:de |con )?(?:\d{1,3}"
        r"|[a-zá-ú]{3,9}) (?:años|meses|días|semanas))",
        "",
    ),
    _pattern("sex", "other", r"(?i:\bpaciente )(?P<it>(?i:varón|mujer|masculino|femenino|femenina))\b", "acient"),
    _pattern("postcode", "place", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", _DIGIT),
    _pattern("postcode", "place", r"\b(?:E-|A-|D-|CH-|F-)\d{4,5}\b", "-"),
    _pattern(
        "postcode",
        "place",
        r"(?i:\b(?:cp|c\.p\.?|plz|zip|zip code|zipcode|código postal|postcode)[ \t]{0,2}[:.]?[ \t]{0,3})"
        r"(?P<it>\d{4,6})\b",
        _DIGIT,
    ),
    _pattern(
        "named_phone",
        "contact",
        rf"(?i:(?<!\w)(?:{_any_of(_WORDS['phone_fields'])})[ \t]{{0,3}}[.:;]{{0,2}}[ \t\n]{{0,3}}"
        r"(?:y fax[ :.]{1,3})?)"
        r"(?P<it>\+?\(?\d(?:[\d ./()-]{4,22})\d)(?![\w])",
        _DIGIT,
        _checks.is_named_phone,
    ),
    _pattern(
        "phone",
        "contact",
        r"(?<![\w.+/-])(?:\+\d{1,3}[ .-]?(?:\(0\) ?)?|00\d{1,3}[ .-]?)?\(?\d{1,5}\)?"
        r"(?:[ ./-]{0,2}\(?\d{2,8}\)?){1,5}(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\w/]|[.-]\d)",
        _DIGIT,
        _checks.is_phone,
    ),
    _pattern("long_number", "identifier", r"(?<![\w.,-])\d{9,24}(?![\w]|[.,]\d)", _DIGIT),
)


def pattern_spans(text: str) -> Iterator[Span]:
    """Every place where a shape fits, pattern by pattern."""
    has_digit = any(map(str.isdigit, text))
    for pattern in PATTERNS:
        if has_digit if pattern.needs == _DIGIT else pattern.needs in text:
            group = "it" if "it" in pattern.shape.groupindex else 0
            for found in pattern.shape.finditer(text):
                if pattern.check is None or pattern.check(found.group(group)):
                    yield Span(*found.span(group), pattern.kind, pattern.why)
