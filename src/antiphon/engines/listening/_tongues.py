"""How likely a text is in each language of one script: runs of up to five letters, with back-off to shorter ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening.learned._pack import Pack

Array = NDArray[Any]

KIND = "languages"
# A value of the model is minus the natural logarithm of a probability, times this; nothing is 0.
SCALE = 18
LONGEST = 5
# A letter that a language does not have.
_NEVER = np.int16(14 * SCALE)
# What it costs that a run was not met and a shorter one has to do (Brants 2007, "stupid back-off", takes 0.4).
_SHORTER = np.int16(SCALE // 2)


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages of one script; `keys` are runs of letters as sorted numbers, `values` has a row for each."""

    languages: tuple[str, ...]
    letters: Array
    keys: Array
    values: Array

    def likelihoods(self, points: Array) -> Array:
        """The logarithm of the likelihood of code points in each language."""
        runs = _runs(self.letters[np.minimum(points, len(self.letters) - 1)])
        places = np.minimum(np.searchsorted(self.keys, runs), len(self.keys) - 1)
        said = self.values[places]
        said[self.keys[places] != runs] = 0
        cost = np.full(said.shape[1:], _NEVER)
        for length in range(LONGEST):
            # Where a word has no longer run, what its shorter one said stands.
            if length:
                cost += (_SHORTER * (runs[length] > 0))[:, None]
            np.copyto(cost, said[length], where=said[length] > 0)
        return cast(Array, -cost.sum(axis=0, dtype=np.int64) / SCALE)


def _runs(letters: Array) -> Array:
    """The runs of 1, 2, … letters that end at each letter, as numbers; 0 where a word has no such run."""
    padded = np.concatenate([np.zeros(LONGEST - 1, dtype=np.uint64), letters.astype(np.uint64)])
    runs = np.zeros((LONGEST, len(letters)), dtype=np.uint64)
    tail, within = runs[0], np.ones(len(letters), dtype=bool)
    for length in range(LONGEST):
        begin = padded[LONGEST - 1 - length : len(padded) - length]
        within = within & (begin > 0)
        tail = (tail >> np.uint64(8)) | (begin << np.uint64(8 * (LONGEST - 1)))
        runs[length] = tail * within
    return runs[:, letters > 0]


@cache
def tongues() -> Mapping[str, Tongues]:
    """Those that ship, by script."""
    with (files("antiphon.engines.listening") / "models" / "languages.model").open("rb") as file:
        pack = Pack(cast(BinaryIO, file), KIND)
        return {script: _unpacked(pack, script) for script in pack.head["languages"]}


def version() -> str:
    """The version the model gives itself."""
    with (files("antiphon.engines.listening") / "models" / "languages.model").open("rb") as file:
        head = Pack(cast(BinaryIO, file), KIND).head
    return f"{head['version']} ({head['source']})"


def _unpacked(pack: Pack, script: str) -> Tongues:
    points = [ord(letter) for letter in pack.words(f"{script}_letters")]
    # The last place stands for every code point beyond.
    letters = np.zeros(max(points) + 2, dtype=np.uint8)
    letters[points] = np.arange(1, len(points) + 1)
    spelt = pack.array(f"{script}_runs")
    keys = np.zeros(spelt.shape[1], dtype=np.uint64)
    for plane in spelt:
        keys = (keys << np.uint64(8)) | plane
    values = np.ascontiguousarray(pack.array(f"{script}_values").T)
    return Tongues(tuple(pack.head["languages"][script]), letters, keys, values)
