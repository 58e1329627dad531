"""Fitting: kernel ridge regression, all labels at once, with what each row gets from the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints, Matrix

# What it counts for that two texts go the same way in meaning, and that they do so in two chief directions at once.
MEANING = np.float32(0.7)
BOTH = np.float32(0.5)
# A direction weaker than this share of the strongest one is noise.
_LEAST_STRENGTH = 1e-6
# A text under the same question counts twice one under another; the question alone counts for a quarter.
APART = np.float32(1.5)
SAME_QUESTION = np.float32(0.25)
# How little one text is believed: where words alone speak, and where meaning does, too.
STIFFNESS = np.float32(1.0)
STIFFNESS_OF_MEANING = np.float32(2.0)
NO_CONTEXT = -1


@dataclass(frozen=True, slots=True)
class Examples:
    """What a model is learned from: pieces, meanings, the question each text stood under (-1: none).

    `chief` are the directions of meaning that count together, as `chief_directions` gives them.
    """

    rows: Matrix
    meanings: Floats
    contexts: Ints
    chief: Floats

    def kernel(self) -> Floats:
        """How much every two texts have to say about each other."""
        likeness = (self.rows @ self.rows.T).toarray()
        if (self.contexts != NO_CONTEXT).any():
            same = self.contexts[:, None] == self.contexts[None, :]
            likeness *= (1 + same) / APART
            likeness += SAME_QUESTION * same
        return cast(Floats, (likeness + meaning_kernel(self.meanings, self.chief)).astype(np.float32))


def meaning_kernel(meanings: Floats, chief: Floats) -> Floats:
    """How much every two meanings (a row each) have to say about each other; `chief` as `chief_directions` says."""
    near = meanings @ meanings.T
    part = meanings @ chief
    both = part @ part.T
    return cast(Floats, MEANING * near + BOTH * (both * both))


def chief_directions(meanings: Floats, count: int) -> Floats:
    """The directions in which meanings (a row each) lie most, a column each: `count`, or as many as there are.

    In half precision, as they are stored.
    """
    strengths, directions = np.linalg.eigh((meanings.T @ meanings).astype(np.float64))
    strongest = np.argsort(-strengths, kind="stable")[:count]
    kept = strongest[strengths[strongest] > _LEAST_STRENGTH * strengths.max()]
    return directions[:, kept].astype(np.float16).astype(np.float32)


def solved(kernel: Floats, targets: Floats, stiffness: np.float32 = STIFFNESS) -> tuple[Floats, Floats]:
    """How much each row speaks for each label, and each label's mean."""
    from scipy.linalg import cho_factor, cho_solve

    mean = targets.mean(axis=0)
    stiff = kernel.copy()
    stiff[np.diag_indices_from(stiff)] += stiffness
    factor = cho_factor(stiff, lower=True, overwrite_a=True, check_finite=False)
    return cast(Floats, cho_solve(factor, targets - mean, check_finite=False)), cast(Floats, mean)


def unseen_scores(kernel: Floats, targets: Floats, folds: Ints) -> Floats:
    """What each row would get from a model that never saw its fold."""
    scores = np.zeros_like(targets)
    for fold in range(int(folds.max()) + 1):
        learn, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(learn) and len(test):
            speaking, mean = solved(kernel[np.ix_(learn, learn)], targets[learn], STIFFNESS_OF_MEANING)
            scores[test] = kernel[np.ix_(test, learn)] @ speaking + mean
    return scores


def folds_of(groups: Sequence[str], count: int) -> Ints:
    """A fold for each row; rows of one group share it, large groups are dealt first."""
    from collections import Counter

    sizes = Counter(groups)
    filled = [0] * count
    fold_of: dict[str, int] = {}
    for group in sorted(sizes, key=lambda group: (-sizes[group], _mixed(group))):
        fold = filled.index(min(filled))
        fold_of[group] = fold
        filled[fold] += sizes[group]
    return np.array([fold_of[group] for group in groups], dtype=np.int64)


def _mixed(group: str) -> bytes:
    from hashlib import blake2b

    return blake2b(group.encode("utf-8", "surrogatepass"), digest_size=8).digest()
