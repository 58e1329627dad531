"""Which language a passage is in, or nobody's guess when there is too little of it."""

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Protocol, cast

from antiphon.engines.listening._lexicons import lexicon, version_of
from antiphon.engines.listening._values import Settings, Step

# Reading more than this changes no answer and costs time in proportion.
READ_AT_MOST = 1_000
# The identifier's own names for what is one language here.
_SAME = {"no": "nb"}
# What a letter that a language does not have leaves of its probability, and a word that it alone has adds to it.
_FOREIGN_LETTER, _OWN_WORD = 0.12, 2.0
# Raised to this power the shares are probabilities: of answers given with 0.6, six in ten are right.
_SHARPER = 1.8

STEP = Step("language", f"py3langid {version('py3langid')}, alphabets {version_of('alphabets')}")


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...
    def set_languages(self, langs: list[str]) -> None: ...


@lru_cache(maxsize=4)
def _identifier(languages: tuple[str, ...]) -> _Identifier:
    # Imported here because the model takes most of a second to unpack.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(found.nb_classes)
    wanted = {each for each in (*languages, *_SAME) if each in known and _SAME.get(each, each) in languages}
    found.set_languages(sorted(wanted))
    return cast(_Identifier, found)


def language_of(text: str, settings: Settings) -> tuple[str | None, float]:
    """ISO 639-1 code and confidence in 0..1; (None, 0.0) when the text is too short to tell."""
    head = text[:READ_AT_MOST]
    if _letters(head) < settings.min_language_letters:
        return None, 0.0
    language, confidence = _likeliest(head, _chosen(settings.languages))
    rounded = round(float(confidence), 4)
    return (language, rounded) if rounded >= settings.min_language_confidence else (None, rounded)


def _chosen(languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_SAME.get(each, each) for each in languages))


def _likeliest(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    low = unicodedata.normalize("NFC", text).lower()
    weights: dict[str, float] = {}
    for language, share in _identifier(languages).rank(text):
        name = _SAME.get(language, language)
        weights[name] = max(weights.get(name, 0.0), share)
    _weigh_letters(weights, {char for char in low if char > "\x7f" and char.isalpha()})
    _weigh_words(weights, low.split())
    best = max(weights, key=lambda language: weights[language])
    total = sum((weight / weights[best]) ** _SHARPER for weight in weights.values()) if weights[best] else 0.0
    return best, 1.0 / total if total else 0.0


def _weigh_letters(weights: dict[str, float], letters: set[str]) -> None:
    for letter in letters:
        owners = _owners().get(letter)
        if owners:
            for language in weights:
                if language not in owners:
                    weights[language] *= _FOREIGN_LETTER


def _weigh_words(weights: dict[str, float], words: Iterable[str]) -> None:
    for word in words:
        for language in _speakers().get(word, ()):
            if language in weights:
                weights[language] *= _OWN_WORD


@cache
def _owners() -> dict[str, frozenset[str]]:
    """The languages that write a letter; letters that no list names tell nothing."""
    owners: dict[str, set[str]] = {}
    for language, letters in lexicon("alphabets")["letters"].items():
        for letter in letters:
            owners.setdefault(letter, set()).add(language)
    return {letter: frozenset(languages) for letter, languages in owners.items()}


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """The languages a short word belongs to."""
    speakers: dict[str, list[str]] = {}
    for language, words in lexicon("alphabets")["words"].items():
        for word in words:
            speakers.setdefault(str(word), []).append(str(language))
    return {word: tuple(languages) for word, languages in speakers.items()}


def _letters(text: str) -> int:
    # A letter that few languages have, or a character that is a syllable or a word, says as much as three others.
    return sum(3 if char > "\x7f" else 1 for char in text if char.isalpha())
