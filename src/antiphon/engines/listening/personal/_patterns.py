"""Personal details that their shape gives away: addresses of the net, numbers, dates, ages.

Every pattern is bounded and starts where few texts start, so that no text makes it slow.
"""

from collections.abc import Iterator

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span
from antiphon.engines.listening.personal import _checks
from antiphon.engines.listening.personal._pattern import (
    CAPITAL,
    any_of,
    by_digits,
    digit_not_after,
    glued,
    heads,
    pattern,
    worth_trying,
)
from antiphon.engines.listening.personal._tokens import Tokens

_WORDS = lexicon("personal")


_MONTH = rf"(?i:{any_of(_WORDS['months'])})(?![^\W\d_])(?:\.(?= ?\d))?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_NUMBER_WORD = rf"(?i:{any_of(_WORDS['number_words'])})"
_UNIT_AFTER = r"(?!\d|[.,:/-]\d| ?(?:mg|ml|mcg|µg|g|kg|kcal|u|ui|iu|mm|cm|m|l|cc|hz|%|€|£|\$|x|[a-z]{1,4}/)(?![a-z]))"
_TIME = r"(?:[T ,]{1,2}\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?)?"
_MONTHS = heads(_WORDS["months"])
_ORDINALS = ("st", "nd", "rd", "th", "º")
_BEFORE_DAYS = "am|vom|zum|bis|seit|ab|den|der|dem|und|el|día|dia|on|since"
_BEFORE_YEARS = "in|since|during|from|until|by|of|around|year|en|desde|año|del|hasta|seit"
_BEFORE_YEARS += "|im jahre?|jahr|bis|von|ab|anfang|ende|mitte"
_SPANS = ("years", "year", "yrs", "yr", "months", "month", "weeks", "week", "y")
_SPANS_IN_SPANISH = ("años", "año", "meses", "mes", "días", "dias", "semanas")
_BEFORE_AGES_IN_SPANISH = ("", "edad", "de", "tiene", "tenía", "tenia")
_COUNTED_IN_SPANISH = glued(_BEFORE_AGES_IN_SPANISH, _WORDS["number_words"]) | {"", "medio"}

