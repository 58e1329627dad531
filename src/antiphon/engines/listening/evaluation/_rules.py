"""Measuring what stands on rules and lists: personal details, safety, language, repetitions."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from antiphon.engines.listening._fingerprint import first_said
from antiphon.engines.listening._language import language_of
from antiphon.engines.listening._listen import DEFAULT_SETTINGS, safety_of_each
from antiphon.engines.listening._personal import personal_spans
from antiphon.engines.listening._values import Passage, Safety
from antiphon.engines.listening.evaluation._sets import COMMENTS, Record, records
from antiphon.engines.listening.learned._figures import interval

DIGITS = 3
Figure = dict[str, Any]
Masked = list[tuple[Record, list[tuple[int, int]]]]

ENGLISH = {
    "person": {"PERSON"},
    "contact": {"PHONE_NUMBER", "EMAIL_ADDRESS", "DOMAIN_NAME"},
    "date": {"DATE_TIME"},
    "place": {"STREET_ADDRESS", "GPE", "ZIP_CODE"},
}
GERMAN = {
    "person": {"NAME_PATIENT", "NAME_DOCTOR", "NAME_RELATIVE", "NAME_EXT"},
    "date": {"DATE"},
    "contact": {"CONTACT_PHONE", "CONTACT_FAX", "CONTACT_EMAIL"},
}
# Languages whose sentences get a figure of their own beside that of all.
NAMED_LANGUAGES = ("en", "de", "es")
LEAST_LETTERS, MOST_VARIED = 20, 600


def share(right: Sequence[bool], groups: Sequence[str] | None = None) -> Figure:
    """How many of all, with the interval that drawing whole groups anew gives; each is its own group unless said."""
    if not right:
        return {"value": 0.0, "n": 0, "interval": None}
    each = np.array(right, dtype=float)
    own = groups or [str(at) for at in range(len(each))]
    return {
        "value": round(float(each.mean()), DIGITS),
        "n": len(each),
        "interval": interval(own, lambda rows: float(each[rows].mean())),
    }


def personal(data: Path) -> Figure:
    """Personal details that are covered to their last letter, and how much else is masked, in three languages."""
    return {
        "en": _details(masked(records(data, "deid_presidio_en", "dev")), ENGLISH),
        "es": _details(masked(records(data, "deid_meddocan_es", "dev")), {}),
        "de": _details(masked(records(data, "deid_grascco_de", "dev")), GERMAN),
        "ordinary": _masked_wrongly(data),
    }


def _details(found: Masked, kinds: dict[str, set[str]]) -> Figure:
    """Each kind, all kinds asked for together (every kind that is marked where none is named), and precision."""
    asked = set().union(*kinds.values()) or {span["type"] for row, _ in found for span in row["spans"]}
    return {
        **{kind: covered(found, types) for kind, types in kinds.items()},
        "all": covered(found, asked),
        "precision": precision(found),
    }


def masked(said: Iterable[Record]) -> Masked:
    """Each record with the places that are masked in it."""
    return [(row, [(span.start, span.end) for span in personal_spans(row["text"])]) for row in said]


def covered(found: Masked, types: set[str]) -> Figure:
    """How many of the marked details are masked to their last letter."""
    answers, groups = [], []
    for at, (row, spans) in enumerate(found):
        hidden = _hidden_in(row["text"], spans)
        for span in row["spans"]:
            if span["type"] in types:
                letters = (place for place in range(span["start"], span["end"]) if row["text"][place].isalnum())
                answers.append(all(hidden[place] for place in letters))
                groups.append(str(at))
    return share(answers, groups)


def precision(found: Masked) -> float:
    """Share of masked letters and digits that somebody marked."""
    right = said = 0
    for row, spans in found:
        wanted = _hidden_in(row["text"], ((span["start"], span["end"]) for span in row["spans"]))
        hidden = _hidden_in(row["text"], spans)
        letters = [at for at, char in enumerate(row["text"]) if hidden[at] and char.isalnum()]
        said += len(letters)
        right += sum(wanted[at] for at in letters)
    return round(right / max(said, 1), DIGITS)


def _hidden_in(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    hidden = bytearray(len(text))
    for start, end in spans:
        hidden[start:end] = b"\1" * (end - start)
    return hidden


def _masked_wrongly(data: Path) -> Figure:
    """What ordinary comments lose: staff names in this set are masked already, so names found count as wrong."""
    texts = [row["text"] for row in records(data, COMMENTS, "dev")]
    names = sum(span.kind == "person" for text in texts for span in personal_spans(text))
    return {"n": len(texts), "names_in_1000": round(1_000 * names / len(texts), 1)}


def safety(data: Path) -> Figure:
    """Reports found, beside what is flagged among ordinary comments and mental-health questions."""
    unseen = _read_all(records(data, "vaers_narratives", "dev"))
    devices = _read_all(records(data, "maude_reports", "dev"))
    ordinary = _read_all(records(data, COMMENTS, "dev"))
    questions = _read_all(records(data, "mh_questions_counselchat", "dev"))
    return {
        "unseen": share([one.flag for one in unseen]),
        "devices": share([one.flag for one in devices]),
        "ordinary": share([one.flag for one in ordinary]),
        "ordinary_complaints": share([one.kind == "product_complaint" for one in ordinary]),
        "mental_health": share([one.flag for one in questions]),
    }


def _read_all(said: Iterable[Record]) -> list[Safety]:
    return [read_safety(row["text"]) for row in said]


def read_safety(text: str) -> Safety:
    """What the safety step alone says of a text."""
    return safety_of_each([text])[0]


def language(data: Path) -> Figure:
    """Right, wrong and left open: sentences of 37 languages, and two words of them."""
    said = records(data, "langid_lingua", "dev")
    told = [(row["kind"], row["lang"], language_of(row["text"], DEFAULT_SETTINGS)[0]) for row in said]
    sentences = [(lang, given) for kind, lang, given in told if kind == "sentences"]
    pairs = [(lang, given) for kind, lang, given in told if kind == "word-pairs"]
    return {
        "sentences": _named(sentences),
        "word_pairs": _named(pairs),
        **{name: _named([each for each in sentences if each[0] == name]) for name in NAMED_LANGUAGES},
    }


def _named(told: Sequence[tuple[str, str | None]]) -> Figure:
    wrong = [wanted != given for wanted, given in told if given is not None]
    return share([wanted == given for wanted, given in told]) | {
        "left_open": round(sum(given is None for _, given in told) / max(len(told), 1), DIGITS),
        "wrong_of_told": round(sum(wrong) / max(len(wrong), 1), DIGITS),
    }


def duplicates(data: Path) -> Figure:
    """Variants of real comments, made by a script: all found, and nothing else taken for one."""
    rows = records(data, "nhs_fft_v6", "dev")
    said = list(dict.fromkeys(re.sub(r"\W+", " ", row["text"]).strip().lower() for row in rows))
    # The same variants each time; nothing here is a secret.
    dice = random.Random(7)  # noqa: S311  the same slips each time, no secret
    texts = dice.sample([text for text in said if len(text) >= LEAST_LETTERS], k=min(MOST_VARIED, len(said) // 2))
    ways: dict[str, list[str]] = {
        "case": [text.upper() for text in texts],
        "spacing": [f"  {text.replace(' ', '   ')}\n" for text in texts],
        "punctuation": [text.replace(" ", ", ") + "!!" for text in texts],
    }
    place = {text: str(number) for number, text in enumerate(said)}
    first = [Passage(str(number), text) for number, text in enumerate(said)]

    def found(variants: Sequence[str]) -> list[bool]:
        answers = first_said([*first, *(Passage("later", text) for text in variants)])[len(first) :]
        return [answer == place[text] for answer, text in zip(answers, texts, strict=True)]

    return {
        "same_words": share([right for variants in ways.values() for right in found(variants)]),
        "one_slip": share(found([one_slip(text, dice) for text in texts])),
        "falsely_merged": sum(map(bool, first_said(first))),
    }


def one_slip(text: str, dice: random.Random) -> str:
    """One letter left out, doubled, changed, or swapped with its neighbour."""
    at = dice.choice([place for place in range(1, len(text) - 1) if text[place].isalpha()])
    other = dice.choice("abcdefghijklmnopqrstuvwxyz".replace(text[at], "") if text[at].isascii() else "x")
    return dice.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + other + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )


MEASURES: dict[str, Callable[[Path], Figure]] = {
    "personal": personal,
    "safety": safety,
    "language": language,
    "duplicates": duplicates,
}
