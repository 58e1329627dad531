"""Which words a suggestion rests on: those that add most to its score, with their places."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from antiphon.engines.listening._values import Why
from antiphon.engines.listening.learned._grams import Floats, Grams
from antiphon.engines.listening.learned._machine import Machine
from antiphon.engines.listening.learned._words import places_of, says_something

MOST_WORDS = 4
# A word that adds less than this share of the strongest one is not shown.
LEAST_SHARE = 0.35
REMEMBERED_WORDS = 20_000


@dataclass(slots=True)
class Weigher:
    """Weighs words of a text for one label of a machine; the same word weighs the same everywhere."""

    grams: Grams
    machine: Machine
    _by_word: dict[str, Floats] = field(default_factory=dict)

    def why(self, text: str, label: int, rule: str) -> tuple[Why, ...]:
        """The words with the most weight, in order; none where no word of the text says anything by itself."""
        places = [place for place in places_of(text) if place[0] not in ("!", "?")]
        telling = np.array([says_something(word) for word, _start, _end in places], dtype=bool)
        if not telling.any():
            return ()
        weights = np.array([self._word(place[0])[label] for place in places])
        pairs = (
            np.array([self._pair(one[0], other[0], label) for one, other in pairwise(places)], dtype=np.float32) / 2
        )
        weights[1:] += pairs
        weights[:-1] += pairs
        weights[~telling] = -np.inf
        least = max(float(weights.max()) * LEAST_SHARE, 0.0)
        chosen = [at for at in np.argsort(-weights, kind="stable")[:MOST_WORDS] if weights[at] > least]
        chosen = chosen or [int(weights.argmax())]
        return tuple(Why(places[at][1], places[at][2], rule) for at in sorted(map(int, chosen)))

    def _word(self, word: str) -> Floats:
        known = self._by_word.get(word)
        if known is None:
            columns = self.grams.columns_of(word)
            # Runs are many and share one length, so that each counts for less than the word itself.
            share = np.float32(1 / max(math.sqrt(len(columns)), 1))
            known = (self.grams.weights[columns] * share) @ self.machine.weights[columns]
            if len(self._by_word) < REMEMBERED_WORDS:
                self._by_word[word] = known
        return known

    def _pair(self, first: str, second: str, label: int) -> float:
        """What a pair adds to its words; most pairs are not known."""
        column = self.grams.pieces.get(f"{first} {second}")
        return 0.0 if column is None else self.grams.weights[column] * self.machine.weights[column, label]
