"""A fitted model: weights of pieces, and of where a text stands in meaning."""

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints, Matrix, narrowed, places_of
from antiphon.engines.listening.learned._pack import Array, Pack, UnreadableModel
from antiphon.engines.listening.learned._ridge import (
    APART,
    BOTH,
    MEANING,
    SAME_QUESTION,
    STIFFNESS_OF_MEANING,
    Examples,
    solved,
)

# Texts whose meaning is weighed at once, so that it stays near the core.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Under:
    """What changes under one question: some pieces weigh more, some labels are likelier."""

    columns: Ints
    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Machine:
    """Raw scores of each label for each text; the same sum as the kernel it was fitted with, without its examples.

    `weights`: a row a piece, a column a label. `directions`: the same for each direction of meaning. `chief`: a
    column for each chief direction. `both`: for each label what every two chief directions add, [label, one, other].
    """

    weights: Floats
    bias: Floats
    directions: Floats
    chief: Floats
    both: Floats
    under: tuple[Under, ...] = ()
    _places: dict[int, Ints] = field(default_factory=dict)

    def of(self, labels: slice) -> "Machine":
        """The same for some labels alone."""
        under = tuple(Under(each.columns, each.weights[:, labels], each.bias[labels]) for each in self.under)
        weights, directions = np.ascontiguousarray(self.weights[:, labels]), self.directions[:, labels]
        return Machine(weights, self.bias[labels], directions, self.chief, self.both[labels], under)

    def scores(self, rows: Matrix, meanings: Floats, contexts: Ints) -> Floats:
        """One row a text, one column a label."""
        scores = self.summed(rows @ self.weights, meanings)
        for number, under in enumerate(self.under):
            chosen = np.flatnonzero(contexts == number)
            if len(chosen):
                scores[chosen] += self._extra(rows[chosen], number) + under.bias
        return scores

    def summed(self, words: Floats, meanings: Floats) -> Floats:
        """The same where it is known what the words add by themselves, and without a question."""
        return cast(Floats, words.astype(np.float64) + self.bias + self._meant(meanings))

    @property
    def ways(self) -> list[Floats]:
        """What each piece adds to each label: by itself, then under each question."""
        return [self.weights, *map(self._widened, self.under)]

    def _widened(self, under: Under) -> Floats:
        wide = np.zeros_like(self.weights)
        wide[under.columns] = under.weights
        return wide

    def _meant(self, meanings: Floats) -> Floats:
        # In double precision, so that neither the size of a batch nor the machine shows in the digits told.
        wide = meanings.astype(np.float64)
        chief = wide @ self.chief
        labels, count, _ = self.both.shape
        every = self.both.transpose(1, 0, 2).reshape(count, labels * count)
        parts = [chief[at : at + _AT_ONCE] for at in range(0, len(chief), _AT_ONCE)]
        both = [np.einsum("tlc,tc->tl", (part @ every).reshape(len(part), labels, count), part) for part in parts]
        return cast(Floats, wide @ self.directions + np.concatenate([np.zeros((0, labels)), *both]))

    def _extra(self, rows: Matrix, context: int) -> Floats:
        under = self.under[context]
        if context not in self._places:
            self._places[context] = places_of(under.columns, len(self.weights))
        return cast(Floats, narrowed(rows, self._places[context], len(under.columns)) @ under.weights)


def fitted(examples: Examples, kernel: Floats, targets: Floats, context_count: int) -> Machine:
    """The machine that gives what `kernel` (of these examples) says."""
    speaking, mean = solved(kernel, targets, STIFFNESS_OF_MEANING)
    scale = APART if context_count else np.float32(1)
    weights = np.asarray(examples.rows.T @ speaking, dtype=np.float32) / scale
    under = tuple(_under(examples, speaking, context) for context in range(context_count))
    meanings = examples.meanings.astype(np.float64)
    part = meanings @ examples.chief
    both = np.stack([BOTH * (part.T * each) @ part for each in speaking.T])
    return Machine(weights, mean.astype(np.float32), MEANING * meanings.T @ speaking, examples.chief, both, under)


def _under(examples: Examples, speaking: Floats, context: int) -> Under:
    chosen = np.flatnonzero(examples.contexts == context)
    rows = examples.rows[chosen]
    columns = np.unique(rows.indices).astype(np.int64)
    weights = np.asarray(rows[:, columns].T @ speaking[chosen], dtype=np.float32) / APART
    return Under(columns, weights, (SAME_QUESTION * speaking[chosen].sum(axis=0)).astype(np.float32))


def arrays_of(machine: Machine) -> dict[str, Array]:
    """What of a machine is stored, in half precision: scores change in the fourth digit at most."""
    # The upper triangle: one and the other add what the other and the one do.
    pairs = np.triu_indices(machine.chief.shape[1])
    found: dict[str, Array] = {
        "bare": machine.weights.astype("<f2"),
        "bias": machine.bias.astype("<f4"),
        "directions": machine.directions.astype("<f2"),
        "chief": machine.chief.astype("<f2"),
        "both": machine.both[:, *pairs].astype("<f2"),
    }
    for number, under in enumerate(machine.under):
        found[f"under{number}_columns"] = under.columns.astype("<i4")
        found[f"under{number}_weights"] = under.weights.astype("<f2")
        found[f"under{number}_bias"] = under.bias.astype("<f4")
    return found


def read_machine(pack: Pack, context_count: int) -> Machine:
    """As `arrays_of` stored it. Raises `UnreadableModel`."""
    wide: Any = np.float32
    chief = pack.array("chief").astype(np.float64)
    return Machine(
        pack.array("bare").astype(wide),
        pack.array("bias").astype(wide),
        pack.array("directions").astype(np.float64),
        chief,
        _squares(pack.array("both"), chief.shape[1]),
        tuple(
            Under(
                pack.array(f"under{number}_columns").astype(np.int64),
                pack.array(f"under{number}_weights").astype(wide),
                pack.array(f"under{number}_bias").astype(wide),
            )
            for number in range(context_count)
        ),
    )


def _squares(triangles: Array, count: int) -> Floats:
    """What was stored of every two directions, as squares of `count` by `count`."""
    one, other = np.triu_indices(count)
    if triangles.shape[1:] != one.shape:
        raise UnreadableModel("damaged: not as many pairs as directions")
    squares = np.zeros((len(triangles), count, count))
    squares[:, one, other] = squares[:, other, one] = triangles
    return squares
