"""How much each passage has of what patients' comments are known to be about: the ground themes are drawn on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import BinaryIO, cast

import numpy as np

from antiphon.engines.listening.learned._background import Background, background
from antiphon.engines.listening.learned._grams import Floats, Ints, Matrix
from antiphon.engines.listening.learned._learn_background import Learned
from antiphon.engines.listening.learned._pack import Pack
from antiphon.engines.listening.learned._ridge import solved
from antiphon.engines.listening.learned._thresholds import calibrated, probabilities

KIND = "topics"
# A passage that no known topic claims as much as this is placed by its meaning alone.
CLAIMED = 0.3
# How much meaning counts beside topics.
MEANING = 0.4


@dataclass(frozen=True, slots=True)
class Topics:
    """Weights of pieces for each known topic."""

    names: tuple[str, ...]
    weights: Floats
    bias: Floats
    slopes: Floats
    shifts: Floats

    def strengths(self, rows: Matrix) -> Floats:
        """How likely each passage speaks of each topic."""
        return probabilities(np.asarray(rows @ self.weights) + self.bias, self.slopes, self.shifts)


@cache
def topics() -> Topics:
    """Those that ship."""
    with (files("antiphon.engines.listening") / "models" / "topics.model").open("rb") as file:
        return read_topics(Pack(cast(BinaryIO, file), KIND))


def read_topics(pack: Pack) -> Topics:
    """As they were packed."""
    weights = pack.array("bare").astype(np.float32) * pack.array("scales")
    names = tuple(pack.words("names"))
    return Topics(names, weights, pack.array("bias"), pack.array("slopes"), pack.array("shifts"))


def ground_of(texts: Sequence[str], known: Topics) -> tuple[Floats, Floats]:
    """A place for each text, such that texts about the same lie together; and its topics."""
    ground = background()
    rows = ground.grams.rows(texts)
    strengths = known.strengths(rows)
    lengths = np.sqrt((strengths * strengths).sum(axis=1, keepdims=True))
    return np.hstack([strengths / np.maximum(lengths, CLAIMED), MEANING * ground.meanings(rows)]), strengths


def learn_topics(texts: Sequence[str], names: Sequence[str], truth: Ints, ground: Background, version: str) -> Learned:
    """From comments that people coded; one column of `truth` a topic."""
    rows = ground.grams.rows(texts)
    kernel = (rows @ rows.T).toarray().astype(np.float32)
    speaking, mean = solved(kernel, truth.astype(np.float32))
    weights = np.asarray(rows.T @ speaking, dtype=np.float32)
    # What a comment would score had it not been learned from: its own share of the fit is taken out.
    slopes, shifts = calibrated(truth, _without_itself(kernel, speaking, truth))
    scales = np.maximum(np.abs(weights).max(axis=0), np.float32(1e-6)) / 127
    arrays = {
        "bare": np.round(weights / scales).astype("|i1"),
        "scales": scales.astype("<f4"),
        "bias": mean.astype("<f4"),
        "slopes": slopes.astype("<f4"),
        "shifts": shifts.astype("<f4"),
    }
    return Learned({"kind": KIND, "version": version, "background": ground.version}, {"names": list(names)}, arrays)


def _without_itself(kernel: Floats, speaking: Floats, truth: Ints) -> Floats:
    stiff = kernel.copy()
    stiff[np.diag_indices_from(stiff)] += 1
    own = np.diag(np.linalg.inv(stiff))[:, None]
    return truth - speaking / own
