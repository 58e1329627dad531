"""Possible adverse events, complaints and special situations are pointed at; plain service talk is not."""

import pytest

from antiphon.engines.listening import Passage, Safety, Settings, listen


def safety(text: str, **settings: float) -> Safety:
    return listen([Passage("1", text)], settings=Settings(**settings))[0].safety


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("After taking the new tablets I got a rash all over", "adverse_event"),
        ("The vaccine gave me a fever and chills", "adverse_event"),
        ("Terrible side effects", "adverse_event"),
        ("Headache, nausea, dizziness, chills", "adverse_event"),
        ("She had an overdose by mistake", "special_situation"),
        ("I was given the wrong medication twice", "special_situation"),
        ("The inhaler did not work for me", "special_situation"),
        ("I was pregnant when they gave me the injection", "special_situation"),
        ("The pump was leaking", "product_complaint"),
        ("My glucose meter would not turn on", "product_complaint"),
    ],
)
def test_what_may_have_to_be_forwarded_is_flagged(text: str, kind: str) -> None:
    found = safety(text)
    assert (found.flag, found.kind) == (True, kind)
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "The staff were kind and I waited two hours",
        "No side effects at all",
        "I had the vaccine and no rash, itching or swelling",
        "They prescribed medication for my pain",
        "Good pain medication",
        "The doctor listened",
        "",
    ],
)
def test_service_talk_denials_and_indications_are_not_flagged(text: str) -> None:
    assert safety(text) == Safety(False, None, safety(text).score, (), ())


def test_a_denial_ends_with_its_clause() -> None:
    assert safety("The vaccine caused no fever, but a rash came").flag


def test_reasons_are_the_words_themselves() -> None:
    text = "Since starting the tablets I feel dizzy"
    assert {(text[why.start : why.end], why.rule) for why in safety(text).why} >= {
        ("Since starting", "after_taking"),
        ("dizzy", "reaction"),
    }


def test_seriousness_is_hinted_never_decided() -> None:
    text = "After the vaccine she had a seizure, stopped breathing and was admitted to intensive care"
    assert safety(text).seriousness_hints == ("hospitalisation", "life_threatening", "medically_important")


def test_a_higher_threshold_flags_less_and_keeps_the_score() -> None:
    text = "The pump was leaking"
    assert safety(text, safety_threshold=0.9) == Safety(False, None, safety(text).score, (), ())


def test_safety_is_read_in_other_languages_too() -> None:
    text = "Nach der Impfung hatte meine Tochter eine anaphylaxis und musste ins Krankenhaus gebracht werden"
    (heard,) = listen([Passage("1", text)])
    assert (heard.language, heard.safety.flag, heard.sentiment, heard.needs) == ("de", True, None, ())
