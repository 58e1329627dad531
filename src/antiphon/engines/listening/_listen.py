"""The pipeline: pure steps over a batch of passages."""

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from antiphon.engines.listening import _fingerprint, _language, _needs, _personal, _safety, _sentiment
from antiphon.engines.listening._phrases import Match, PhraseIndex, Words, words_of
from antiphon.engines.listening._values import Heard, Need, Passage, Safety, Sentiment, Settings, Span, Step

if TYPE_CHECKING:
    from antiphon.engines.listening.learned._reader import Text

STEPS: tuple[Step, ...] = (
    _language.STEP,
    _personal.STEP,
    _safety.STEP,
    _sentiment.STEP,
    _needs.STEP,
    _fingerprint.STEP,
)
# The word lists and the reader are English. Safety is read in every language all the same: names of medicines travel.
READ_LANGUAGES = (None, "en")
# Below this confidence "another language" is taken for short or misspelt English.
SURE_OF_LANGUAGE = 0.8
DEFAULT_SETTINGS = Settings()
# Passages read at once: memory stays the same however long the batch.
AT_ONCE = 1_000

_Leaning = tuple[Sentiment | None, float, tuple[Need, ...], float, str]
_UNREAD: _Leaning = (None, 0.0, (), 0.0, "")


class _Looked(NamedTuple):
    """What is known of a passage before it is read as a whole."""

    passage: Passage
    language: str | None
    confidence: float
    words: Words
    safety: Safety
    needs: list[_needs.Listed]
    lean: float


def listen(batch: Sequence[Passage], *, settings: Settings = DEFAULT_SETTINGS) -> list[Heard]:
    """What is heard in each passage, in the order given; never raises on any text.

    The same passage gives the same result in any batch, except for `duplicate_of`, which names the first
    passage of this batch that says the same.
    """
    return _listened(batch, _fingerprint.Said(), settings)


def listen_to_each(batch: Sequence[Passage], settings: Settings) -> list[Heard]:
    """The same without looking for repetitions: what is heard in a passage depends on nothing but this passage."""
    return _listened(batch, None, settings)


def redacted(texts: Sequence[str]) -> list[str]:
    """The redacted reading of each text alone, as `listen` gives it, for the third of its memory."""
    return [
        _personal.redact(text, spans) for text, spans in zip(texts, _personal.personal_spans_of(texts), strict=True)
    ]


def safety_of_each(texts: Sequence[str], settings: Settings = DEFAULT_SETTINGS) -> list[Safety]:
    """What may have to be reported of each text alone, as `listen` hears it."""
    heard = []
    for text in texts:
        words = words_of(text)
        heard.append(_safety.safety_of(text, words, _by_owner(_index().find(words))[_safety.OWNER], settings))
    return heard


def _listened(batch: Sequence[Passage], earlier: _fingerprint.Said | None, settings: Settings) -> list[Heard]:
    heard: list[Heard] = []
    for start in range(0, len(batch), AT_ONCE):
        looked = _look(batch[start : start + AT_ONCE], settings)
        first_said = [None if earlier is None else _first_said(one, earlier) for one in looked]
        leanings = _read(looked, settings)
        spans = _personal.personal_spans_of([one.passage.text for one in looked])
        heard += map(_heard, looked, leanings, spans, first_said)
    return heard


def _first_said(one: _Looked, earlier: _fingerprint.Said) -> str | None:
    return earlier.first(one.passage.id, _fingerprint.said_by(one.words))


def _look(batch: Sequence[Passage], settings: Settings) -> list[_Looked]:
    # Step by step for all passages, not passage by passage: what a step needs stays near the core.
    languages = _language.languages_of([passage.text for passage in batch], settings)
    words = [words_of(passage.text) for passage in batch]
    found = [_by_owner(_index().find(each)) for each in words]
    return list(map(_looked, batch, words, found, languages, repeat(settings)))


def _looked(
    passage: Passage,
    words: Words,
    found: dict[str, list[Match]],
    language: tuple[str | None, float],
    settings: Settings,
) -> _Looked:
    safety = _safety.safety_of(passage.text, words, found[_safety.OWNER], settings)
    needs = _needs.listed(found[_needs.OWNER])
    lean = _sentiment.lean_of(passage.text, words, found[_sentiment.OWNER])
    return _Looked(passage, *language, words, safety, needs, lean)


def _read(looked: Sequence[_Looked], settings: Settings) -> list[_Leaning]:
    """Feeling and needs of those in a language the reader knows."""
    known = [one for one in looked if one.language in READ_LANGUAGES or one.confidence < SURE_OF_LANGUAGE]
    if not known:
        return [_UNREAD] * len(looked)
    # Imported here because the numbers take a tenth of a second to load.
    from antiphon.engines.listening.learned._reader import Text, reader

    shipped = reader()
    leanings: dict[int, _Leaning] = {}
    for one, reading in zip(known, shipped.read([Text(*_hinted(one)) for one in known]), strict=True):
        needs = _needs.needs_of(one.words, one.needs, reading, shipped, settings)
        feeling = _sentiment.sentiment_of(reading, one.lean, len(one.words), one.passage.question)
        leanings[id(one)] = (*feeling, needs, reading.doubt, reading.doubtful)
    return [leanings.get(id(one), _UNREAD) for one in looked]


def _hinted(one: _Looked) -> tuple[Words, str, Sequence[float], float, bool]:
    """What a `Text` of the reader holds."""
    return one.words, one.passage.question, _needs.hints(one.needs), one.lean, one.safety.flag


def hinted_text(text: str, question: str) -> "Text":
    """A text as the reader learns from it and reads it."""
    from antiphon.engines.listening.learned._reader import Text

    return Text(*_hinted(_look([Passage("", text, question)], DEFAULT_SETTINGS)[0]))


def _heard(one: _Looked, leaning: _Leaning, spans: tuple[Span, ...], duplicate_of: str | None) -> Heard:
    sentiment, score, needs, doubt, doubtful = leaning
    own, text = one.passage.id, one.passage.text
    told = (sentiment, score, needs, duplicate_of, STEPS, doubt, doubtful)
    return Heard(own, one.language, one.confidence, _personal.redact(text, spans), spans, one.safety, *told)


@cache
def _index() -> PhraseIndex:
    return PhraseIndex(_safety.safety_phrases() + _sentiment.sentiment_phrases() + _needs.need_phrases())


def _by_owner(matches: list[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {_safety.OWNER: [], _sentiment.OWNER: [], _needs.OWNER: []}
    for match in matches:
        found[match.phrase.owner].append(match)
    return found
