"""Which words a suggestion rests on: those that add most to its score, with their places."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from antiphon.engines.listening._phrases import LONGEST_WORD, Word
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
    _by_word: dict[str, Floats] = field(default_factory=dict)

    def why(self, words: Sequence[Word], label: int, rule: str) -> tuple[Why, ...]:
        """The words with the most weight, in order; none where no word of the text says anything by itself."""
        weights = self._weights([word.text[:LONGEST_WORD] for word in words if word.end <= MOST_CHARACTERS], label)
        ranked = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)[:MOST_WORDS]
        if not ranked or weights[ranked[0]] == _NOTHING:
            return ()
        least = max(weights[ranked[0]] * LEAST_SHARE, 0.0)
        chosen = [at for at in ranked if weights[at] > least] or ranked[:1]
        return tuple(Why(words[at].start, words[at].end, rule) for at in sorted(chosen))

    def _weights(self, words: Sequence[str], label: int) -> list[float]:
        """What each word adds with half of the pairs it stands in; least of all for one that says nothing."""
        halves = [self._pair(pair, label) / 2 for pair in pairwise(words)]
        own = [self._word(word).item(label) if says_something(word) else _NOTHING for word in words]
        return [sum(each) for each in zip(own, [0.0, *halves], [*halves, 0.0], strict=True)] if words else []

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

    def _pair(self, pair: tuple[str, str], label: int) -> float:
        """What a pair adds to its words; most pairs are not known."""
        column = self.grams.pairs.get(pair)
        return 0.0 if column is None else self.grams.weights.item(column) * self.machine.weights.item(column, label)
