"""Personal details that their shape gives away: addresses of the net, numbers, dates, ages.

Every pattern is bounded and starts where few texts start, so that no text makes it slow.
"""

from collections.abc import Iterator

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span
from antiphon.engines.listening.personal import _checks
from antiphon.engines.listening.personal._dates import DATES
from antiphon.engines.listening.personal._identifiers import IDENTIFIERS
from antiphon.engines.listening.personal._pattern import (
    CAPITAL,
    TOUCHING,
    any_in_any_case,
    any_of,
    digit_not_after,
    glued,
    heads,
    pattern,
    sieves,
)
from antiphon.engines.listening.personal._tokens import Tokens

_WORDS = lexicon("personal")
_NUMBER_WORD = rf"(?i:{any_of(_WORDS['number_words'])})"
_SPANS = ("years", "year", "yrs", "yr", "months", "month", "weeks", "week", "y")
_SPANS_IN_SPANISH = ("años", "año", "meses", "mes", "días", "dias", "semanas")
_BEFORE_AGES_IN_SPANISH = ("", "edad", "de", "tiene", "tenía", "tenia")
_COUNTED_IN_SPANISH = glued(_BEFORE_AGES_IN_SPANISH, _WORDS["number_words"]) | {"", "medio"}

# In order of trust: where two claim the same characters, the earlier one keeps them.
PATTERNS = (
    *IDENTIFIERS,
    *DATES,
    pattern(
        "military_post",
        "place",
        r"(?:\bUS[A-Z]{1,4} [^\W\d_]{2,30}\s{1,3})?\b[ADF]PO [A-Z]{2} \d{5}\b",
        digits=5,
        words=glued("adf", ("po",)),
    ),
    pattern(
        "post_box",
        "place",
        r"(?i:\b(?:\d{1,6} )?p\.? ?o\.? ?box \d{1,6}\b)",
        digits=1,
        words=frozenset({"box", "obox", "pobox"}),
    ),
    pattern(
        "corner",
        "place",
        r"(?i:\b(?:the )?corner of (?=[^\n.?!,]{0,40}\d)[^\n.?!,]{3,60}\b)",
        digits=1,
        words=frozenset({"corner"}),
    ),
    pattern("time", "date", digit_not_after(r"[\d:]") + r"\d?:\d\d:\d\d(?![\d:])", digits=5, between=":"),
    pattern(
        "age",
        "age",
        rf"(?i:(?<![\w.])\d{{1,3}}(?: ?(?:1/2|½))?[ -]?(?:{'|'.join(_SPANS)})[ -]?(?:olds?|of age)\b"
        r"|(?<![\w.])\d{1,3} ?y/?o\b|\b(?:aged|age|age of|age:) ?\d{1,3}\b(?![%./]\d)"
        r"|\bin (?:my|his|her|their) (?:early |mid |late |mid-)?[2-9]0['’]?s\b)",
        digits=1,
        # The last is what stands behind the thirties.
        words=glued(_SPANS, ("", "old", "olds", "of")) | {"y", "yo", "aged", "age", "s"},
    ),
    pattern(
        "age",
        "age",
        r"(?i:\b(?:turned|turning|turn|when (?:he|she|i) was|i['’]m|i am|he is|she is|he was|she was)) (?P<it>[1-9]\d)"
        r"(?=[.,;!?]|$| and)",
        digits=2,
        words=frozenset({"turned", "turning", "turn", "was", "m", "am", "is"}),
        hint=r" [1-9]\d(?:[.,;!?]|$| and)",
    ),
    pattern(
        "age",
        "age",
        "(?P<it>" + digit_not_after(r"[\w.,]") + r"\d{0,2})(?= ?-? ?(?i:jährig|j\.|jähr\b|jahre alt|jahre altes))",
        digits=1,
        hint="[jJ][äÄaA.]",
    ),
    pattern(
        "age",
        "age",
        r"(?i:\b(?:alter von|mit)) (?P<it>\d{1,3})(?= (?i:jahren)\b)",
        digits=1,
        words=frozenset({"alter", "mit"}),
    ),
    pattern(
        "age",
        "age",
        r"(?i:\b(?:edad ?:?|de|tiene|tenía|tenia|(?:los|con)(?= \d\d? años))[ \t]{0,3})"
        rf"(?P<it>(?:\d{{1,3}}(?: y medio)?|{_NUMBER_WORD}) ?(?i:años?|mes|meses|días|dias"
        rf"|semanas)(?: y (?:\d{{1,2}}|medio)(?: meses)?)?)\b"
        r"(?! ?(?i:de evolución|de evolucion|de seguimiento|de duración|de tratamiento|de historia|después|antes"
        r"|más tarde|de la|del |de antigüedad|postoperatori))",
        words=glued(_COUNTED_IN_SPANISH, _SPANS_IN_SPANISH),
        check=_checks.is_age,
    ),
    pattern("age", "age", r"(?i:\b(?:edad|alter)[ \t]{0,2}:[ \t]{0,3})(?P<it>\d{1,3})\b", ":", 1),
    pattern(
        "sex",
        "other",
        r"(?i:\b(?:sexo|geschlecht|sex|gender)[ \t]{0,2}:[ \t]{0,3})(?P<it>[^\W\d_]{1,12})\b",
        ":",
        words=frozenset({"sexo", "geschlecht", "sex", "gender"}),
    ),
    pattern(
        "sex",
        "other",
        r"\b(?P<it>(?i:varón|mujer|niño|niña|hombre|lactante varón))(?=,? (?:de |con )?(?:\d{1,3}"
        r"|[a-zá-ú]{3,9}) (?:años|meses|días|semanas))",
        words=frozenset({"varón", "mujer", "niño", "niña", "hombre", "lactante"}),
    ),
    pattern(
        "sex",
        "other",
        r"(?i:\bpaciente )(?P<it>(?i:varón|mujer|masculino|femenino|femenina))\b",
        words=frozenset({"paciente"}),
    ),
    pattern("postcode", "place", rf"{CAPITAL}[A-Z]?\d[A-Z\d]? ?\d[A-Z]{{2}}\b", digits=2, between=TOUCHING),
    pattern("postcode", "place", r"\b(?:E-|A-|D-|CH-|F-)\d{4,5}\b", digits=4, between="-"),
    pattern(
        "postcode",
        "place",
        r"(?i:\b(?:cp|c\.p\.?|plz|zip|zip code|zipcode|código postal|postcode)[ \t]{0,2}[:.]?[ \t]{0,3})"
        r"(?P<it>\d{4,6})\b",
        digits=4,
        words=frozenset({"cp", "c", "plz", "zip", "zipcode", "código", "postcode"}),
    ),
    pattern(
        "named_phone",
        "contact",
        rf"(?<!\w)(?:{any_in_any_case(_WORDS['phone_fields'])})[ \t]{{0,3}}[.:;]{{0,2}}[ \t\n]{{0,3}}"
        r"(?i:(?:y fax[ :.]{1,3})?)"
        r"(?P<it>\+?\(?\d(?:[\d ./()-]{4,22})\d)(?![\w])",
        digits=5,
        words=heads(_WORDS["phone_fields"]),
        check=_checks.is_named_phone,
    ),
    pattern(
        "phone",
        "contact",
        # A plus, two noughts, a bracket or any other digit.
        r"[\d(+](?<![\w.+/-][\d(+])(?:(?<=\+)\d{1,3}[ .-]?(?:\(0\) ?)?\(?\d{1,5}|(?<=0)0\d{1,3}[ .-]?\(?\d{1,5}"
        r"|(?<=\()\d{1,5}|(?<=\d)\d{0,4})\)?(?:[ ./-]{0,2}\(?\d{2,8}\)?){1,5}"
        r"(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\w/]|[.-]\d)",
        digits=8,
        check=_checks.is_phone,
    ),
    pattern(
        "long_number",
        "identifier",
        digit_not_after(r"[\w.,-]") + r"\d{8,23}(?![\w]|[.,]\d)",
        digits=9,
        lengths=range(9, 25),
    ),
)
_SIEVES = sieves(PATTERNS)


def pattern_spans(text: str, tokens: Tokens) -> Iterator[Span]:
    """Every place where a shape fits, pattern by pattern."""
    for each in _SIEVES[min(tokens.digits, len(_SIEVES) - 1)].worth_trying(text, tokens):
        yield from each.spans(text)
