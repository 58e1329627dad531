"""Which words a suggestion rests on: those that add most to its score, with their places."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from antiphon.engines.listening._phrases import LONGEST_WORD, Words
from antiphon.engines.listening._remembered import Remembered
from antiphon.engines.listening._values import Why
from antiphon.engines.listening.learned._grams import Floats, Grams
from antiphon.engines.listening.learned._lens import Lens
from antiphon.engines.listening.learned._machine import Machine
from antiphon.engines.listening.learned._words import MOST_CHARACTERS, says_something

MOST_WORDS = 4
# A word that adds less than this share of the strongest one is not shown.
LEAST_SHARE = 0.35
REMEMBERED_WORDS = 20_000
_NOTHING = -math.inf


class _Alone(NamedTuple):
    """What a word adds by itself to each label, as a word and by its runs; the squares of what it is made of."""

    as_word: Sequence[float]
    as_runs: Sequence[float]
    word_square: float
    runs_square: float
    says_something: bool


@dataclass(slots=True)
class Weigher:
    """Weighs words of a text for one label of a machine, as the machine does: each half of a row has one length.

    The labels stand side by side among the columns of the `lens`, from `first` on.
    """

    grams: Grams
    machine: Machine
    lens: Lens
    first: int = 0
    _alone: Remembered[_Alone] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._alone = Remembered(self._added, most=REMEMBERED_WORDS, longest=LONGEST_WORD)

    def why(self, words: Words, label: int, rule: str) -> tuple[Why, ...]:
        """The words with the most weight, in order; none where no word of the text says anything by itself."""
        weights = self._weights(words.texts_until(MOST_CHARACTERS), label)
        most = max(weights, default=_NOTHING)
        if most == _NOTHING:
            return ()
        least = max(most * LEAST_SHARE, 0.0)
        chosen = [at for at, weight in enumerate(weights) if weight > least] or [weights.index(most)]
        strongest = sorted(chosen, key=weights.__getitem__, reverse=True)[:MOST_WORDS]
        return tuple([Why(*words.place(at), rule) for at in sorted(strongest)])

    def _added(self, word: str) -> _Alone:
        short, labels = word[:LONGEST_WORD], len(self.machine.bias)
        own, spelt = self.grams.pieces.get(short), self.lens.spelt(short)
        weight = 0.0 if own is None else self.grams.weights.item(own)
        as_word = np.float32(weight) * self.machine.weights[own or 0]
        as_runs = spelt[self.first : self.first + labels]
        return _Alone(_floats(as_word), _floats(as_runs), weight**2, spelt.item(-1), says_something(word))

    def _weights(self, words: Sequence[str], label: int) -> list[float]:
        """What each word adds with half of the pairs it stands in; least of all for one that says nothing."""
        alone = [*map(self._alone.__getitem__, words)]
        found = map(self.grams.pieces.get, map(" ".join, pairwise(words)))
        pairs = [(at, pair) for at, pair in enumerate(found) if pair is not None]
        told = [(at, self.grams.weights.item(pair), self.machine.weights.item(pair, label)) for at, pair in pairs]
        long = _length(sum([each.word_square for each in alone]) + sum([weight**2 for _, weight, _ in told]))
        wide = _length(sum([each.runs_square for each in alone]))
        weights = [each.as_word[label] / long + each.as_runs[label] / wide for each in alone]
        for at, weight, added in told:
            half = weight * added / long / 2
            weights[at] += half
            weights[at + 1] += half
        return [weight if each.says_something else _NOTHING for each, weight in zip(alone, weights, strict=True)]


def _floats(values: Floats) -> Sequence[float]:
    # A quarter of what a list takes, and asked for one by one as fast.
    return array("f", values.tobytes())


def _length(square: float) -> float:
    return math.sqrt(square) or 1.0
