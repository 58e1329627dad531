"""Fitting: kernel ridge regression, all labels at once, with what each row gets from the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints, Matrix

# How much alike two texts must be in meaning to speak for each other, and how much that counts beside words.
SHARPNESS = np.float32(0.5)
MEANING = np.float32(3.0)
# A text under the same question counts twice one under another; the question alone counts for a quarter.
APART = np.float32(1.5)
SAME_QUESTION = np.float32(0.25)
STIFFNESS = np.float32(1.0)
NO_CONTEXT = -1


@dataclass(frozen=True, slots=True)
class Examples:
    """What a model is learned from: pieces, meanings, the question each text stood under (-1: none)."""

    rows: Matrix
    meanings: Floats
    contexts: Ints

    def kernel(self) -> Floats:
        """How much every two texts have to say about each other."""
        likeness = (self.rows @ self.rows.T).toarray()
        if (self.contexts != NO_CONTEXT).any():
            same = self.contexts[:, None] == self.contexts[None, :]
            likeness *= (1 + same) / APART
            likeness += SAME_QUESTION * same
        return cast(Floats, (likeness + meaning_kernel(self.meanings, self.meanings)).astype(np.float32))


def meaning_kernel(left: Floats, right: Floats) -> Floats:
    """Nearness in meaning, 0 to `MEANING`."""
    near = left @ right.T
    near *= 2
    near -= (left * left).sum(axis=1)[:, None]
    near -= (right * right).sum(axis=1)[None, :]
    near *= SHARPNESS
    np.exp(near, out=near)
    near *= MEANING
    return near


def solved(kernel: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """How much each row speaks for each label, and each label's mean."""
    from scipy.linalg import cho_factor, cho_solve

    mean = targets.mean(axis=0)
    stiff = kernel.copy()
    stiff[np.diag_indices_from(stiff)] += STIFFNESS
    factor = cho_factor(stiff, lower=True, overwrite_a=True, check_finite=False)
    return cast(Floats, cho_solve(factor, targets - mean, check_finite=False)), cast(Floats, mean)


def unseen_scores(kernel: Floats, targets: Floats, folds: Ints) -> Floats:
    """What each row would get from a model that never saw its fold."""
    scores = np.zeros_like(targets)
    for fold in range(int(folds.max()) + 1):
        learn, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(learn) and len(test):
            speaking, mean = solved(kernel[np.ix_(learn, learn)], targets[learn])
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
