"""Which language a passage is in, or nobody's guess when there is too little of it."""

from functools import lru_cache
from importlib.metadata import version
from typing import Protocol, cast

from antiphon.engines.listening._values import Settings, Step

# Reading more than this changes no answer and costs time in proportion.
READ_AT_MOST = 1_000
FIRST_SYLLABLE_SCRIPT = "\u3040"

STEP = Step("language", f"py3langid {version('py3langid')}")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...
    def set_languages(self, langs: list[str]) -> None: ...


@lru_cache(maxsize=4)
def _identifier(languages: tuple[str, ...]) -> _Identifier:
    # Imported here because the model takes most of a second to unpack.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
    found.set_languages(list(languages))
    return found


def language_of(text: str, settings: Settings) -> tuple[str | None, float]:
    """ISO 639-1 code and confidence in 0..1; (None, 0.0) when the text is too short to tell."""
    head = text[:READ_AT_MOST]
    if _letters(head) < settings.min_language_letters:
        return None, 0.0
    language, confidence = _identifier(settings.languages).classify(head)
    rounded = round(float(confidence), 4)
    return (language, rounded) if rounded >= settings.min_language_confidence else (None, rounded)


def _letters(text: str) -> int:
    # A character of a script that writes syllables or words says as much as three letters.
    return sum(3 if char >= FIRST_SYLLABLE_SCRIPT else 1 for char in text if char.isalpha())
