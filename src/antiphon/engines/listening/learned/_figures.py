"""Figures of agreement between codes and people."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints

RESAMPLES = 1_000
DIGITS = 3


def f1(right: Floats, said: Floats, meant: Floats) -> Floats:
    """F1 from counts; 0 where nothing was said or meant."""
    return cast(Floats, 2 * right / np.maximum(said + meant, 1))


def micro_macro(truth: Ints, said: Ints) -> tuple[float, float]:
    """F1 over all decisions, and the mean of the labels' F1."""
    right, told, meant = (truth & said).sum(axis=0), said.sum(axis=0), truth.sum(axis=0)
    return float(f1(right.sum(), told.sum(), meant.sum())), float(f1(right, told, meant).mean())


def agreement(codes: Sequence[str], truth: Ints, said: Ints) -> dict[str, Any]:
    """Micro and macro F1, and precision, recall, F1 and count of each code."""
    micro, macro = micro_macro(truth, said)
    right, told, meant = (truth & said).sum(axis=0), said.sum(axis=0), truth.sum(axis=0)
    single = {
        code: {
            "precision": round(float(right[at] / max(told[at], 1)), DIGITS),
            "recall": round(float(right[at] / max(meant[at], 1)), DIGITS),
            "f1": round(float(f1(right[at], told[at], meant[at])), DIGITS),
            "n": int(meant[at]),
        }
        for at, code in enumerate(codes)
    }
    return {"n": len(truth), "micro_f1": round(micro, DIGITS), "macro_f1": round(macro, DIGITS), "codes": single}


def interval(groups: Sequence[str], figure: Callable[[Ints], float], seed: int = 1) -> tuple[float, float]:
    """95 % of a figure when whole groups are drawn anew, 1,000 times; `figure` gets row numbers."""
    rows: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        rows.setdefault(group, []).append(number)
    each = [np.array(numbers) for numbers in rows.values()]
    draw = np.random.default_rng(seed)
    found = [
        figure(np.concatenate([each[at] for at in draw.integers(0, len(each), len(each))])) for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(found, [0.025, 0.975])
    return round(float(low), DIGITS), round(float(high), DIGITS)
