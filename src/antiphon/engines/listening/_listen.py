"""The pipeline: pure steps over a batch of passages."""

from collections.abc import Sequence
from functools import cache

from antiphon.engines.listening import _fingerprint, _language, _needs, _personal, _safety, _sentiment
from antiphon.engines.listening._phrases import Match, PhraseIndex, words_of
from antiphon.engines.listening._values import Heard, Need, Passage, Sentiment, Settings, Step

STEPS: tuple[Step, ...] = (
    _language.STEP,
    _personal.STEP,
    _safety.STEP,
    _sentiment.STEP,
    _needs.STEP,
    _fingerprint.STEP,
)
# The word lists are English. Safety is read in every language all the same: names of medicines travel.
READ_LANGUAGES = (None, "en")
# Below this confidence "another language" is taken for short or misspelt English.
SURE_OF_LANGUAGE = 0.8
DEFAULT_SETTINGS = Settings()


def listen(batch: Sequence[Passage], *, settings: Settings = DEFAULT_SETTINGS) -> list[Heard]:
    """What is heard in each passage, in the order given; never raises on any text.

    The same passage gives the same result in any batch, except for `duplicate_of`, which names the first
    passage of this batch that says the same.
    """
    earlier = _fingerprint.first_said(batch)
    return [_hear(passage, duplicate_of, settings) for passage, duplicate_of in zip(batch, earlier, strict=True)]


def _hear(passage: Passage, duplicate_of: str | None, settings: Settings) -> Heard:
    text = passage.text
    language, confidence = _language.language_of(text, settings)
    spans = _personal.personal_spans(text)
    words = words_of(text)
    found = _by_owner(_index().find(words))
    sentiment: Sentiment | None = None
    score = 0.0
    needs: tuple[Need, ...] = ()
    if language in READ_LANGUAGES or confidence < SURE_OF_LANGUAGE:
        sentiment, score = _sentiment.sentiment_of(text, words, found[_sentiment.OWNER])
        needs = _needs.needs_of(found[_needs.OWNER], settings)
    return Heard(
        id=passage.id,
        language=language,
        language_confidence=confidence,
        redacted=_personal.redact(text, spans),
        spans=spans,
        safety=_safety.safety_of(text, words, found[_safety.OWNER], settings),
        sentiment=sentiment,
        sentiment_score=score,
        needs=needs,
        duplicate_of=duplicate_of,
        steps=STEPS,
    )


@cache
def _index() -> PhraseIndex:
    return PhraseIndex(_safety.safety_phrases() + _sentiment.sentiment_phrases() + _needs.need_phrases())


def _by_owner(matches: list[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {_safety.OWNER: [], _sentiment.OWNER: [], _needs.OWNER: []}
    for match in matches:
        found[match.phrase.rule.split(":", 1)[0]].append(match)
    return found
