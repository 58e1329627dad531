"""What texts add up to along some directions, without a row of runs for each text.

What a word is spelt with adds the same in every text: it is worked out once, and remembered.
"""

from collections.abc import Sequence
from itertools import repeat
from threading import Lock
from typing import cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Grams, Ints, Matrix, Said, lengths_of, squares_of

# At most so many words are remembered, then all are forgotten: 12 MB for the reader that ships.
REMEMBERED_WORDS = 20_000
# Words looked at together, so that there is always room for them.
_AT_ONCE = 16_000


class Lens:
    """The products of rows and `ways` (one row a piece or run), side by side."""

    __slots__ = ("_grams", "_places", "_sums", "_taken", "_ways")

    def __init__(self, grams: Grams, ways: Sequence[Floats]) -> None:
        self._grams, self._ways = grams, ways
        # Threads of a server share what is remembered: a word is met, or all are forgotten, by one of them at a time.
        self._taken = Lock()
        # Where each word stands among the sums: along all ways, then the square of its length.
        self._places: dict[str, int] = {}
        # Only what is written to takes memory. The first row is that of numbers, which are not remembered.
        self._sums = np.zeros((REMEMBERED_WORDS + 1, sum(way.shape[1] for way in ways) + 1), np.float32)

    def of(self, said: Said, pieces: Matrix) -> Floats:
        """As `rows @ way` for each way: one row a text; `pieces` are the rows' first half."""
        split = len(self._grams.pieces)
        whole = np.hstack([pieces @ way[:split] for way in self._ways])
        for texts in _parts(said.sizes):
            whole[texts] += self._spelt(said.part(texts))
        return whole

    def spelt(self, word: str) -> Floats:
        """What the runs of a word add along all ways, and last the square of their length."""
        with self._taken:
            self._meet([word])
            return cast(Floats, self._sums[self._places.get(word, 0)].copy())

    def _spelt(self, said: Said) -> Floats:
        from scipy.sparse import csr_matrix

        ends = np.concatenate([[0], np.cumsum(said.sizes)])
        with self._taken:
            self._meet(said.words)
            places = np.fromiter(map(self._places.get, said.words, repeat(0)), np.int32, len(said.words))
            shape = len(said.sizes), len(self._sums)
            sums = csr_matrix((np.ones(len(places), np.float32), places, ends), shape=shape) @ self._sums
        return cast(Floats, sums[:, :-1] / lengths_of(sums[:, -1:]))

    def _meet(self, words: Sequence[str]) -> None:
        fresh = self._not_met(words)
        if len(self._places) + len(fresh) > REMEMBERED_WORDS:
            self._places.clear()
            fresh = self._not_met(words)
        if fresh:
            first = len(self._places) + 1
            self._places.update(zip(fresh, range(first, first + len(fresh)), strict=True))
            spelt, split = self._grams.spelt(fresh), len(self._grams.pieces)
            sums = [spelt @ way[split:] for way in self._ways]
            self._sums[first : first + len(fresh)] = np.column_stack([*sums, squares_of(spelt)])

    def _not_met(self, words: Sequence[str]) -> list[str]:
        return [word for word in set(words).difference(self._places) if not word.isdecimal()]


def _parts(sizes: Ints) -> list[slice]:
    """Texts next to each other that have so many words together, or one that has more."""
    ends = np.cumsum(sizes)
    parts, start = [], 0
    while start < len(sizes):
        before = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, before + _AT_ONCE, side="right")), start + 1)
        parts.append(slice(start, stop))
        start = stop
    return parts
