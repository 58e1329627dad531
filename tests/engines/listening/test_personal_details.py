"""Who a person is gets masked; ordinary words stay."""

import re

import pytest

from antiphon.engines.listening import Passage, listen
from antiphon.engines.listening.personal._fields import _KIND_OF
from antiphon.engines.listening.personal._pattern import in_small_letters


def redacted(text: str) -> str:
    return listen([Passage("1", text)])[0].redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to jo.bloggs+x@mail.example.org please", "Write to [contact] please"),
        ("Ring 07700 900123 or +44 20 7946 0958.", "Ring [contact] or [contact]."),
        ("See https://example.org/a?b=1.", "See [contact]."),
        ("Seen on 21/09/2021 and 3 March 2022, again 12th of May", "Seen on [date] and [date], again [date]"),
        ("It began on March 3rd, 2021", "It began on [date]"),
        ("Started 09Jan2021 at home", "Started [date] at home"),
        ("2021-09-21 first dose", "[date] first dose"),
        ("My 91 year old father, aged 91", "My [age] father, [age]"),
        ("I'm a 45-year-old man", "I'm a [age] man"),
        ("NHS number: 943 476 5919", "NHS number: [identifier]"),
        ("943-476-5919 is mine", "[identifier] is mine"),
        ("MRN 12345678 was mine", "MRN [identifier] was mine"),
        ("Her NI is AB 12 34 56 C today", "Her NI is [identifier] today"),
        ("Dr Smith and Mrs. Jones-Brown came", "Dr [person] and Mrs. [person] came"),
        ("nurse Joan was kind", "nurse [person] was kind"),
        ("my wife Anna waited", "my wife [person] waited"),
        ("My name is Oluwaseun Adeyemi and I", "My name is [person] and I"),
        ("Sarah was lovely", "[person] was lovely"),
        ("Taken to Royal Victoria Infirmary by car", "Taken to [organisation] by car"),
        ("Get the Oak Tree Surgery to answer", "Get the [organisation] to answer"),
        ("I live in Norwich now", "I live in [place] now"),
        ("12 Acacia Avenue SW1A 1AA", "[place] [place]"),
    ],
)
def test_personal_details_are_masked(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Great care. Will come again. May I say thanks? Hope all is well.",
        "Nurse Practitioner was good. The Hospital was clean. My Surgery rang.",
        "My Mother said the Operator asked too much.",
        "Doctor Was late. Monday was better than Christmas.",
        "I give it 10/10, waited 3 hours 30 min, 5 - 6 weeks, 24/7",
        "Blood pressure 108/74, pulse 66, temperature 38.5",
        "[NAME] at [Trust name] told [Dr Name] on [Date Redacted]",
        "mRNA-1273 and BNT162b2 were the two",
        "30 years ago it was better",
    ],
)
def test_ordinary_words_and_existing_masks_stay(text: str) -> None:
    assert redacted(text) == text


def test_a_span_names_its_rule_and_counts_code_points() -> None:
    text = "😀 Dr Smith"
    (span,) = listen([Passage("1", text)])[0].spans
    assert (text[span.start : span.end], span.kind, span.why) == ("Smith", "person", "title")


@pytest.mark.parametrize("label", ["addreſs", "ADDREſS", "Wohnhaft ın", "ſtreet"])
def test_a_label_in_odd_letters_never_raises(label: str) -> None:
    assert redacted(f"{label}: Somewhere 12")


def test_every_letter_that_a_label_is_found_by_leads_back_to_it() -> None:
    every = "".join(map(chr, range(0x20000)))
    for letter in {letter for label in _KIND_OF for letter in label if letter.isalpha()}:
        assert {in_small_letters(found) for found in re.findall(f"(?i:{letter})", every)} == {letter}
