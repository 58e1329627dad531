"""Learning a codebook: features, folds, thresholds and what it is worth on passages not seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antiphon.engines.listening._fingerprint import fingerprint
from antiphon.engines.listening.learned._background import background
from antiphon.engines.listening.learned._codebook import DIGITS, Codebook
from antiphon.engines.listening.learned._fields import learn_fields
from antiphon.engines.listening.learned._figures import agreement
from antiphon.engines.listening.learned._grams import Floats, Ints, learn_grams
from antiphon.engines.listening.learned._lens import Lens
from antiphon.engines.listening.learned._machine import fitted
from antiphon.engines.listening.learned._ridge import Examples, chief_directions, folds_of, unseen_scores
from antiphon.engines.listening.learned._thresholds import calibrated, probabilities, thresholds
from antiphon.engines.listening.learned._weighing import Weigher

FOLDS = 8
# Directions of meaning that count together; with 64 the rarer codes are told less well (folds of `train`).
CHIEF = 96
LEAST_EXAMPLES = 3
FEWEST_RECORDS = 20
# All pairs of examples are held in memory at once; more than this are thinned out, rare codes kept.
MOST_EXAMPLES = 8_000


class TooFewExamples(Exception):
    """Not enough coded passages to learn from."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A record with the codes a person gave it; records of one `group` (a person, a document) stay together."""

    record: Mapping[str, Any]
    codes: frozenset[str]
    group: str = ""


def fit_codebook(
    coded: Sequence[Coded], *, text_fields: Sequence[str], most_examples: int = MOST_EXAMPLES
) -> Codebook:
    """Learn which codes a passage gets. Raises `TooFewExamples`.

    Thresholds and figures rest on scores that each passage got from models which had not seen it, nor
    anything of its group. Of more than `most_examples` passages, those with rare codes are kept.
    """
    chosen = _thinned(coded, most_examples)
    often = Counter(code for each in chosen for code in each.codes)
    codes = tuple(sorted(code for code, count in often.items() if count >= LEAST_EXAMPLES))
    if len(chosen) < FEWEST_RECORDS or not codes:
        raise TooFewExamples(f"{len(chosen)} passages, {len(codes)} codes with {LEAST_EXAMPLES} examples")
    records = [each.record for each in chosen]
    fields = learn_fields(records, text_fields)
    texts = [fields.text(record) for record in records]
    grams = learn_grams(texts, least_pieces=2, least_runs=3)
    ground = background()
    meanings = ground.wide_meanings(ground.grams.rows(texts))
    contexts = fields.contexts_of(records)
    examples = Examples(grams.rows(texts), meanings, contexts, chief_directions(meanings, CHIEF))
    truth = np.array([[code in each.codes for code in codes] for each in chosen], dtype=np.int64)
    kernel = examples.kernel()
    folds = folds_of([each.group or fingerprint(text) for each, text in zip(chosen, texts, strict=True)], FOLDS)
    unseen = unseen_scores(kernel, truth.astype(np.float32), folds)
    slopes, shifts = calibrated(truth, unseen)
    least = np.round(_as_probability(thresholds(truth, unseen), slopes, shifts), DIGITS)
    machine = fitted(examples, kernel, truth.astype(np.float32), len(fields.contexts))
    quality = _quality(codes, truth, unseen, folds) | {
        "examples": len(chosen),
        "of": len(coded),
        "left_out": {code: count for code, count in sorted(often.items()) if count < LEAST_EXAMPLES},
    }
    weigher = Weigher(grams, machine, Lens(grams, [machine.weights]))
    return Codebook(codes, least, slopes, shifts, fields, grams, machine, quality, weigher)


def _as_probability(least: Floats, slopes: Floats, shifts: Floats) -> Floats:
    return np.asarray(probabilities(least[None, :], slopes, shifts)[0], dtype=np.float64)


def _thinned(coded: Sequence[Coded], most: int) -> list[Coded]:
    """At most as many as memory holds; those with the rarest codes first, else evenly from all."""
    if len(coded) <= most:
        return list(coded)
    often = Counter(code for each in coded for code in each.codes)
    rarity = [min((often[code] for code in each.codes), default=len(coded)) for each in coded]
    rare = set(np.argsort(rarity, kind="stable")[: most // 2].tolist())
    rest = [number for number in range(len(coded)) if number not in rare]
    even = np.linspace(0, len(rest) - 1, most - len(rare)).astype(int)
    return [coded[number] for number in sorted(rare | {rest[at] for at in even})]


def _quality(codes: Sequence[str], truth: Ints, unseen: Floats, folds: Ints) -> dict[str, Any]:
    """Agreement with people on passages not seen, with thresholds that had not seen them either."""
    said = np.zeros_like(truth)
    for fold in range(FOLDS):
        test = folds == fold
        if test.any() and not test.all():
            said[test] = unseen[test] >= thresholds(truth[~test], unseen[~test])
    return {"folds": FOLDS, **agreement(codes, truth, said)}
