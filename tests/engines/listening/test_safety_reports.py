"""Reports are found in the words of patients and in the words of those who report; service talk is not one."""

import pytest

from antiphon.engines.listening import Passage, Safety, listen


def safety(text: str) -> Safety:
    return listen([Passage("1", text)])[0].safety


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pt c/o mild nausea this morning, declined lunch", "adverse_event"),
        ("She lost consciousness minutes after the injection", "adverse_event"),
        ("Ever since the new tablets I have vivid dreams", "adverse_event"),
        ("He was inadvertently given a second brand of the vaccine", "special_situation"),
        ("The child was too young for this vaccine and got it all the same", "special_situation"),
        ("IT WAS REPORTED THAT THE UNIT HAS AN ISSUE. IT WILL BE EVALUATED.", "product_complaint"),
        ("My hearing aid is faulty", "product_complaint"),
        ("The manufacturer replaced the button and the display", "product_complaint"),
    ],
)
def test_reports_are_flagged_in_any_voice(text: str, kind: str) -> None:
    found = safety(text)
    assert (found.flag, found.kind) == (True, kind)
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "The appointment system did not work and I had problems getting a chair",
        "There was an issue with the lift and the machine for parking was broken",
        "The bed was not comfortable, the table was dirty",
        "I was in pain and they came quickly",
    ],
)
def test_troubles_of_a_service_are_no_complaint_about_a_product(text: str) -> None:
    assert not safety(text).flag
