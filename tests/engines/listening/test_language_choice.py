"""Languages are told apart by letters and small words, and left open where a text says too little."""

import pytest

from antiphon.engines.listening._language import language_of
from antiphon.engines.listening._tongues import LONGEST, SCALE, Tongues, tongues
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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please ask Zbigniew Wojciechowski and Agnieszka Krzyżanowska what they think of it all", "en"),
        ("I was seen by Wojciech Szczepański at the clinic in the morning", "en"),
        ("Meet me at 8514 Lyngveien 46 Apt. 085 BODØ 12", None),
        ("Die Schwestern und Ärzte auf Station waren sehr nett zu meiner Mutter und zu mir", "de"),
        ("DIE SCHWESTERN UND DIE ÄRZTE AUF DER STATION WAREN SEHR NETT ZU MIR: it was such a good time", "de"),
    ],
)
def test_names_do_not_tell_the_language_where_other_words_do(text: str, language: str | None) -> None:
    assert language_of(text, SETTINGS)[0] == language


def test_what_is_unsure_is_left_open_and_says_how_unsure() -> None:
    language, confidence = language_of("normal final capital", SETTINGS)
    assert language is None
    assert 0 < confidence < SETTINGS.min_language_confidence


def test_thirty_seven_languages_are_told_apart_and_fewer_where_asked() -> None:
    assert len(set(DEFAULT_LANGUAGES)) == 37
    asked = Settings(languages=("no", "da"), min_language_confidence=0.0)
    assert language_of("Wir wissen nicht, was sie sagt und warum", asked)[0] in ("nb", "da")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("krankenhaus geöffnet", "de"),
        ("demasiado ruido", "es"),
        ("nurses waiting", "en"),
        ("больница закрыта", "ru"),
        ("лікарня закрита", "uk"),
        ("病院へ行く", "ja"),
        ("医院", "zh"),
        ("병원에서 기다", "ko"),
        ("νοσοκομείο", "el"),
    ],
)
def test_two_words_tell_a_language(text: str, language: str) -> None:
    assert language_of(text, SETTINGS)[0] == language


def test_a_script_that_none_of_the_languages_asked_for_writes_is_left_open() -> None:
    assert language_of("Врач всё объяснил нам спокойно", Settings(languages=("en", "fr"))) == (None, 0.0)
    assert language_of("โรงพยาบาลดีมาก", SETTINGS) == (None, 0.0)


def test_letters_that_no_language_here_has_are_left_open() -> None:
    assert language_of("ƀƁƂƃƄƅ ƆƇƈƉ", SETTINGS)[0] is None


def slow_likelihood(known: Tongues, row: int, text: str) -> float:
    """Letter by letter, the longest run that is known."""
    cost = 0.0
    values = {int(key): int(known.values[at, row]) for at, key in enumerate(known.keys) if known.values[at, row]}
    for word in text.split():
        places = [int(known.letters[ord(char)]) for char in word]
        for end in range(1, len(places) + 1):
            longest = min(LONGEST, end)
            for length in range(longest, 0, -1):
                run = places[end - length : end] + [0] * (LONGEST - length)
                key = int.from_bytes(bytes(run))
                if key in values:
                    cost += values[key] + (longest - length) * (SCALE // 2)
                    break
            else:
                cost += 14 * SCALE + (longest - 1) * (SCALE // 2)
    return -cost / SCALE


@pytest.mark.parametrize("text", ["a nurse waited", "ångest i vården", "x", "ł ą z b cde fghij klmnop"])
def test_likelihoods_are_those_of_the_slow_way(text: str) -> None:
    known = tongues()["latin"]
    found = known.likelihoods([text])[0]
    for row in (known.languages.index(each) for each in ("en", "sv", "vi")):
        assert found[row] == pytest.approx(slow_likelihood(known, row, text))
