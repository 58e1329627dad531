"""Languages are told apart by letters and small words, and left open where a text says too little."""

import pytest

from antiphon.engines.listening._language import language_of
from antiphon.engines.listening._values import DEFAULT_LANGUAGES, Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hva hun sier, men det ble mye bedre etter timen", "nb"),
        ("Jeg ved ikke hvad hun siger, men det blev meget bedre efter timen", "da"),
        ("Pacijenti su rekli da je sve bilo dobro objašnjeno, što nije uvijek tako", "hr"),
        ("Пацијенти су рекли да је све било добро објашњено", "sr"),
        ("Els metges han explicat tot molt bé i amb calma", "ca"),
        ("Dokter menjelaskan semuanya dengan sangat baik kepada kami", "id"),
        ("Bác sĩ đã giải thích mọi thứ rất rõ ràng", "vi"),
    ],
)
def test_look_alikes_are_told_apart(text: str, language: str) -> None:
    assert language_of(text, SETTINGS)[0] == language


@pytest.mark.parametrize("text", ["", "pain", "ok ok", "😀" * 12, "12345678901234567890", "\x00\ud800"])
def test_too_little_is_left_open(text: str) -> None:
    assert language_of(text, SETTINGS) == (None, 0.0)


def test_what_is_unsure_is_left_open_and_says_how_unsure() -> None:
    language, confidence = language_of("total normal final", SETTINGS)
    assert language is None
    assert 0 < confidence < SETTINGS.min_language_confidence


def test_thirty_seven_languages_are_told_apart_and_fewer_where_asked() -> None:
    assert len(set(DEFAULT_LANGUAGES)) == 37
    asked = Settings(languages=("no", "da"), min_language_confidence=0.0)
    assert language_of("Wir wissen nicht, was sie sagt und warum", asked)[0] in ("nb", "da")
