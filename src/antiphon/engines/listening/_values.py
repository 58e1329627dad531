"""What goes into listening and what comes out: values only. Those that come for each passage are tuples, made fast."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

SpanKind = Literal["person", "date", "contact", "place", "identifier", "organisation", "age", "other"]
SafetyKind = Literal["adverse_event", "product_complaint", "special_situation"]
SeriousnessHint = Literal[
    "death",
    "hospitalisation",
    "life_threatening",
    "disability",
    "congenital_anomaly",
    "medically_important",
]
Sentiment = Literal["negative", "neutral", "positive"]

# The languages that are told apart where nobody chose others; two short words tell one, a single word does not.
# fmt: off
DEFAULT_LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "he", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh",
)
# fmt: on


class Passage(NamedTuple):
    """One text in a person's own words; `id` is the caller's and comes back untouched.

    `question` is what the text answers, where that is known: "nothing" means something else after "What was
    good?" than after "What could we do better?".
    """

    id: str
    text: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds of a run; scores lie in 0..1, lengths count code points.

    `languages` are ISO 639-1 codes to choose from; the language step abstains below
    `min_language_letters` letters or `min_language_confidence`. A need is suggested from the probability on
    that serves best for its section, or from `need_threshold` on, whichever is higher.
    """

    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    min_language_letters: int = 9
    min_language_confidence: float = 0.5
    need_threshold: float = 0.0
    safety_threshold: float = 0.4


class Why(NamedTuple):
    """A place in the untouched original (code points, end exclusive) and the rule that rests on it."""

    start: int
    end: int
    rule: str


class Span(NamedTuple):
    """A personal detail in the untouched original (code points, end exclusive)."""

    start: int
    end: int
    kind: SpanKind
    why: str


class Safety(NamedTuple):
    """A hint for a person to look at, never a judgement of causality; `score` in 0..1."""

    flag: bool
    kind: SafetyKind | None
    score: float
    why: tuple[Why, ...]
    seriousness_hints: tuple[SeriousnessHint, ...]


class Need(NamedTuple):
    """A need of the framework (`N1`..`N4`, `N1.1`..) suggested with a score in 0..1 and its reasons."""

    code: str
    score: float
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step that took part in a result, and its version."""

    name: str
    version: str


class Heard(NamedTuple):
    """What was heard in one passage; every offset points into the untouched original.

    `doubt` in 0..1 says how near the section of the framework named by `doubtful` came to its threshold.
    """

    id: str
    language: str | None
    language_confidence: float
    redacted: str
    spans: tuple[Span, ...]
    safety: Safety
    sentiment: Sentiment | None
    sentiment_score: float
    needs: tuple[Need, ...]
    duplicate_of: str | None
    steps: tuple[Step, ...]
    doubt: float = 0.0
    doubtful: str = ""
