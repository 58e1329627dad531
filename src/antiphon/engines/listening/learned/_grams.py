"""Texts as counted pieces: words, pairs of words, and runs of letters inside words."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening.learned._words import words_in

Matrix = Any  # a scipy.sparse.csr_matrix: scipy brings no types
Floats = NDArray[Any]
Ints = NDArray[Any]

SHORTEST_RUN, LONGEST_RUN = 2, 5
REMEMBERED_WORDS = 50_000


def runs_of(word: str) -> list[str]:
    """Runs of two to five letters of a word with a space on either side, so that its ends are known."""
    padded = f" {word} "
    lengths = range(SHORTEST_RUN, min(LONGEST_RUN, len(padded)) + 1)
    return [padded[start : start + length] for length in lengths for start in range(len(padded) - length + 1)]


def pieces_of(words: Sequence[str]) -> Iterator[str]:
    """Words and pairs of neighbours."""
    return chain(words, map(" ".join, pairwise(words)))


@dataclass(slots=True)
class Grams:
    """Which pieces are known, and how much each of them tells (its inverse document frequency).

    Words and pairs come first, runs of letters after them; both halves of a row have length 1, so that
    neither drowns the other.
    """

    pieces: dict[str, int]
    runs: dict[str, int]
    weights: Floats
    _by_word: dict[str, bytes] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return len(self.pieces) + len(self.runs)

    def rows(self, texts: Iterable[str]) -> Matrix:
        """One row a text, rows of unknown words empty."""
        from scipy.sparse import csr_matrix

        said = [words_in(text) for text in texts]
        found = [(self._pieces(words), b"".join(map(self._runs, words))) for words in said]
        # A place of the matrix as one number, so that one sort brings all of them in order.
        bits = np.int64(self.width.bit_length())
        places = np.sort(np.concatenate([_placed([each[half] for each in found], bits) for half in (0, 1)]))
        is_first = np.diff(places, prepend=-1) > 0
        counts = np.diff(np.flatnonzero(is_first), append=len(places)).astype(np.float32)
        places = places[is_first]
        columns = (places & ((1 << bits) - 1)).astype(np.int32)
        # Where the words of each row begin and its runs, and where the last row ends.
        halves = np.add.outer(np.arange(len(said) + 1) << bits, np.array([0, len(self.pieces)]))
        ends = np.searchsorted(places, halves.ravel()[:-1])
        data = _scaled((1 + np.log(counts)) * self.weights[columns], ends)
        return csr_matrix((data, columns, ends[::2]), shape=(len(said), self.width))

    def columns_of(self, word: str) -> Ints:
        """The columns that a word alone has: its own and those of its runs."""
        own = self.pieces.get(word)
        return np.frombuffer((b"" if own is None else _bytes_of([own])) + self._runs(word), dtype=np.int32)

    def _pieces(self, words: Sequence[str]) -> bytes:
        get = self.pieces.get
        return _bytes_of([column for piece in pieces_of(words) if (column := get(piece)) is not None])

    def _runs(self, word: str) -> bytes:
        remembered = self._by_word.get(word)
        if remembered is None:
            split, get = len(self.pieces), self.runs.get
            columns = [split + column for run in runs_of(word) if (column := get(run)) is not None]
            remembered = _bytes_of(columns)
            if len(self._by_word) < REMEMBERED_WORDS:
                self._by_word[word] = remembered
        return remembered


def _bytes_of(columns: Sequence[int]) -> bytes:
    return array("i", columns).tobytes()


def _placed(found: Sequence[bytes], bits: Any) -> Ints:
    """Columns (4 bytes each) of each row, with the number of the row in the bits above them."""
    rows = np.repeat(np.arange(len(found)) << bits, [len(each) // 4 for each in found])
    return cast(Ints, np.frombuffer(b"".join(found), dtype=np.int32) + rows)


def _scaled(data: Floats, ends: Ints) -> Floats:
    """Each part of the data, from one end to the next, brought to length 1."""
    sizes = np.diff(ends)
    squares = np.add.reduceat(np.append(data.astype(np.float64) ** 2, 0.0), np.minimum(ends[:-1], len(data)))
    lengths = np.sqrt(np.where(sizes > 0, squares, 1.0))
    return cast(Floats, (data / np.repeat(lengths, sizes)).astype(np.float32))


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
