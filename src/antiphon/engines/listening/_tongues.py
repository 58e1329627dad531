"""How likely a text is in each language of one script: runs of up to five letters, with back-off to shorter ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
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
# Words that are remembered with what they cost: people use the same ones again and again.
REMEMBERED_WORDS = 20_000
# Words that are weighed at once: memory stays the same however many are new.
_AT_ONCE = 1_000
_COST = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages of one script; `keys` are runs of letters as sorted numbers, `values` has a row for each.

    `spelling` finds words of the letters that the script has here, `plain` those of texts that are all ASCII: it has a
    space for whatever is no such letter. Runs end with their word, so that a word costs
    the same in any text: `_known` remembers that, one `_COST` a language, as bytes.
    """

    languages: tuple[str, ...]
    letters: Array
    keys: Array
    values: Array
    spelling: re.Pattern[str]
    plain: Mapping[int, str]
    _known: dict[str, bytes] = field(default_factory=dict)

    def likelihoods(self, texts: Sequence[str]) -> Array:
        """The logarithm of the likelihood of each text (lower case) in each language: texts x languages."""
        said = list(map(self._words, texts))
        # A row of nothing before the words of each text: some have none.
        ends = np.cumsum([0, *(len(words) + 1 for words in said)])
        costs = self._costs([*chain.from_iterable(("", *words) for words in said)])
        return -np.add.reduceat(costs, ends[:-1], axis=0, dtype=np.int64) / SCALE

    def _words(self, text: str) -> list[str]:
        return text.translate(self.plain).split() if text.isascii() else self.spelling.findall(text)

    def _costs(self, words: Sequence[str]) -> Array:
        """What each word costs in each language: words x languages."""
        known = self._known
        fresh = self._weighed([word for word in dict.fromkeys(words) if word not in known])
        if len(known) + len(fresh) <= REMEMBERED_WORDS:
            known.update(fresh)
        rows = b"".join([known.get(word) or fresh[word] for word in words])
        return np.frombuffer(rows, _COST).reshape(-1, len(self.languages))

    def _weighed(self, words: Sequence[str]) -> dict[str, bytes]:
        found = {"": bytes(_COST.itemsize * len(self.languages))}
        for start in range(0, len(words), _AT_ONCE):
            few = [word for word in words[start : start + _AT_ONCE] if word]
            if few:
                found |= zip(few, map(bytes, self._summed(few)), strict=True)
        return found

    def _summed(self, words: Sequence[str]) -> Array:
        points = np.frombuffer(" ".join(words).encode("utf-32-le"), dtype="<u4")
        ends = np.cumsum([0, *map(len, words)])
        return np.add.reduceat(self._letter_costs(self.letters[points]), ends[:-1], axis=0, dtype=_COST)

    def _letter_costs(self, letters: Array) -> Array:
        """What each letter costs after those before it in its word, in each language: letters x languages."""
        runs = _runs(letters)
        places = _places(self.keys, runs)
        is_met = self.keys[places] == runs
        cost = np.full((runs.shape[1], len(self.languages)), _NEVER)
        for length in range(LONGEST):
            if length:
                cost += (_SHORTER * (runs[length] > 0))[:, None]
            # Where a word has no longer run, what its shorter one said stands.
            met = np.flatnonzero(is_met[length])
            said = self.values[places[length, met]]
            cost[met] = np.where(said > 0, said, cost[met])
        return cost


def _places(keys: Array, runs: Array) -> Array:
    """Where each of the runs would stand among the keys; looked for in order, so that near ones are met together."""
    order = runs.argsort(axis=None)
    places = np.empty(runs.size, dtype=np.intp)
    places[order] = np.searchsorted(keys, runs.ravel()[order])
    return np.minimum(places, len(keys) - 1).reshape(runs.shape)


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
    spelt_with = pack.words(f"{script}_letters")
    points = [ord(letter) for letter in spelt_with]
    letters = np.zeros(max(points) + 1, dtype=np.uint8)
    letters[points] = np.arange(1, len(points) + 1)
    spelt = pack.array(f"{script}_runs")
    keys = np.zeros(spelt.shape[1], dtype=np.uint64)
    for plane in spelt:
        keys = (keys << np.uint64(8)) | plane
    values = np.ascontiguousarray(pack.array(f"{script}_values").T)
    spelling = re.compile(f"[{re.escape(''.join(spelt_with))}]+")
    plain = {point: char if (char := chr(point)) in spelt_with else " " for point in range(128)}
    return Tongues(tuple(pack.head["languages"][script]), letters, keys, values, spelling, plain)
