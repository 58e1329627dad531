"""Personal details in English, Spanish and German, by what announces them and by what they look like."""

import gzip
import timeit
from importlib.resources import files
from time import process_time

import pytest

from antiphon.engines.listening._personal import personal_spans, redact


def redacted(text: str) -> str:
    return redact(text, personal_spans(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I spoke to Oluwaseun O. Adébáyò yesterday", "I spoke to [person] yesterday"),
        ("my name is ellen brandt and i need help", "my name is [person] and i need help"),
        ("Rebecca and Katarzyna were so kind", "[person] and [person] were so kind"),
        ("We live at 14 Acorn Lane, Flat 2", "We live at [place]"),
        ("Send it to 12 Kastanienstraße 5 Apt. 310\nUppsala\n Sweden 75310", "Send it to [place]"),
        ("Write to P.O. Box 118 please", "Write to [place] please"),
        ("It started in 2004 and again in March 2011", "It started in [date] and again in [date]"),
        ("Ring +46 (0)8 555 010 20 or 020 7946 0958 x12", "Ring [contact] or [contact]"),
        ("See example.co.uk or 203.0.113.7", "See [contact] or [contact]"),
        ("My card 4111111111111111 was lost", "My card [identifier] was lost"),
    ],
)
def test_english_details_are_masked(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nombre: Lucía.\nApellidos: Ferrer de la Hoz.", "Nombre: [person].\nApellidos: [person]."),
        (
            "La paciente fue vista por la Dra. Inés Mora Gil el 3 de mayo de 2017",
            "La paciente fue vista por la Dra. [person] el [date]",
        ),
        ("Domicilio: Calle Olmo, 12, 3 B.\nCP: 28045.", "Domicilio: [place].\nCP: [place]."),
        ("Se remite a la C/ Alcalá, 20 28014 Madrid para su control", "Se remite a la [place] para su control"),
        ("Paciente de 63 años con dolor desde hace 3 años", "Paciente de [age] con dolor desde hace 3 años"),
        ("NHC: 482910. NASS: 28 12345678 90.", "NHC: [identifier]. NASS: [identifier]."),
        ("DNI 12345678Z en la ficha", "DNI [identifier] en la ficha"),
    ],
)
def test_spanish_details_are_masked(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Wir berichten über Frau Heidemarie Sommer, geb. am 03.04.1951, die vom 1.2. bis zum 9.2.2020 hier war.",
            "Wir berichten über Frau [person], geb. am [date], die vom [date] bis zum [date] hier war.",
        ),
        ("Herr Tausend, Ingo, wurde am 5. Mai 2019 entlassen", "Herr [person], wurde am [date] entlassen"),
        ("Sie wohnt in der Lindenstraße 22a, 10969 Berlin und ist gesund", "Sie wohnt in der [place] und ist gesund"),
        ("Der 80-jährige Patient wurde von uns vorgestellt", "Der [age]-jährige Patient wurde von uns vorgestellt"),
        ("Die Leber und die Milz des Patienten sind bei der Kontrolle unauffällig", None),
    ],
)
def test_german_details_are_masked_and_nouns_stay(text: str, expected: str | None) -> None:
    assert redacted(text) == (expected or text)


@pytest.mark.parametrize(
    "text",
    [
        "The C.P.N. on Cherry Ward was good",
        "Excelent service, Friendly staff, Thankyou",
        "She has Parkinson's and the NHS 111 line helped",
        "MR scan and MS nurse were fine",
        "Waited on ward 12 for 2000 ml of fluid",
    ],
)
def test_wards_posts_illnesses_and_misspellings_are_no_people(text: str) -> None:
    assert redacted(text) == text


def test_a_name_that_a_title_announced_is_masked_wherever_it_stands() -> None:
    assert redacted("Mrs Okonkwo came. We like Okonkwo.") == "Mrs [person] came. We like [person]."


@pytest.mark.parametrize("text", ["943 476 5918", "12345678A"])
def test_a_number_whose_check_digit_is_wrong_is_not_what_it_looks_like(text: str) -> None:
    assert all(span.why not in ("nhs_number", "identity_card") for span in personal_spans(text))


@pytest.mark.parametrize(
    "said",
    [
        "A slight sore arm. Advil 400 mg and an ice pack handled that well.",
        "I took Tylenol 500 mg at night, and Zoloft 50mg daily.",
        "Ventolin 2 puffs, Insulin 10 units, Creon 3 capsules and Oramorph 5ml.",
    ],
)
def test_how_much_of_a_medicine_was_taken_is_no_address(said: str) -> None:
    assert not [said[span.start : span.end] for span in personal_spans(said) if span.kind == "place"]


def test_a_name_with_a_house_number_behind_it_is_one_still() -> None:
    said = "She lives at Wellington 800 and walks to the clinic."
    assert [said[span.start : span.end] for span in personal_spans(said) if span.kind == "place"] == ["Wellington 800"]


@pytest.mark.parametrize(
    "piece", ["(", "[", "a", "1", "1 ", "@", "a@", "A ", "Dr ", "12.", "1-", "C/ ", "Aa1 ", "é", "\n"]
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def spent(size: int) -> float:
        text = piece * (size // len(piece))
        return min(timeit.repeat(lambda: personal_spans(text), timer=process_time, number=1, repeat=3))

    spent(1_000)  # lists are read when they are first asked
    assert spent(80_000) < 12 * spent(20_000) + 0.2


def test_the_packed_lists_are_sorted_small_and_without_a_moment() -> None:
    folder = files("antiphon.engines.listening") / "lists"
    packed = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".gz")}
    assert sum(map(len, packed.values())) < 8 * 1024 * 1024
    for content in packed.values():
        # The moment of writing stands in these four bytes.
        assert content[4:8] == b"\0\0\0\0"
        entries = gzip.decompress(content).decode().split("\n")
        assert entries == sorted(set(entries))
        assert all(entries)
