"""Which runs of letters words are spelt with, looked up for many words at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHORTEST_RUN, LONGEST_RUN = 2, 5
Ints = NDArray[Any]

# A run is a number: each letter times odd numbers that stand for its place. That two runs are one number, or that a
# strange one is the number of a known one, would take more runs than are ever met: chance mixes 64 bits.
_NEXT, _MIXED = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_BITS = 64
# So many drawers for each known run: most hold one, few two.
_DRAWERS = 8


class Spelling:
    """Known runs with the column of each; finds those of any words."""

    __slots__ = ("_columns", "_drawers", "_fullest", "_keys", "_shift")

    def __init__(self, runs: Mapping[str, int]) -> None:
        # Nothing longer or shorter is ever cut out of a word.
        known = {run: column for run, column in runs.items() if SHORTEST_RUN <= len(run) <= LONGEST_RUN}
        keys, columns = _keys_of([*known]), np.fromiter(known.values(), np.int32, len(known))
        bits = (_DRAWERS * len(known)).bit_length()
        self._shift = np.uint64(_BITS - bits)
        order = np.argsort(keys, kind="stable")
        # Keys in order, and where each drawer (what they begin with) starts among them.
        drawers = np.searchsorted(keys[order] >> self._shift, np.arange((1 << bits) + 1, dtype=np.uint64))
        self._drawers = drawers.astype(np.int32)
        self._fullest = int(np.diff(drawers).max(initial=0))
        # So that nobody need ask whether a drawer is the last.
        self._keys = np.append(keys[order], np.zeros(self._fullest, np.uint64))
        self._columns = np.append(columns[order], np.full(self._fullest, -1, np.int32))

    def of(self, words: Sequence[str]) -> tuple[Ints, Ints]:
        """The columns of all words, one word after the other, as often as a run comes; and where each begins and ends.

        Of a word the shortest runs come first. A number has none: which digits it holds says nothing.
        """
        said = ["" if word.isdecimal() else word for word in words]
        keys, owners = zip(*_runs_in(said), strict=True)
        columns, owner = self._found(np.concatenate(keys) * _MIXED), np.concatenate(owners)
        known = np.flatnonzero(columns >= 0)
        owner = owner[known]
        order = known[np.argsort(owner, kind="stable")]
        return columns[order], np.cumsum(np.append(0, np.bincount(owner, minlength=len(words))))

    def _found(self, keys: Ints) -> Ints:
        """The column of each run, -1 where it is not known."""
        at = self._drawers[keys >> self._shift]
        found = np.full(len(keys), -1, np.int32)
        for _ in range(self._fullest):
            np.copyto(found, self._columns[at], where=self._keys[at] == keys)
            at += 1
        return found


def _runs_in(words: Sequence[str]) -> Iterator[tuple[Ints, Ints]]:
    """For each length the runs of all words, with a space on either side of each, and to which word each belongs."""
    letters = _letters("".join([f" {word} " for word in words]))
    sizes = np.fromiter(map(len, words), np.int32, len(words)) + 2
    owners = np.repeat(np.arange(len(words), dtype=np.int32), sizes)
    left = np.cumsum(sizes)[owners] - np.arange(len(letters))
    keys = letters
    for length in range(SHORTEST_RUN, LONGEST_RUN + 1):
        keys = keys[:-1] * _NEXT + letters[length - 1 :]
        within = np.flatnonzero(left[: len(keys)] >= length)
        yield keys[within], owners[within]


def _keys_of(runs: Sequence[str]) -> Ints:
    keys = np.zeros(len(runs), np.uint64)
    for length in range(SHORTEST_RUN, LONGEST_RUN + 1):
        which = [at for at, run in enumerate(runs) if len(run) == length]
        for letter in _letters("".join(runs[at] for at in which)).reshape(-1, length).T:
            keys[which] = keys[which] * _NEXT + letter
    return keys * _MIXED


def _letters(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