# In order of trust: where two claim the same characters, the earlier one keeps them.
PATTERNS = (
    pattern(
        "email", "contact", r"(?<![\w.+-])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@])", needs="@"
    ),
    pattern(
        "url",
        "contact",
        r"(?i:\bhttps?://[^\s<>\"']{1,500}(?<![.,;:!?)])|\bwww\.[^\s<>\"']{1,500}(?<![.,;:!?)]))",
        needs=".",
        words=frozenset({"http", "https", "www"}),
    ),
    pattern(
        "domain",
        "contact",
        rf"(?<![\w.@-])(?:[A-Za-z0-9][A-Za-z0-9-]{{1,62}}\.){{1,4}}(?:{any_of(_WORDS['domains'])})(?![\w@])(?!\.\w)",
        hint=rf"\.(?:{any_of(_WORDS['domains'])})(?![\w@])",
    ),
    pattern("handle", "contact", r"(?<![\w.@])@[A-Za-z_]\w{2,30}\b", needs="@"),
    pattern(
        "ip_address",
        "contact",
        digit_not_after(r"[\w.]") + r"\d{0,2}\.(?:\d{1,3}\.){2}\d{1,3}(?![\w]|\.\d)",
        needs=".",
        digits=4,
        check=_checks.is_ip,
    ),
    pattern(
        "ip_address",
        "contact",
        r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{1,4}(?![\w:])",
        hint=r":[0-9A-Fa-f]{0,4}:",
        check=_checks.is_ip,
    ),
    pattern(
        "mac_address",
        "contact",
        r"(?<![\w:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:])",
        hint=r"[:-][0-9A-Fa-f]{2}[:-]",
    ),
    pattern(
        "named_number",
        "identifier",
        rf"(?i:(?<!\w)(?:{any_of(_WORDS['id_fields'])})(?![^\W\d_])"
        r"(?: ?(?:number|nummer|número|numero|no\.?|nr\.?|num\.?|nº|n°|id|card|#))?(?: is| ist| es)?"
        r"[ \t]{0,3}[:#=.]?[ \t]{0,8})"
        r"(?P<it>(?=[A-Za-z./-]{0,8}\d)[A-Za-z0-9](?:[A-Za-z0-9/.-]{0,20}[A-Za-z0-9])?(?: \d{1,10}){0,4})(?!\w)",
        digits=1,
        words=heads(_WORDS["id_fields"]),
        check=_checks.is_reference,
    ),
    pattern("social_security_number", "identifier", r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", "-", 9),
    pattern("licence_number", "identifier", r"(?<![\d-])\d{4}-\d{2}-\d{4}(?![\d-])", "-", 10),
    pattern("national_insurance_number", "identifier", r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", digits=6),
    pattern("iban", "identifier", rf"{CAPITAL}[A-Z]\d\d(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?\b", digits=2),
    pattern(
        "identity_card",
        "identifier",
        r"\b(?:\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z])\b",
        digits=7,
        hint=r"\d-?[A-Z]",
        check=_checks.is_spanish_id,
    ),
    pattern("card_number", "identifier", r"(?<![\d-])\d{4}(?:[ -]?\d{4}){3}(?![\d-])", digits=16),
    pattern(
        "nhs_number",
        "identifier",
        r"(?<![\d+-])[1-9]\d{2}[ -]\d{3}[ -]\d{4}(?![\d-])",
        digits=10,
        check=_checks.is_nhs,
    ),
    pattern("record_number", "identifier", r"\b[A-Z]{1,3}\d{6,10}\b", digits=6),
    pattern(
        "iso_date", "date", rf"(?<![\d-]){_YEAR}([-/.])\d{{1,2}}\1{_DAY}{_TIME}(?!\d)", "", 6, hint=rf"{_YEAR}[-/.]"
    ),
    pattern(
        "numeric_date",
        "date",
        digit_not_after(r"[\d/.]")
        + rf"\d?(?:([/.])\d{{1,3}}\1 ?|(?<!\d-\d)(?<!\d-\d\d)-\d\d?-|\.\d{{1,2}} )(?:{_YEAR}"
        rf"|\d\d){_TIME}(?![\d/]|-\d\d?(?![\d./]))",
        digits=4,
        check=_checks.is_date,
    ),
    pattern(
        "day_and_month",
        "date",
        rf"(?i:\b(?:{_BEFORE_DAYS})) (?P<it>\d{{1,2}}(?:\.\d{{1,2}}\.|/\d{{1,2}}))(?![\d/%])",
        digits=2,
        words=heads(_BEFORE_DAYS.split("|")),
        hint=r"\d[./]",
        check=_checks.is_day_and_month,
    ),
    pattern(
        "day_and_month",
        "date",
        digit_not_after(r"[\d.,]") + r"\d?\.\d{1,2}\.?(?= ?[-–] ?\d{1,2}\.\d{1,2}\.)",
        needs=".",
        digits=4,
        check=_checks.is_day_and_month,
    ),
    pattern("month_and_year", "date", rf"(?<![\d/.,])(?:0?[1-9]|1[0-2])[/]{_YEAR}(?![\d/])", "/", 5),
    pattern(
        "written_date",
        "date",
        rf"(?<![\d.,]){_DAY}(?:{'|'.join(_ORDINALS)}|\.)?[ -]{{0,2}}(?:(?:of|de|del) )?(?:the )?{_MONTH}"
        rf"(?:(?:,| de| del| of)?[ -]?{_YEAR}\b)?",
        digits=1,
        # An ordinal may stand right before its month.
        words=glued(("", *_ORDINALS), _WORDS["months"]),
    ),
    pattern(
        "written_date",
        "date",
        rf"\b{_MONTH}[ ]{_DAY}(?:st|nd|rd|th)?\b(?![:.]\d)(?:,? {_YEAR}\b)?",
        digits=1,
        words=_MONTHS,
    ),
    pattern("month_and_year", "date", rf"\b{_MONTH}(?:,| de| del| of| /|/)? ?{_YEAR}\b", "", 4, _MONTHS),
    pattern(
        "year",
        "date",
        rf"(?i:\b(?:{_BEFORE_YEARS})) (?P<it>{_YEAR})\b{_UNIT_AFTER}",
        digits=4,
        words=heads(_BEFORE_YEARS.split("|")),
        hint=_YEAR,
    ),
    pattern(
        "year",
        "date",
        r"(?P<it>19[3-9]\d|20[0-5]\d)(?:(?<=[^\W\d_][ .)(]\d{4})|(?<=[^\W\d_]\. \d{4})|(?<=[^\W\d_] \(\d{4}))"
        rf"(?=[ ,.;:)/\n]|$){_UNIT_AFTER}",
        digits=4,
    ),
    pattern("month_and_year", "date", r"(?<![\w./])(?P<it>0[1-9]/\d\d)(?![\d/%.])", "/", 4),
    pattern(
        "month_and_year",
        "date",
        r"(?:\(|\b(?:ED|ab|seit|bis|im|in) )(?P<it>(?:[1-9]|1[0-2])/(?:1[3-9]|[2-4]\d))(?=[),; ])",
        "/",
        3,
    ),
    pattern(
        "place_and_date",
        "place",
        r"(?m:^[ \t]{0,40}(?P<it>[^\W\d_]{3,20}(?:[ -][^\W\d_]{2,20}){0,2}), (?:den|am|a) \d{1,2}(?:\.| de))",
        ", ",
        1,
        frozenset({"den", "am", "a"}),
    ),
    pattern(
        "weekday",
        "date",
        rf"\b(?:on|meet|met|On) (?P<it>(?:{'|'.join(day.title() for day in _WORDS['days'])})(?: (?:morning"
        rf"|afternoon|evening|night))?)\b",
        "day",
    ),
    pattern(
        "military_post", "place", r"(?:\bUS[A-Z]{1,4} [^\W\d_]{2,30}\s{1,3})?\b[ADF]PO [A-Z]{2} \d{5}\b", "PO ", 5
    ),
    pattern("post_box", "place", r"(?i:\b(?:\d{1,6} )?p\.? ?o\.? ?box \d{1,6}\b)", "ox ", 1),
    pattern("corner", "place", r"(?i:\b(?:the )?corner of (?=[^\n.?!,]{0,40}\d)[^\n.?!,]{3,60}\b)", "orner of", 1),
    pattern("time", "date", r"(?<![\d:])\d{1,2}:\d\d:\d\d(?![\d:])", ":", 5),
    pattern(
        "age",
        "age",
        rf"(?i:(?<![\w.])\d{{1,3}}(?: ?(?:1/2|½))?[ -]?(?:{'|'.join(_SPANS)})[ -]?(?:olds?|of age)\b"
        r"|(?<![\w.])\d{1,3} ?y/?o\b|\b(?:aged|age|age of|age:) ?\d{1,3}\b(?![%./]\d)"
        r"|\bin (?:my|his|her|their) (?:early |mid |late |mid-)?[2-9]0['’]?s\b)",
        digits=1,
        words=glued(_SPANS, ("", "old", "olds", "of")) | {"y", "yo", "aged", "age", "my", "his", "her", "their"},
    ),
    pattern(
        "age",
        "age",
        r"(?i:\b(?:turned|turning|turn|when (?:he|she|i) was|i['’]m|i am|he is|she is|he was|she was)) (?P<it>[1-9]\d)"
        r"(?=[.,;!?]|$| and)",
        digits=2,
        words=frozenset({"turned", "turning", "turn", "was", "m", "am", "is"}),
    ),
    pattern(
        "age",
        "age",
        "(?P<it>" + digit_not_after(r"[\w.,]") + r"\d{0,2})(?= ?-? ?(?i:jährig|j\.|jähr\b|jahre alt|jahre altes))",
        digits=1,
        hint="[jJ]",
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
    pattern("sex", "other", r"(?i:\bpaciente )(?P<it>(?i:varón|mujer|masculino|femenino|femenina))\b", "acient"),
    pattern("postcode", "place", rf"{CAPITAL}[A-Z]?\d[A-Z\d]? ?\d[A-Z]{{2}}\b", digits=2),
    pattern("postcode", "place", r"\b(?:E-|A-|D-|CH-|F-)\d{4,5}\b", "-", 4),
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
        rf"(?i:(?<!\w)(?:{any_of(_WORDS['phone_fields'])})[ \t]{{0,3}}[.:;]{{0,2}}[ \t\n]{{0,3}}"
        r"(?:y fax[ :.]{1,3})?)"
        r"(?P<it>\+?\(?\d(?:[\d ./()-]{4,22})\d)(?![\w])",
        digits=5,
        words=heads(_WORDS["phone_fields"]),
        check=_checks.is_named_phone,
    ),
    pattern(
        "phone",
        "contact",
        r"(?<![\w.+/-])(?:\+\d{1,3}[ .-]?(?:\(0\) ?)?|00\d{1,3}[ .-]?)?\(?\d{1,5}\)?"
        r"(?:[ ./-]{0,2}\(?\d{2,8}\)?){1,5}(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\w/]|[.-]\d)",
        digits=8,
        check=_checks.is_phone,
    ),
    pattern("long_number", "identifier", r"(?<![\w.,-])\d{9,24}(?![\w]|[.,]\d)", digits=9),
)
_BY_DIGITS = by_digits(PATTERNS)


def pattern_spans(text: str, tokens: Tokens) -> Iterator[Span]:
    """Every place where a shape fits, pattern by pattern."""
    for each in worth_trying(_BY_DIGITS, text, tokens):
        yield from each.spans(text)
