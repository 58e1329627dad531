"""Texts as counted pieces: words, pairs of words, and runs of letters inside words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise, repeat
from operator import itemgetter
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening.learned._spelling import LONGEST_RUN, SHORTEST_RUN, Spelling
from antiphon.engines.listening.learned._words import words_in

Matrix = Any  # a scipy.sparse.csr_matrix: scipy brings no types
Floats = NDArray[Any]
Ints = NDArray[Any]

# Runs that many words share tell little, and they add up: what a run tells counts to this power.
RARENESS = 1.5


def runs_of(word: str) -> tuple[str, ...]:
    """Runs of two to five letters of a word with a space on either side, so that its ends are known.

    A number has none: which digits it holds says nothing.
    """
    return () if word.isdecimal() else _cutting(len(word) + 2)(f" {word} ")


@cache
def _cutting(length: int) -> Callable[[str], tuple[str, ...]]:
    """What cuts all runs out of so many letters at once."""
    sizes = range(SHORTEST_RUN, min(LONGEST_RUN, length) + 1)
    return itemgetter(*[slice(start, start + size) for size in sizes for start in range(length - size + 1)])


def pieces_of(words: Sequence[str]) -> Iterator[str]:
    """Words and pairs of neighbours."""
    return chain(words, map(" ".join, pairwise(words)))


class Said(NamedTuple):
    """Texts in words: all words one after the other, how many each text has, the column of each word (-1: unknown)."""

    words: list[str]
    sizes: Ints
    columns: Ints

    def part(self, texts: slice) -> "Said":
        """The same of some texts alone."""
        words = slice(int(self.sizes[: texts.start].sum()), int(self.sizes[: texts.stop].sum()))
        return Said(self.words[words], self.sizes[texts], self.columns[words])


@dataclass(slots=True)
class Grams:
    """Which pieces are known, and how much each of them tells (its inverse document frequency).

    Words and pairs come first, runs of letters after them; each half of a row is brought to one length, so that
    neither drowns the other. A pair is known where both of its words are: `pairs` are such, as numbers in order (see
    `_pair`), with the column of each. `run_weights` is what each run adds to a row, `spelling` finds runs in words.
    """

    pieces: dict[str, int]
    runs: dict[str, int]
    weights: Floats
    pairs: tuple[Ints, Ints] = field(init=False, repr=False)
    run_weights: Floats = field(init=False, repr=False)
    spelling: Spelling = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.run_weights = (self.weights[len(self.pieces) :] ** RARENESS).astype(np.float32)
        self.spelling = Spelling(self.runs)
        self.pairs = self._pairs()

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return len(self.pieces) + len(self.runs)

    def said(self, texts: Sequence[Sequence[str]]) -> Said:
        """Texts (lower-case words) with what is known of their words."""
        words = [*chain.from_iterable(texts)]
        columns = np.fromiter(map(self.pieces.get, words, repeat(-1)), np.int32, len(words))
        return Said(words, np.array([*map(len, texts)], dtype=np.int64), columns)

    def rows(self, texts: Iterable[str]) -> Matrix:
        """One row a text, rows of unknown words empty; columns in order."""
        from scipy.sparse import hstack

        said = self.said([words_in(text) for text in texts])
        return hstack([self.piece_rows(said), self._run_rows(said)], format="csr", dtype=np.float32)

    def piece_rows(self, said: Said) -> Matrix:
        """The half of each row that is words and pairs, of length 1; columns in order."""
        from scipy.sparse import csr_matrix

        bits, count = len(self.pieces).bit_length(), len(said.sizes)
        places = np.sort(self._places(said, bits))
        firsts = np.flatnonzero(np.append(True, places[1:] != places[:-1])[: len(places)])
        counts = np.diff(firsts, append=len(places)).astype(np.float32)
        places = places[firsts]
        columns = places & ((1 << bits) - 1)
        ends = np.searchsorted(places, np.arange(count + 1) << bits)
        data = _scaled((1 + np.log(counts)) * self.weights[columns], ends)
        return csr_matrix((data, columns, ends), shape=(count, len(self.pieces)))

    def spelt(self, words: Sequence[str]) -> Matrix:
        """One row a word: the runs it is spelt with, each with its weight as often as it comes."""
        from scipy.sparse import csr_matrix

        columns, ends = self.spelling.of(words)
        return csr_matrix((self.run_weights[columns], columns, ends), shape=(len(words), len(self.runs)))

    def _run_rows(self, said: Said) -> Matrix:
        """The half of each row that is runs: the sum of its words, whose squares together are brought to 1."""
        from scipy.sparse import csr_matrix, diags

        numbers = {word: number for number, word in enumerate(dict.fromkeys(said.words))}
        each = np.fromiter(map(numbers.__getitem__, said.words), np.int32, len(said.words))
        ends = np.concatenate([[0], np.cumsum(said.sizes)])
        uses = csr_matrix((np.ones(len(each), np.float32), each, ends), shape=(len(said.sizes), len(numbers)))
        spelt = self.spelt([*numbers])
        rows = diags(1 / lengths_of(uses @ squares_of(spelt))) @ (uses @ spelt)
        rows.sort_indices()
        return rows

    def _places(self, said: Said, bits: int) -> Ints:
        """Every piece of every text as one number, the row in the bits above the column: one sort orders all."""
        _, sizes, columns = said
        # Half as many bytes are sorted in half the time.
        wide: Any = np.int32 if len(sizes) << bits < 1 << 31 else np.int64
        rows = np.repeat(np.arange(len(sizes), dtype=wide) << bits, sizes)
        single = columns >= 0
        # The last word of a text and the first of the next are no pair.
        first = np.flatnonzero(single[:-1] & single[1:] & (rows[:-1] == rows[1:]))
        numbers, of_pairs = self.pairs
        wanted = self._pair(columns[first], columns[first + 1])
        at = np.searchsorted(numbers, wanted)
        known = numbers[at] == wanted
        return np.concatenate([columns[single] + rows[single], of_pairs[at[known]] + rows[first[known]]])

    def _pairs(self) -> tuple[Ints, Ints]:
        split = [(piece.split(" "), column) for piece, column in self.pieces.items() if piece.count(" ") == 1]
        each = [(*map(self.pieces.get, words), column) for words, column in split if {*words} <= self.pieces.keys()]
        one, other, columns = np.array(each, dtype=np.int32).reshape(-1, 3).T
        numbers = self._pair(one, other)
        order = np.argsort(numbers)
        # The last is larger than any, so that nobody need ask whether there is another.
        return np.append(numbers[order], np.iinfo(np.int64).max), np.append(columns[order], np.int32(-1))

    def _pair(self, one: Ints, other: Ints) -> Ints:
        """Two columns as one number."""
        return one.astype(np.int64) * len(self.pieces) + other


def squares_of(rows: Matrix) -> Floats:
    """The sum of the squares of what each row holds."""
    owners = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return np.bincount(owners, rows.data.astype(np.float64) ** 2, rows.shape[0]).astype(np.float32)


def lengths_of(squares: Floats) -> Floats:
    """Lengths from their squares; of nothing 1, so that it stays nothing."""
    return np.sqrt(np.where(squares > 0, squares, np.float32(1)))


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
