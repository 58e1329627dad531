"""Which words a suggestion rests on: those that add most to its score, with their places."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

import numpy as np

from antiphon.engines.listening._phrases import LONGEST_WORD, Word
from antiphon.engines.listening._remembered import Remembered
from antiphon.engines.listening._values import Why
from antiphon.engines.listening.learned._grams import Floats, Grams
from antiphon.engines.listening.learned._machine import Machine
from antiphon.engines.listening.learned._words import MOST_CHARACTERS, says_something

MOST_WORDS = 4
# A word that adds less than this share of the strongest one is not shown.
LEAST_SHARE = 0.35
REMEMBERED_WORDS = 20_000
_NOTHING = -math.inf


@dataclass(slots=True)
class Weigher:
    """Weighs words of a text for one label of a machine; the same word weighs the same everywhere."""

    grams: Grams
    machine: Machine
    # What each word adds by itself to every label, nothing for one that cannot be a reason.
    _alone: Remembered[Floats | None] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._alone = Remembered(self._added, most=REMEMBERED_WORDS, longest=LONGEST_WORD)

    def why(self, words: Sequence[Word], label: int, rule: str) -> tuple[Why, ...]:
        """The words with the most weight, in order; none where no word of the text says anything by itself."""
        weights = self._weights([word.text for word in words if word.end <= MOST_CHARACTERS], label)
        ranked = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)[:MOST_WORDS]
        if not ranked or weights[ranked[0]] == _NOTHING:
            return ()
        least = max(weights[ranked[0]] * LEAST_SHARE, 0.0)
        chosen = [at for at in ranked if weights[at] > least] or ranked[:1]
        return tuple([Why(words[at].start, words[at].end, rule) for at in sorted(chosen)])

    def _added(self, word: str) -> Floats | None:
        if not says_something(word):
            return None
        columns = self.grams.columns_of(word[:LONGEST_WORD])
        # Runs are many and share one length, so that each counts for less than the word itself.
        share = np.float32(1 / max(math.sqrt(len(columns)), 1))
        return cast(Floats, (self.grams.weights[columns] * share) @ self.machine.weights[columns])

    def _weights(self, words: Sequence[str], label: int) -> list[float]:
        """What each word adds with half of the pairs it stands in; least of all for one that says nothing."""
        alone = map(self._alone.__getitem__, words)
        weights = [_NOTHING if each is None else each.item(label) for each in alone]
        # Most pairs are not known.
        for at, column in enumerate(map(self.grams.pairs.get, pairwise(words))):
            if column is not None:
                half = self.grams.weights.item(column) * self.machine.weights.item(column, label) / 2
                weights[at] += half
                weights[at + 1] += half
        return weights
