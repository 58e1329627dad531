"""Texts as counted pieces: words, pairs of words, and runs of letters inside words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening.learned._words import words_in

Matrix = Any  # a scipy.sparse.csr_matrix: scipy brings no types
Floats = NDArray[Any]
Ints = NDArray[Any]

SHORTEST_RUN, LONGEST_RUN = 2, 5
REMEMBERED_WORDS = 50_000


def runs_of(word: str) -> Iterator[str]:
    """Runs of two to five letters of a word with a space on either side, so that its ends are known."""
    padded = f" {word} "
    for length in range(SHORTEST_RUN, min(LONGEST_RUN, len(padded)) + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def pieces_of(words: Sequence[str]) -> Iterator[str]:
    """Words and pairs of neighbours."""
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


@dataclass(slots=True)
class Grams:
    """Which pieces are known, and how much each of them tells (its inverse document frequency).

    Words and pairs come first, runs of letters after them; both halves of a row have length 1, so that
    neither drowns the other.
    """

    pieces: dict[str, int]
    runs: dict[str, int]
    weights: Floats
    _by_word: dict[str, list[int]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return len(self.pieces) + len(self.runs)

    def rows(self, texts: Iterable[str]) -> Matrix:
        """One row a text, rows of unknown words empty."""
        from scipy.sparse import csr_matrix, hstack

        found = [self._found(words_in(text)) for text in texts]
        left = _counted([pieces for pieces, _ in found], len(self.pieces), csr_matrix)
        right = _counted([runs for _, runs in found], len(self.runs), csr_matrix)
        split = len(self.pieces)
        return hstack([_weighted(left, self.weights[:split]), _weighted(right, self.weights[split:])], format="csr")

    def _found(self, words: list[str]) -> tuple[list[int], list[int]]:
        known = self.pieces
        pieces = [known[piece] for piece in pieces_of(words) if piece in known]
        runs: list[int] = []
        for word in words:
            runs += self._runs(word)
        return pieces, runs

    def _runs(self, word: str) -> list[int]:
        remembered = self._by_word.get(word)
        if remembered is None:
            remembered = [self.runs[run] for run in runs_of(word) if run in self.runs]
            if len(self._by_word) < REMEMBERED_WORDS:
                self._by_word[word] = remembered
        return remembered


def learn_grams(texts: Sequence[str], *, least_pieces: int = 1, least_runs: int = 2) -> Grams:
    """Every piece that stands in at least so many texts, in alphabetical order."""
    in_pieces: Counter[str] = Counter()
    in_runs: Counter[str] = Counter()
    for text in texts:
        words = words_in(text)
        in_pieces.update(set(pieces_of(words)))
        in_runs.update({run for word in set(words) for run in runs_of(word)})
    pieces = sorted(piece for piece, count in in_pieces.items() if count >= least_pieces)
    runs = sorted(run for run, count in in_runs.items() if count >= least_runs)
    counts = np.array([in_pieces[piece] for piece in pieces] + [in_runs[run] for run in runs], dtype=np.float64)
    weights = np.log((1 + len(texts)) / (1 + counts)) + 1
    return Grams(
        {piece: column for column, piece in enumerate(pieces)},
        {run: column for column, run in enumerate(runs)},
        weights.astype(np.float32),
    )


def _counted(found: list[list[int]], width: int, csr_matrix: Any) -> Matrix:
    ends = np.cumsum([0, *map(len, found)])
    columns = np.fromiter(chain.from_iterable(found), dtype=np.int32, count=int(ends[-1]))
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(found), width))
    matrix.sum_duplicates()
    return matrix


def _weighted(matrix: Matrix, weights: Floats) -> Matrix:
    """Counts dampened, weighted, and each row brought to length 1."""
    matrix.data = (1 + np.log(matrix.data)) * weights[matrix.indices]
    return scaled_rows(matrix)


def scaled_rows(matrix: Matrix) -> Matrix:
    """Each row of a sparse matrix brought to length 1; empty rows stay empty."""
    squares = np.add.reduceat(
        np.append(matrix.data.astype(np.float64) ** 2, 0.0), np.minimum(matrix.indptr[:-1], len(matrix.data))
    )
    lengths = np.sqrt(np.where(np.diff(matrix.indptr) > 0, squares, 1.0))
    matrix.data = (matrix.data / np.repeat(lengths, np.diff(matrix.indptr))).astype(np.float32)
    return matrix
