"""Dates in numbers and in words, by their shape; and the town before the date of a letter."""

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening.personal import _checks
from antiphon.engines.listening.personal._pattern import any_of, behind, digit_not_after, glued, heads, pattern

_WORDS = lexicon("personal")
_MONTH = rf"(?i:{any_of(_WORDS['months'])})(?![^\W\d_])(?:\.(?= ?\d))?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_UNIT_AFTER = r"(?!\d|[.,:/-]\d| ?(?:mg|ml|mcg|µg|g|kg|kcal|u|ui|iu|mm|cm|m|l|cc|hz|%|€|£|\$|x|[a-z]{1,4}/)(?![a-z]))"
_TIME = r"(?:[T ,]{1,2}\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?)?"
_MONTHS = heads(_WORDS["months"])
_ORDINALS = ("st", "nd", "rd", "th", "º")
_BEFORE_DAYS = "am|vom|zum|bis|seit|ab|den|der|dem|und|el|día|dia|on|since"
# fmt: off
_BEFORE_YEARS = (
    "in", "since", "during", "from", "until", "by", "of", "around", "year", "en", "desde", "año", "del", "hasta",
    "seit", "im jahr", "im jahre", "jahr", "bis", "von", "ab", "anfang", "ende", "mitte",
)
# fmt: on

DATES = (
    pattern(
        "iso_date",
        "date",
        rf"(?<![\d-]){_YEAR}([-/.])\d{{1,2}}\1{_DAY}{_TIME}(?!\d)",
        digits=6,
        between="-/.",
        hint=rf"{_YEAR}[-/.]",
    ),
    pattern(
        "numeric_date",
        "date",
        digit_not_after(r"[\d/.]")
        + rf"\d?(?:([/.])\d{{1,3}}\1 ?|(?<!\d-\d)(?<!\d-\d\d)-\d\d?-|\.\d{{1,2}} )(?:{_YEAR}"
        rf"|\d\d){_TIME}(?![\d/]|-\d\d?(?![\d./]))",
        digits=4,
        between="-/.",
        check=_checks.is_date,
    ),
    pattern(
        "day_and_month",
        "date",
        rf"(?i:\b(?:{_BEFORE_DAYS})) (?P<it>\d{{1,2}}(?:\.\d{{1,2}}\.|/\d{{1,2}}))(?![\d/%])",
        digits=2,
        words=heads(_BEFORE_DAYS.split("|")),
        between="./",
        check=_checks.is_day_and_month,
    ),
    pattern(
        "day_and_month",
        "date",
        digit_not_after(r"[\d.,]") + r"\d?\.\d{1,2}\.?(?= ?[-–] ?\d{1,2}\.\d{1,2}\.)",
        digits=4,
        between=".",
        check=_checks.is_day_and_month,
    ),
    pattern("month_and_year", "date", rf"(?<![\d/.,])(?:0?[1-9]|1[0-2])[/]{_YEAR}(?![\d/])", digits=5, between="/"),
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
        rf"(?P<it>{_YEAR})(?:{behind(_BEFORE_YEARS, 4)})\b{_UNIT_AFTER}",
        digits=4,
        words=heads(_BEFORE_YEARS),
        hint=_YEAR,
    ),
    pattern(
        "year",
        "date",
        r"(?P<it>19[3-9]\d|20[0-5]\d)(?:(?<=[^\W\d_][ .)(]\d{4})|(?<=[^\W\d_]\. \d{4})|(?<=[^\W\d_] \(\d{4}))"
        rf"(?=[ ,.;:)/\n]|$){_UNIT_AFTER}",
        digits=4,
        lengths={4},
    ),
    pattern("month_and_year", "date", r"(?<![\w./])(?P<it>0[1-9]/\d\d)(?![\d/%.])", digits=4, between="/"),
    pattern(
        "month_and_year",
        "date",
        r"(?:\(|\b(?:ED|ab|seit|bis|im|in) )(?P<it>(?:[1-9]|1[0-2])/(?:1[3-9]|[2-4]\d))(?=[),; ])",
        digits=3,
        between="/",
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
        words=frozenset(_WORDS["days"]),
    ),
)
