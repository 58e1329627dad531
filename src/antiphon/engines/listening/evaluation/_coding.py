"""Measuring the codebook, the sections of the needs framework, and feeling."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from antiphon.engines.listening._listen import hinted_text
from antiphon.engines.listening._needs import STRONG_ENOUGH
from antiphon.engines.listening.evaluation._sets import (
    COMMENTS,
    Record,
    answers_of,
    classes_of,
    coded_of,
    groups_of,
    records,
    section_truth,
)
from antiphon.engines.listening.learned import fit_codebook
from antiphon.engines.listening.learned._background import background
from antiphon.engines.listening.learned._figures import interval, micro_macro
from antiphon.engines.listening.learned._grams import Floats, Ints
from antiphon.engines.listening.learned._pack import Pack, write_pack
from antiphon.engines.listening.learned._reader import FEELINGS, Reader, read_reader
from antiphon.engines.listening.teaching import learn_reader

# Labels with fewer examples are not asked for, as in the published baseline.
LEAST_EXAMPLES = 5
SHARES = (0.25, 0.5, 0.75, 1.0)
SURE = 0.9
DIGITS = 3
Figure = dict[str, Any]


def figure(value: Callable[[Ints], float], groups: Sequence[str]) -> Figure:
    """A figure over all rows, with the interval that drawing people anew gives."""
    whole = value(np.arange(len(groups)))
    return {"value": round(float(whole), DIGITS), "interval": interval(groups, value)}


def codebook(data: Path) -> Figure:
    """Comments with many codes; fitted to `train`, thresholds from folds of it, measured on `dev`."""
    train, dev = records(data, COMMENTS, "train"), records(data, COMMENTS, "dev")
    often = Counter(code for record in train for code in record["labels_v7_approx"])
    asked = Counter(code for record in dev for code in record["labels_v7_approx"])
    codes = sorted(code for code in often if often[code] >= LEAST_EXAMPLES and asked[code] >= 1)
    truth = np.array([[code in record["labels_v7_approx"] for code in codes] for record in dev], dtype=np.int64)
    curve = []
    for share in SHARES:
        said = _said(train[: int(len(train) * share)], dev, codes)
        curve.append({"examples": int(len(train) * share), **_both(truth, said)})
    groups = groups_of(dev)
    return {
        "n": len(dev),
        "labels": len(codes),
        "micro_f1": figure(lambda rows: micro_macro(truth[rows], said[rows])[0], groups),
        "macro_f1": figure(lambda rows: micro_macro(truth[rows], said[rows])[1], groups),
        "learning_curve": curve,
    }


def _said(train: Sequence[Record], dev: Sequence[Record], codes: Sequence[str]) -> Ints:
    made = fit_codebook(coded_of(train), text_fields=("text", "question"))
    told = [{code.code for code in found if code.asserted} for found in made.apply(dev)]
    return np.array([[code in each for code in codes] for each in told], dtype=np.int64)


def _both(truth: Ints, said: Ints) -> dict[str, float]:
    micro, macro = micro_macro(truth, said)
    return {"micro_f1": round(micro, DIGITS), "macro_f1": round(macro, DIGITS)}


def readers_of(train: Sequence[Record]) -> dict[int, Reader]:
    """Readers as they ship, but learned from the first so many of these comments alone."""
    return {count: reader_of(train[:count]) for count in (int(len(train) * share) for share in SHARES)}


def reader_of(train: Sequence[Record]) -> Reader:
    """The reader as it ships, but learned from these comments alone."""
    learned, _ = learn_reader(answers_of(train), background(), "evaluation")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reader.model"
        write_pack(path, learned.head, learned.words, learned.arrays)
        return read_reader(Pack(path, "reader"), background())


def with_curve(readers: Mapping[int, Reader], measure: Callable[[Reader], Figure], told: Sequence[str]) -> Figure:
    """What the reader is worth that learned from most; and each that learned from so many comments."""
    found = {count: measure(reader) for count, reader in readers.items()}
    curve = [{"examples": count} | {name: each[name]["value"] for name in told} for count, each in found.items()]
    return {**found[max(found)], "learning_curve": curve}


def sections(reader: Reader, dev: Sequence[Record]) -> Figure:
    """The four sections of the needs framework (silver labels)."""
    truth, groups = section_truth(dev), groups_of(dev)
    readings = reader.read([hinted_text(record["text"], "") for record in dev])
    said = np.array([reading.said for reading in readings], dtype=np.int64)
    scores = np.array([reading.sections for reading in readings])
    sure = _sure(truth, scores, said)
    return {
        "n": len(dev),
        "micro_f1": figure(lambda rows: micro_macro(truth[rows], said[rows])[0], groups),
        "macro_f1": figure(lambda rows: micro_macro(truth[rows], said[rows])[1], groups),
        "pre_accepted": sure,
    }


def elsewhere(reader: Reader, reports: Sequence[Record]) -> Figure:
    """Reports are no comments on care: of how many a section would be accepted beforehand all the same."""
    readings = reader.read([hinted_text(record["text"], "") for record in reports])
    strong = np.array([max(each.sections) >= STRONG_ENOUGH for each in readings])
    return {
        "n": len(reports),
        **figure(lambda rows: float(strong[rows].mean()), [str(at) for at in range(len(reports))]),
    }


def _sure(truth: Ints, scores: Floats, said: Ints) -> Figure:
    """Suggestions strong enough to accept beforehand: how many of all, and how many of them are right."""
    strong = (scores >= STRONG_ENOUGH) & (said > 0)
    ranked = np.argsort(-scores.ravel(), kind="stable")
    right = np.cumsum(truth.ravel()[ranked]) / np.arange(1, truth.size + 1)
    most = int(np.flatnonzero(right >= SURE).max(initial=-1)) + 1
    return {
        "probability": STRONG_ENOUGH,
        "precision": round(float(truth[strong].mean()), DIGITS),
        "coverage": round(float(strong.sum() / said.sum()), DIGITS),
        "coverage_at_precision_0.9": round(float(most / said.sum()), DIGITS),
    }


def sentiment(reader: Reader, dev: Sequence[Record], *, with_question: bool) -> Figure:
    """Three classes of feeling; where nothing is told, that counts as wrong."""
    classes, groups = classes_of(dev), groups_of(dev)
    known = np.flatnonzero(classes >= 0)
    asked = [record["question"] if with_question else "" for record in dev]
    readings = reader.read(
        [hinted_text(record["text"], question) for record, question in zip(dev, asked, strict=True)]
    )
    told = np.array([-2 if each.feeling is None else FEELINGS.index(each.feeling) for each in readings])[known]
    truth = classes[known]
    people = [groups[at] for at in known]

    def of(feeling: int) -> Callable[[Ints], float]:
        return lambda rows: micro_macro((truth[rows] == feeling)[:, None] * 1, (told[rows] == feeling)[:, None] * 1)[0]

    return {
        "n": len(known),
        "accuracy": figure(lambda rows: float((truth[rows] == told[rows]).mean()), people),
        **{f"{name}_f1": figure(of(number), people) for number, name in enumerate(FEELINGS)},
        "not_told": int((told == -2).sum()),
    }
