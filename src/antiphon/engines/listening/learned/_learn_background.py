"""Learning the background: from texts, from how one survey was once sorted, and from a public sentence model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from antiphon.engines.listening.learned._background import unit_rows
from antiphon.engines.listening.learned._grams import Floats, Grams, Matrix, learn_grams
from antiphon.engines.listening.learned._learn_sentences import Places, learn_sentences
from antiphon.engines.listening.learned._pack import Array
from antiphon.engines.listening.learned._ridge import solved
from antiphon.engines.listening.learned._words import words_in

LEAST_PIECES, LEAST_RUNS = 3, 5
NEIGHBOURS, THEMES = 100, 90
WINDOW = 5
# What neighbours, themes and the other survey's sorting count for in a meaning.
SHARES = (0.7, 0.7, 0.2)
_DAMPED = 0.75


@dataclass(frozen=True, slots=True)
class Learned:
    """A background as it is packed."""

    head: dict[str, Any]
    words: dict[str, list[str]]
    arrays: dict[str, Array]


def learn_background(
    texts: Sequence[str], sorted_texts: Sequence[str], sorting: Floats, places: Places, version: str
) -> Learned:
    """From every text there is, and from those that were sorted (one column a drawer).

    The sentence model reads the sorted ones alone, and of them only those that are none of the `texts`.
    """
    grams = learn_grams([*texts, *sorted_texts], least_pieces=LEAST_PIECES, least_runs=LEAST_RUNS)
    rows = grams.rows([*texts, *sorted_texts])
    neighbours = np.zeros((grams.width, NEIGHBOURS), np.float32)
    single = [piece for piece in grams.pieces if " " not in piece]
    columns = [grams.pieces[piece] for piece in single]
    neighbours[columns] = _neighbours([*texts, *sorted_texts], single)
    blocks = [neighbours, _themes(rows), _sorting(rows[len(texts) :], sorting)]
    directions = np.hstack(blocks)
    packed = _packed(grams, rows, directions, [block.shape[1] for block in blocks], version)
    others = sorted(set(sorted_texts) - set(texts))
    return Learned(packed.head, packed.words, packed.arrays | learn_sentences(grams, rows, others, places))


def _neighbours(texts: Sequence[str], single: list[str]) -> Floats:
    """Words that keep the same company point the same way."""
    known = {word: number for number, word in enumerate(single)}
    near: dict[tuple[int, int], float] = {}
    for text in texts:
        line = [known[word] for word in words_in(text) if word in known]
        for at, word in enumerate(line):
            for back, other in enumerate(reversed(line[max(0, at - WINDOW) : at]), start=1):
                near[word, other] = near.get((word, other), 0.0) + 1 / back
                near[other, word] = near.get((other, word), 0.0) + 1 / back
    pairs = sorted(near)
    first, second = np.array(pairs).T
    counts = np.array([near[pair] for pair in pairs])
    total = counts.sum()
    often = np.bincount(first, counts, len(single))
    damped = often**_DAMPED / (often**_DAMPED).sum() * total
    together = np.maximum(np.log(counts * total / (often[first] * damped[second])), 0)
    left, values = _strongest(together, first, second, len(single), NEIGHBOURS)
    return unit_rows((left * np.sqrt(values)).astype(np.float32))


def _strongest(values: Floats, rows: Any, columns: Any, size: int, count: int) -> tuple[Floats, Floats]:
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    matrix = csr_matrix((values, (rows, columns)), shape=(size, size))
    left, strengths, _ = svds(matrix, k=count, v0=np.ones(size))
    return left[:, ::-1], strengths[::-1]


def _themes(rows: Matrix) -> Floats:
    """Pieces that stand in the same texts point the same way."""
    from scipy.sparse.linalg import svds

    _, _, right = svds(rows.astype(np.float64), k=THEMES, v0=np.ones(min(rows.shape)))
    return cast(Floats, right[::-1].T.astype(np.float32))


def _sorting(rows: Matrix, sorting: Floats) -> Floats:
    """Pieces that one survey's readers put into the same drawer point the same way."""
    kernel = (rows @ rows.T).toarray().astype(np.float32)
    speaking, _ = solved(kernel, sorting)
    weights = np.asarray(rows.T @ speaking, dtype=np.float32)
    return cast(Floats, weights / np.asarray(rows @ weights).std(axis=0))


def _packed(grams: Grams, rows: Matrix, directions: Floats, widths: list[int], version: str) -> Learned:
    scales = np.abs(directions).max(axis=0) / 127
    whole = np.round(directions / scales).astype("|i1")
    raw = np.asarray(rows @ (whole * scales.astype(np.float32)))
    ends = [int(end) for end in np.cumsum(widths)]
    starts = [0, *ends[:-1]]
    centre = np.hstack([unit_rows(raw[:, a:b]).mean(axis=0) for a, b in zip(starts, ends, strict=True)])
    head = {"kind": "background", "version": version, "blocks": ends, "shares": SHARES}
    words = {"pieces": list(grams.pieces), "runs": list(grams.runs)}
    arrays: dict[str, Array] = {
        "directions": whole,
        "scales": scales.astype("<f4"),
        "centre": centre.astype("<f4"),
        "weights": grams.weights.astype("<f4"),
    }
    return Learned(head, words, arrays)
