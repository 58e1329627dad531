"""A fitted model: weights of pieces, and examples that speak for texts of like meaning."""

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Ints, Matrix, narrowed, places_of
from antiphon.engines.listening.learned._pack import Array, Pack
from antiphon.engines.listening.learned._ridge import (
    APART,
    MEANING,
    SAME_QUESTION,
    SHARPNESS,
    Examples,
    solved,
)

# Texts whose nearness to all examples is worked out at once.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Under:
    """What changes under one question: some pieces weigh more, some labels are likelier."""

    columns: Ints
    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Machine:
    """Raw scores of each label for each text; the same sum as the kernel it was fitted with."""

    weights: Floats
    bias: Floats
    landmarks: Floats
    speaking: Floats
    under: tuple[Under, ...] = ()
    _places: dict[int, Ints] = field(default_factory=dict)
    _spoken: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # What of `meaning_kernel` depends on the landmarks alone.
        wide = self.landmarks.astype(np.float64)
        reach = MEANING * np.exp(-SHARPNESS * (wide * wide).sum(axis=1, keepdims=True))
        object.__setattr__(self, "_spoken", self.speaking.astype(np.float64) * reach)

    def scores(self, rows: Matrix, meanings: Floats, contexts: Ints) -> Floats:
        """One row a text, one column a label."""
        scores = (rows @ self.weights).astype(np.float64) + self.bias
        # In double precision, so that neither the size of a batch nor the machine shows in the digits told.
        scores += self._nearby(meanings.astype(np.float64))
        for context, under in enumerate(self.under):
            chosen = np.flatnonzero(contexts == context)
            if len(chosen):
                scores[chosen] += self._extra(rows[chosen], context, under)
        return cast(Floats, scores)

    def _nearby(self, meanings: Floats) -> Floats:
        """`meaning_kernel(meanings, landmarks) @ speaking`, with few passes over a kernel that fits near the core."""
        found = [self._near(meanings[at : at + _AT_ONCE]) for at in range(0, len(meanings), _AT_ONCE)]
        return np.concatenate([np.zeros((0, self.speaking.shape[1])), *found])

    def _near(self, meanings: Floats) -> Floats:
        near = (2 * SHARPNESS * meanings) @ self.landmarks.T
        np.exp(near, out=near)
        own = np.exp(-SHARPNESS * (meanings * meanings).sum(axis=1, keepdims=True))
        return cast(Floats, near @ self._spoken * own)

    def _extra(self, rows: Matrix, context: int, under: Under) -> Floats:
        if context not in self._places:
            self._places[context] = places_of(under.columns, len(self.weights))
        here = narrowed(rows, self._places[context], len(under.columns))
        return cast(Floats, here @ under.weights + under.bias)


def fitted(examples: Examples, kernel: Floats, targets: Floats, context_count: int) -> Machine:
    """The machine that gives what `kernel` (of these examples) says."""
    speaking, mean = solved(kernel, targets)
    scale = APART if context_count else np.float32(1)
    weights = np.asarray(examples.rows.T @ speaking, dtype=np.float32) / scale
    under = tuple(_under(examples, speaking, context) for context in range(context_count))
    return Machine(weights, mean.astype(np.float32), examples.meanings, speaking, under)


def _under(examples: Examples, speaking: Floats, context: int) -> Under:
    chosen = np.flatnonzero(examples.contexts == context)
    rows = examples.rows[chosen]
    columns = np.unique(rows.indices).astype(np.int64)
    weights = np.asarray(rows[:, columns].T @ speaking[chosen], dtype=np.float32) / APART
    return Under(columns, weights, (SAME_QUESTION * speaking[chosen].sum(axis=0)).astype(np.float32))


def arrays_of(machine: Machine) -> dict[str, Array]:
    """What of a machine is stored, in half precision: scores change in the fourth digit at most."""
    reach = np.maximum(np.abs(machine.landmarks).max(axis=0), np.float32(1e-6))
    found: dict[str, Array] = {
        "bare": machine.weights.astype("<f2"),
        "bias": machine.bias.astype("<f4"),
        "landmarks": np.round(machine.landmarks / reach * 127).astype("|i1"),
        "reach": reach.astype("<f4"),
        "speaking": machine.speaking.astype("<f2"),
    }
    for number, under in enumerate(machine.under):
        found[f"under{number}_columns"] = under.columns.astype("<i4")
        found[f"under{number}_weights"] = under.weights.astype("<f2")
        found[f"under{number}_bias"] = under.bias.astype("<f4")
    return found


def read_machine(pack: Pack, context_count: int) -> Machine:
    """As `arrays_of` stored it."""
    wide: Any = np.float32
    landmarks, speaking = _each_once(pack.array("landmarks"), pack.array("speaking").astype(np.float64))
    return Machine(
        pack.array("bare").astype(wide),
        pack.array("bias").astype(wide),
        landmarks * (pack.array("reach").astype(np.float64) / 127),
        speaking,
        tuple(
            Under(
                pack.array(f"under{number}_columns").astype(np.int64),
                pack.array(f"under{number}_weights").astype(wide),
                pack.array(f"under{number}_bias").astype(wide),
            )
            for number in range(context_count)
        ),
    )


def _each_once(landmarks: Array, speaking: Floats) -> tuple[Array, Floats]:
    """Landmarks without repetitions: people often say the same, and what equal ones say adds up."""
    places: dict[bytes, int] = {}
    numbers = np.array([places.setdefault(row.tobytes(), len(places)) for row in landmarks])
    firsts = np.unique(numbers, return_index=True)[1]
    together = np.zeros((len(places), speaking.shape[1]))
    np.add.at(together, numbers, speaking)
    return landmarks[firsts], together
