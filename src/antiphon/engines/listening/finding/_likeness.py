"""Words that are spelt alike: a slip of the keyboard, or another form of the same word."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from antiphon.engines.listening.learned._grams import Ints, runs_of

# From this likeness on a word speaks for another one, and so much of it.
LIKE = 0.5
LIKE_COUNTS = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """Which words hold a run of letters, as one long row with its ends, and how many runs each word has."""

    runs: dict[str, int]
    ends: Ints
    words: Ints
    counts: Ints

    def like(self, word: str) -> list[tuple[int, float]]:
        """Numbers of the words that are spelt like this one, each with the share it counts for."""
        own = {run for run in runs_of(word)}
        shared = np.zeros(len(self.counts))
        for run in sorted(own & self.runs.keys()):
            number = self.runs[run]
            shared[self.words[self.ends[number] : self.ends[number + 1]]] += 1
        alike = shared / np.sqrt(np.maximum(self.counts, 1) * max(len(own), 1))
        found = np.flatnonzero(alike >= LIKE)
        return [(int(at), LIKE_COUNTS * float(alike[at])) for at in found]


def learn_likeness(vocabulary: Sequence[str]) -> Likeness:
    """The runs of every word of a vocabulary."""
    holders: dict[str, list[int]] = {}
    counts = []
    for number, word in enumerate(vocabulary):
        own = sorted(set(runs_of(word)))
        counts.append(len(own))
        for run in own:
            holders.setdefault(run, []).append(number)
    runs = sorted(holders)
    ends = np.cumsum([0, *(len(holders[run]) for run in runs)])
    words = np.array([number for run in runs for number in holders[run]], dtype=np.int32)
    return Likeness(
        {run: at for at, run in enumerate(runs)}, ends.astype(np.int32), words, np.array(counts, dtype=np.int32)
    )
