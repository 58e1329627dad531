"""From raw scores to probabilities, and from probabilities to a yes: learned on passages not seen."""

from typing import cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints

# Labels with few examples lean on what holds for all labels: worth this many examples of their own.
LEANING = 50
_GRID = np.linspace(0.04, 0.70, 133, dtype=np.float32)
_SMOOTH = 8
_PULL = 5.0
_STEPS = 25


def thresholds(truth: Ints, scores: Floats) -> Floats:
    """The raw score from which each label is said, so that its F1 is best; smoothed, for few examples mislead."""
    cases = truth.sum(axis=0)[:, None]
    said = np.stack([_reaching(scores[:, label]) for label in range(scores.shape[1])])
    right = np.stack([_reaching(scores[truth[:, label] > 0, label]) for label in range(scores.shape[1])])
    f1 = 2 * right / np.maximum(said + cases, 1)
    own = cases / (cases + LEANING)
    curves = own * smoothed(f1) + (1 - own) * f1.mean(axis=0)
    return _GRID[_middle_of_best(curves)]


def _middle_of_best(curves: Floats) -> Ints:
    """Where labels part cleanly many steps are equally good: the middle one is the safest."""
    best = curves >= curves.max(axis=1, keepdims=True) - 1e-9
    middle = (best * np.arange(curves.shape[1])).sum(axis=1) / best.sum(axis=1)
    return cast(Ints, middle.astype(np.int64))


def _reaching(scores: Floats) -> Ints:
    """How many scores reach each step of the grid."""
    return len(scores) - np.searchsorted(np.sort(scores), _GRID)


def smoothed(curves: Floats) -> Floats:
    """Each curve (a row of steps) as the mean of the eight steps on either side: few examples make it jagged."""
    padded = np.pad(curves, ((0, 0), (_SMOOTH, _SMOOTH)), mode="edge")
    sums = np.cumsum(np.pad(padded, ((0, 0), (1, 0))), axis=1)
    width = 2 * _SMOOTH + 1
    return cast(Floats, (sums[:, width:] - sums[:, :-width]) / width)


def probabilities(scores: Floats, slopes: Floats, shifts: Floats) -> Floats:
    """Calibrated probabilities of raw scores."""
    return cast(Floats, 1 / (1 + np.exp(-np.clip(scores * slopes + shifts, -30, 30))))


def nearness(chances: Floats, least: Floats) -> Floats:
    """How near each probability comes to the threshold of its label: 1 on it, 0 at a certain yes or no."""
    reach = np.where(chances < least, least, 1 - least)
    return cast(Floats, 1 - np.abs(chances - least) / np.maximum(reach, 1e-9))


def calibrated(truth: Ints, scores: Floats) -> tuple[Floats, Floats]:
    """Slope and shift of each label's logistic curve; labels with few examples are pulled to the common one."""
    common = _curve(truth.ravel().astype(float), scores.ravel().astype(float), np.array([8.0, -4.0]), 1e-6)
    own = [
        _curve(truth[:, label].astype(float), scores[:, label].astype(float), common, _PULL)
        for label in range(truth.shape[1])
    ]
    found = np.array([curve if curve[0] > 0 else common for curve in own]).reshape(-1, 2)
    return found[:, 0].astype(np.float32), found[:, 1].astype(np.float32)


def _curve(truth: Floats, scores: Floats, start: Floats, pull: float) -> Floats:
    """Newton's steps for a logistic curve of one variable; no example is quite certain (Platt)."""
    cases = truth.sum()
    truth = np.where(truth > 0, (cases + 1) / (cases + 2), 1 / (len(truth) - cases + 2))
    curve = start.astype(float).copy()
    scale = np.array([1 / max(start[0], 1e-3) ** 2, 1.0])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(curve[0] * scores + curve[1], -30, 30)))
        miss, spread = chance - truth, chance * (1 - chance)
        slope = np.array([(miss * scores).sum(), miss.sum()]) + pull * scale * (curve - start)
        mixed = (spread * scores).sum()
        bend = np.array([[(spread * scores**2).sum(), mixed], [mixed, spread.sum()]]) + np.diag(pull * scale + 1e-9)
        step = np.linalg.solve(bend, slope)
        curve -= step / max(1.0, np.abs(step).max() / 5)
    return curve
