"""Groups around centres, the same on every run: seeds are drawn from a fixed row of numbers."""

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints

ROUNDS = 25
STARTS = 3


def grouped(places: Floats, count: int, seed: int, starts: int = STARTS) -> tuple[Ints, Floats]:
    """The group of each place and the centres, the tightest of several starts; groups in order of size."""
    found = []
    for start in range(starts):
        centres = _spread(places, count, np.random.default_rng([seed, start]))
        groups, centres, loss = _settled(places, centres)
        found.append((loss, start, groups, centres))
    _, _, groups, centres = min(found, key=lambda each: each[:2])
    order = np.argsort(-np.bincount(groups, minlength=count), kind="stable")
    ranks = np.empty(count, dtype=np.int64)
    ranks[order] = np.arange(count)
    return ranks[groups], centres[order]


def nearest(places: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """The nearest centre of each place, and how far it is (squared)."""
    far = places @ centres.T
    far *= -2
    far += np.einsum("ij,ij->i", places, places)[:, None]
    far += (centres**2).sum(axis=1)
    groups = far.argmin(axis=1)
    return groups, np.maximum(far[np.arange(len(far)), groups], 0)


def _spread(places: Floats, count: int, draw: np.random.Generator) -> Floats:
    """First centres far from each other (k-means++)."""
    chosen = [int(draw.integers(len(places)))]
    far = ((places - places[chosen[0]]) ** 2).sum(axis=1)
    for _ in range(count - 1):
        total = np.cumsum(far)
        at = int(np.searchsorted(total, draw.random() * total[-1])) if total[-1] > 0 else int(draw.integers(len(far)))
        chosen.append(min(at, len(places) - 1))
        far = np.minimum(far, ((places - places[chosen[-1]]) ** 2).sum(axis=1))
    return places[chosen].copy()


def _settled(places: Floats, centres: Floats) -> tuple[Ints, Floats, float]:
    groups, far = nearest(places, centres)
    for _ in range(ROUNDS):
        member = (groups[None, :] == np.arange(len(centres))[:, None]).astype(places.dtype)
        sums, sizes = member @ places, member.sum(axis=1, keepdims=True)
        centres = np.where(sizes > 0, sums / np.maximum(sizes, 1), centres)
        again, far = nearest(places, centres)
        if (again == groups).all():
            break
        groups = again
    return groups, centres, float(far.sum())
