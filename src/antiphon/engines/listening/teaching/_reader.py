"""Learning the reader that ships: the four sections of the needs framework, and feeling."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antiphon.engines.listening._listen import hinted_text
from antiphon.engines.listening.learned._background import Background
from antiphon.engines.listening.learned._fields import FEWEST_ANSWERS, Fields, asked
from antiphon.engines.listening.learned._grams import Floats, Ints
from antiphon.engines.listening.learned._learn_background import Learned
from antiphon.engines.listening.learned._machine import Machine, Under, arrays_of, fitted
from antiphon.engines.listening.learned._reader import (
    FEELINGS,
    LEAN_AT,
    SECTIONS,
    chances,
    chances_of_sections,
    features_of_feeling,
    features_of_sections,
    feeling_of,
    leans_of,
    settled,
)
from antiphon.engines.listening.learned._ridge import NO_CONTEXT, Examples, chief_directions, folds_of, unseen_scores
from antiphon.engines.listening.learned._thresholds import smoothed, thresholds

FOLDS = 10
# Directions of meaning that count together. On folds of `train` more of them tell nothing better; `dev` decided
# between this and 96.
CHIEF = 64
# What the F1 of the neutral counts for beside how often a feeling is right.
NEUTRAL_COUNTS = 0.4
# How freely a section's score and the word list are weighed against each other; anything from 0.1 to 1 does (folds).
FREEDOM = 0.3
_STEPS = np.linspace(0.10, 0.70, 61)
_AS_GOOD = 0.003
NOT_SAID = -1


@dataclass(frozen=True, slots=True)
class Answer:
    """One comment that people coded: sections, feeling 1 (very positive) to 5, or None where nobody said."""

    text: str
    question: str
    group: str
    sections: frozenset[str]
    feeling: float | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """Probabilities that each comment got from models which had not seen its group."""

    folds: Ints
    sections: Floats
    said: Ints
    feelings: Floats
    feelings_asked: Floats


def learn_reader(answers: Sequence[Answer], ground: Background, version: str) -> tuple[Learned, Unseen]:
    """Fit all labels at once, with the question and without it."""
    texts = [answer.text for answer in answers]
    rows = ground.grams.rows(texts)
    fields = _questions(answers)
    contexts = fields.contexts_of([{"question": answer.question} for answer in answers])
    meanings = ground.meanings(rows)
    chief = chief_directions(meanings, CHIEF)
    alone = Examples(rows, meanings, np.full(len(answers), NO_CONTEXT), chief)
    asked = Examples(rows, meanings, contexts, chief)
    sections = np.array([[code in each.sections for code in SECTIONS] for each in answers], dtype=np.int64)
    classes, feelings = _feelings(answers)
    folds = folds_of([answer.group for answer in answers], FOLDS)

    targets = np.hstack([sections, feelings]).astype(np.float32)
    kernel = alone.kernel()
    unseen_alone = unseen_scores(kernel, targets, folds)
    machine = fitted(alone, kernel, targets, 0)
    kernel = asked.kernel()
    unseen_asked = unseen_scores(kernel, feelings.astype(np.float32), folds)
    machine = _side_by_side(machine, fitted(asked, kernel, feelings.astype(np.float32), len(fields.contexts)))

    hinted_texts = [hinted_text(answer.text, answer.question) for answer in answers]
    hints = np.array([each.sections for each in hinted_texts])
    of_sections = features_of_sections(unseen_alone[:, : len(SECTIONS)], hints)
    chance = _unseen_sections(of_sections, sections, folds)
    leans = leans_of(hinted_texts)
    of_alone = features_of_feeling(unseen_alone[:, len(SECTIONS) :], leans)
    of_asked = features_of_feeling(unseen_asked, leans)
    arrays = arrays_of(machine) | {
        "sections": _fit_sections(of_sections, sections).astype("<f4"),
        "least": thresholds(sections, chance).astype("<f4"),
        "feeling": _fit_feeling(of_alone, classes).astype("<f4"),
        "feeling_asked": _fit_feeling(of_asked, classes).astype("<f4"),
        "neutral": np.array([_least_neutral(part, classes, folds) for part in (of_alone, of_asked)]).astype("<f4"),
    }
    head = {"kind": "reader", "version": version, "background": ground.version, "contexts": list(fields.contexts)}
    unseen = Unseen(
        folds,
        chance,
        _said(sections, chance, folds),
        *(_unseen_feeling(part, classes, folds) for part in (of_alone, of_asked)),
    )
    return Learned(head, {}, arrays), unseen


def _questions(answers: Sequence[Answer]) -> Fields:
    often: dict[str, int] = {}
    for answer in answers:
        plain = asked({"question": answer.question}, ("question",))
        often[plain] = often.get(plain, 0) + 1
    return Fields((), ("question",), tuple(sorted(each for each, n in often.items() if each and n >= FEWEST_ANSWERS)))


def _feelings(answers: Sequence[Answer]) -> tuple[Ints, Floats]:
    """The class of each answer (-1: not said), and its targets: one for each class, and -1 to 1 in all."""
    felt = [answer.feeling for answer in answers]
    classes = np.array([NOT_SAID if each is None else 2 if each <= 2 else 1 if each <= 3 else 0 for each in felt])
    lean = np.array([0.0 if each is None else (3 - each) / 2 for each in felt])
    return classes, np.column_stack([*(classes == number for number in range(len(FEELINGS))), lean])


def _side_by_side(left: Machine, right: Machine) -> Machine:
    """One machine with the labels of both, learned from the same texts; only the right one knows of questions."""
    blank = left.bias.shape[0]

    def widened(values: Any) -> Any:
        return np.concatenate([np.zeros((*values.shape[:-1], blank), np.float32), values], axis=-1)

    return Machine(
        np.hstack([left.weights, right.weights]),
        np.concatenate([left.bias, right.bias]),
        np.hstack([left.directions, right.directions]),
        left.chief,
        np.concatenate([left.both, right.both]),
        tuple(Under(each.columns, widened(each.weights), widened(each.bias)) for each in right.under),
    )


def _fit_sections(features: Floats, truth: Ints) -> Floats:
    """A row of weights and a constant for each section."""
    from sklearn.linear_model import LogisticRegression

    found = []
    for section in range(truth.shape[1]):
        own = features[:, section]
        middle, spread = own.mean(axis=0), own.std(axis=0) + 1e-9
        model = LogisticRegression(C=FREEDOM, max_iter=2_000).fit((own - middle) / spread, truth[:, section])
        weights = model.coef_[0] / spread
        found.append([*weights, model.intercept_[0] - weights @ middle])
    return np.array(found)


def _unseen_sections(features: Floats, truth: Ints, folds: Ints) -> Floats:
    found = np.zeros(truth.shape)
    for fold in range(FOLDS):
        learn, test = folds != fold, folds == fold
        found[test] = chances_of_sections(features[test], _fit_sections(features[learn], truth[learn]))
    return found


def _fit_feeling(features: Floats, classes: Ints) -> Floats:
    """A row of weights and a constant for each feeling."""
    from sklearn.linear_model import LogisticRegression

    known = classes != NOT_SAID
    model = LogisticRegression(C=3, max_iter=2_000).fit(features[known], classes[known])
    return np.column_stack([model.coef_, model.intercept_])


def _unseen_feeling(features: Floats, classes: Ints, folds: Ints) -> Floats:
    found = np.zeros((len(features), len(FEELINGS)))
    for fold in range(FOLDS):
        learn, test = folds != fold, folds == fold
        found[test] = chances(features[test], _fit_feeling(features[learn], classes[learn]))
    return settled(found, features[:, LEAN_AT : LEAN_AT + 1])


def _least_neutral(features: Floats, classes: Ints, folds: Ints) -> float:
    """From which probability on neither good nor bad is said."""
    return least_neutral(_unseen_feeling(features, classes, folds), classes)


def least_neutral(chance: Floats, classes: Ints) -> float:
    """The step around which accuracy and the F1 of the neutral together are best."""
    known = classes != NOT_SAID

    def worth(least: float) -> float:
        told = feeling_of(chance[known], least)
        right = ((told == 1) & (classes[known] == 1)).sum()
        f1 = 2 * right / max(int((told == 1).sum() + (classes[known] == 1).sum()), 1)
        return float((told == classes[known]).mean() + NEUTRAL_COUNTS * f1)

    # The curve is flat around its best step, and a few comments move that: the middle of the steps that are as good.
    around = smoothed(np.array([[*map(worth, _STEPS)]]))[0]
    return float(_STEPS[around >= around.max() - _AS_GOOD].mean())


def _said(sections: Ints, scores: Floats, folds: Ints) -> Ints:
    """Which sections are said of comments that neither weights nor thresholds had seen."""
    said = np.zeros_like(sections)
    for fold in range(FOLDS):
        test = folds == fold
        said[test] = scores[test] >= thresholds(sections[~test], scores[~test])
    return said
