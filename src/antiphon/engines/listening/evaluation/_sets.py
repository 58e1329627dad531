"""The open sets that figures are measured on, and the comments in them."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from antiphon.engines.listening.learned import Coded
from antiphon.engines.listening.learned._grams import Ints
from antiphon.engines.listening.learned._reader import SECTIONS
from antiphon.engines.listening.teaching import Answer

Record = Mapping[str, Any]

COMMENTS, SURVEY, QUESTIONS = "nhs_fft_v6", "nhs_fft_phase1", "mh_questions_counselchat"
REPORTS = ("vaers_narratives", "maude_reports")
LEAST_OF_TOPIC = 10
SECTION_OF = {
    "clinical_benefit": "N1",
    "wellbeing_support": "N2",
    "practical_logistical_cost": "N3",
    "commitment_contribution": "N4",
}


def records(data: Path, name: str, *parts: str) -> list[Record]:
    """The records of the parts of a set, in order."""
    lines = [line for part in parts for line in (data / name / f"{part}.jsonl").read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def reports(data: Path) -> list[Record]:
    """Reports about vaccines and devices."""
    return [record for name in REPORTS for record in records(data, name, "dev")]


def groups_of(said: Sequence[Record]) -> list[str]:
    """Who spoke: comments of one person are drawn together."""
    return [record["respondent"] for record in said]


def coded_of(said: Sequence[Record]) -> list[Coded]:
    """Comments with the codes that their readers gave."""
    return [Coded(record, frozenset(record["labels_v7_approx"]), record["respondent"]) for record in said]


def sections_of(record: Record) -> frozenset[str]:
    """The sections of the needs framework that the codes of a comment belong to."""
    return frozenset(SECTION_OF[section] for section in record["pe_section_silver"])


def section_truth(said: Sequence[Record]) -> Ints:
    """One row a comment, one column a section."""
    return np.array([[code in sections_of(record) for code in SECTIONS] for record in said], dtype=np.int64)


def answers_of(said: Sequence[Record]) -> list[Answer]:
    """Comments as the reader learns from them."""
    return [
        Answer(
            record["text"],
            record["question"],
            record["respondent"],
            sections_of(record),
            record["sentiment_1vpos_5vneg"],
        )
        for record in said
    ]


def topic_truth(said: Sequence[Record]) -> tuple[list[str], Ints]:
    """The codes that stand often enough to be known topics, and which comment has which."""
    often = Counter(code for record in said for code in record["labels_v7_approx"])
    names = sorted(code for code, count in often.items() if count >= LEAST_OF_TOPIC)
    return names, np.array([[name in record["labels_v7_approx"] for name in names] for record in said], dtype=np.int64)


def classes_of(said: Sequence[Record]) -> Ints:
    """0 negative, 1 neutral, 2 positive, -1 where nobody said."""
    felt = [record["sentiment_1vpos_5vneg"] for record in said]
    return np.array([-1 if each is None else 2 if each <= 2 else 1 if each <= 3 else 0 for each in felt])
