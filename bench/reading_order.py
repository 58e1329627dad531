"""Does the order of the reading queue teach more? A codebook learned from comments read in that order, and in any.

.venv/bin/python -m bench reading_order

Starts from 150 comments of `train`, reads 150 at a time until 1,050, and measures each codebook on `dev`; the mean of
four seeds. The order was chosen on `dev`, too.
"""

from collections import Counter

import numpy as np

from antiphon.engines.listening.evaluation._coding import LEAST_EXAMPLES
from antiphon.engines.listening.evaluation._sets import COMMENTS, Record, coded_of, records
from antiphon.engines.listening.learned import Codebook, fit_codebook
from antiphon.engines.listening.learned._figures import micro_macro
from bench.listening import DATA

FIRST = AT_A_TIME = 150
LAST = 1_050
SEEDS = 4
FIELDS = ("text", "question")


def measure() -> dict:
    """Micro and macro F1 after each 150 comments, in the order of the queue and in any."""
    if not DATA.is_dir():
        print("The open sets are not there; nothing is measured.")
        return {}
    train, dev = records(DATA, COMMENTS, "train"), records(DATA, COMMENTS, "dev")
    found = {}
    for name, teaches in (("any order", False), ("what teaches most", True)):
        figures = np.mean([_learned(train, dev, seed, teaches) for seed in range(SEEDS)], axis=0).round(3)
        found[name] = {"micro_f1": figures[:, 0].tolist(), "macro_f1": figures[:, 1].tolist()}
        print(f"{name}: micro {figures[:, 0]}, macro {figures[:, 1]}", flush=True)
    return found


def _learned(train: list[Record], dev: list[Record], seed: int, teaches: bool) -> list[tuple[float, float]]:
    order = np.random.default_rng(seed).permutation(len(train))
    read, waiting = [train[at] for at in order[:FIRST]], [train[at] for at in order[FIRST:]]
    figures = []
    while True:
        book = fit_codebook(coded_of(read), text_fields=FIELDS)
        figures.append(_agrees(book, train, dev))
        if len(read) >= LAST:
            return figures
        if teaches:
            weights = [each.teaches for each in book.weigh(waiting)]
            waiting = [waiting[at] for at in np.argsort([-weight for weight in weights], kind="stable")]
        read, waiting = read + waiting[:AT_A_TIME], waiting[AT_A_TIME:]


def _agrees(book: Codebook, train: list[Record], dev: list[Record]) -> tuple[float, float]:
    often = Counter(code for record in train for code in record["labels_v7_approx"])
    asked = Counter(code for record in dev for code in record["labels_v7_approx"])
    codes = sorted(code for code in often if often[code] >= LEAST_EXAMPLES and asked[code])
    told = [{code.code for code in found if code.asserted} for found in book.apply(dev)]
    truth = np.array([[code in record["labels_v7_approx"] for code in codes] for record in dev], dtype=np.int64)
    return micro_macro(truth, np.array([[code in each for code in codes] for each in told], dtype=np.int64))
