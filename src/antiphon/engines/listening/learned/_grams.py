"""Texts as counted pieces: words, pairs of words, and runs of letters inside words."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise, repeat
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening._phrases import LONGEST_WORD
from antiphon.engines.listening._remembered import Remembered
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
    neither drowns the other. `pairs` are the pieces of two words, by both.
    """

    pieces: dict[str, int]
    runs: dict[str, int]
    weights: Floats
    pairs: dict[tuple[str, ...], int] = field(init=False, repr=False)
    # The columns that each word brings by itself, 4 bytes each: its own, then those of its runs.
    _alone: Remembered[bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.pairs = {tuple(piece.split(" ")): column for piece, column in self.pieces.items() if " " in piece}
        self._alone = Remembered(self._brought, most=REMEMBERED_WORDS, longest=LONGEST_WORD)

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return len(self.pieces) + len(self.runs)

    def rows(self, texts: Iterable[str]) -> Matrix:
        """One row a text, rows of unknown words empty; columns in order."""
        return self.rows_of([words_in(text) for text in texts])

    def rows_of(self, said: Sequence[list[str]]) -> Matrix:
        """The same of texts that are in words already."""
        from scipy.sparse import csr_matrix

        bits = self.width.bit_length()
        places = np.sort(self._places(said, bits))
        firsts = np.flatnonzero(np.append(True, places[1:] != places[:-1])[: len(places)])
        counts = np.diff(firsts, append=len(places)).astype(np.float32)
        places = places[firsts]
        columns = places & ((1 << bits) - 1)
        # Where the words of each row begin and its runs, and where the last row ends.
        halves = np.add.outer(np.arange(len(said) + 1) << bits, np.array([0, len(self.pieces)]))
        ends = np.searchsorted(places, halves.ravel()[:-1])
        data = _scaled((1 + np.log(counts)) * self.weights[columns], ends)
        return csr_matrix((data, columns, ends[::2]), shape=(len(said), self.width))

    def columns_of(self, word: str) -> Ints:
        """The columns that a word alone has: its own and those of its runs."""
        return np.frombuffer(self._alone[word], dtype=np.int32)

    def _brought(self, word: str) -> bytes:
        split, get = len(self.pieces), self.runs.get
        own = self.pieces.get(word)
        columns = [] if own is None else [own]
        columns += [split + column for run in runs_of(word) if (column := get(run)) is not None]
        return array("i", columns).tobytes()

    def _places(self, said: Sequence[list[str]], bits: int) -> Ints:
        """Every piece of every text as one number, the row in the bits above the column: one sort orders all."""
        words = [*chain.from_iterable(said)]
        # Half as many bytes are sorted in half the time.
        wide: Any = np.int32 if len(said) << bits < 1 << 31 else np.int64
        rows = np.repeat(np.arange(len(said), dtype=wide) << bits, [*map(len, said)])
        alone = [*map(self._alone.__getitem__, words)]
        sizes = np.fromiter(map(len, alone), np.int64, len(alone)) // 4
        single = np.frombuffer(b"".join(alone), dtype=np.int32) + np.repeat(rows, sizes)
        following = zip(words, islice(words, 1, None), strict=False)
        pairs = np.fromiter(map(self.pairs.get, following, repeat(-1)), np.int32, max(len(words) - 1, 0))
        # The last word of a text and the first of the next are no pair.
        known = (pairs >= 0) & (rows[1:] == rows[:-1])
        return np.concatenate([single, pairs[known] + rows[1:][known]])


def narrowed(rows: Matrix, places: Ints, width: int) -> Matrix:
    """The same rows with those columns alone that have a place, 0 to `width`; a column without one has -1.

    Columns stay in their order: `places` of two columns may not be the other way round.
    """
    from scipy.sparse import csr_matrix

    columns = places[rows.indices]
    known = np.flatnonzero(columns >= 0)
    ends = np.searchsorted(known, rows.indptr)
    return csr_matrix((rows.data[known], columns[known], ends), shape=(rows.shape[0], width))


def places_of(columns: Ints, width: int) -> Ints:
    """For `narrowed`: which of `width` columns are these, and where among them."""
    places = np.full(width, -1, dtype=np.int32)
    places[columns] = np.arange(len(columns))
    return places


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
