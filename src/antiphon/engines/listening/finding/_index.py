"""An index of passages: which stems stand where, and how much they say (BM25), in one plain file."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening._values import Passage
from antiphon.engines.listening.finding._likeness import Likeness, learn_likeness
from antiphon.engines.listening.finding._stems import COMMON_STEMS, stems_of
from antiphon.engines.listening.learned import lines_of
from antiphon.engines.listening.learned._grams import Floats, Ints
from antiphon.engines.listening.learned._pack import Pack, write_pack

KIND = "search index"
FORMAT = 1
# How fast a word that comes again stops telling more, and how much a long text is held against it.
SATURATION, LENGTH_COUNTS = 1.2, 0.75
COMMON_COUNT = 0.4
# Two words that follow each other in the question and in the passage add this much.
PAIR_COUNTS = 0.5
# Only the best are looked at word by word.
LOOKED_AT = 200
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that was found, and how well it fits; scores compare within one search only."""

    id: str
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Index:
    """Postings of each stem and the stems of each passage, both as one long row with its ends."""

    ids: tuple[str, ...]
    shown: tuple[str, ...]
    places: dict[str, int]
    ends: Ints
    passages: Ints
    weights: Floats
    word_ends: Ints
    words: Ints
    likeness: Likeness

    def find(self, query: str, *, most: int = 10) -> list[Finding]:
        """The best passages for a query, best first; those that share no word with it are left out."""
        asked = stems_of(query)
        scores = np.zeros(len(self.ids))
        for place, share in self._wanted(asked).items():
            here = slice(self.ends[place], self.ends[place + 1])
            scores[self.passages[here]] += share * self.weights[here]
        best = self._best(scores, max(most, LOOKED_AT))
        pairs = self._pairs(asked)
        if pairs:
            for number in best:
                scores[number] += PAIR_COUNTS * len(pairs & self._pairs_of(number))
        order = sorted(best, key=lambda number: (-scores[number], number))[:most]
        return [Finding(self.ids[at], round(float(scores[at]), 4), self.shown[at]) for at in order]

    def _wanted(self, asked: Sequence[str]) -> dict[int, float]:
        """Stems to look for, each with its share: those of the query, and those spelt like them."""
        wanted: dict[int, float] = {}
        for word in sorted(set(asked)):
            common = word in COMMON_STEMS
            if word in self.places:
                place = self.places[word]
                wanted[place] = wanted.get(place, 0.0) + (COMMON_COUNT if common else 1.0)
            if not common:
                for place, share in self.likeness.like(word):
                    if place != self.places.get(word):
                        wanted[place] = wanted.get(place, 0.0) + share
        return wanted

    def _best(self, scores: Floats, count: int) -> list[int]:
        found = np.flatnonzero(scores > 0)
        if len(found) > count:
            least = np.partition(scores[found], len(found) - count)[len(found) - count]
            found = found[scores[found] >= least]
        return sorted(found.tolist(), key=lambda number: (-scores[number], number))[:count]

    def _pairs(self, asked: Sequence[str]) -> set[tuple[int, int]]:
        known = [(first, second) for first, second in pairwise(asked) if {first, second} - COMMON_STEMS]
        places = self.places
        return {(places[one], places[other]) for one, other in known if one in places and other in places}

    def _pairs_of(self, number: int) -> set[tuple[int, int]]:
        return set(pairwise(self.words[self.word_ends[number] : self.word_ends[number + 1]].tolist()))


def build_index(passages: Iterable[Passage]) -> Index:
    """Index passages in the order they come."""
    ids, shown, rows = [], [], []
    for passage in passages:
        ids.append(passage.id)
        shown.append(passage.text[:MOST_SHOWN])
        rows.append(stems_of(passage.text))
    vocabulary = sorted({word for row in rows for word in row})
    places = {word: number for number, word in enumerate(vocabulary)}
    words = np.array([places[word] for row in rows for word in row], dtype=np.int32)
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    word_ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    ends, owners, weights = _postings([Counter(row) for row in rows], places, lengths)
    likeness = learn_likeness(vocabulary)
    return Index(tuple(ids), tuple(shown), places, ends, owners, weights, word_ends, words, likeness)


def _postings(counted: list[Counter[str]], places: dict[str, int], lengths: Ints) -> tuple[Ints, Ints, Floats]:
    stands = np.array([places[word] for row in counted for word in row], dtype=np.int64)
    times = np.array([count for row in counted for count in row.values()], dtype=np.float64)
    owners = np.repeat(np.arange(len(counted)), [len(row) for row in counted])
    order = np.lexsort((owners, stands))
    stands, times, owners = stands[order], times[order], owners[order]
    often = np.bincount(stands, minlength=len(places))
    rare = np.log(1 + (len(counted) - often + 0.5) / (often + 0.5))
    mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    long = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * lengths[owners] / mean)
    weights = rare[stands] * times * (SATURATION + 1) / (times + long)
    ends = np.concatenate([[0], np.cumsum(often)])
    return ends.astype(np.int32), owners.astype(np.int32), weights.astype(np.float32)


def write_index(index: Index, path: Path) -> None:
    """Write an index as a plain data file."""
    words = {
        "vocabulary": list(index.places),
        "ids": [json.dumps(each) for each in index.ids],
        "shown": [json.dumps(each) for each in index.shown],
        "runs": list(index.likeness.runs),
    }
    arrays = {
        "ends": index.ends,
        "passages": index.passages,
        "weights": index.weights,
        "word_ends": index.word_ends,
        "words": index.words,
        "run_ends": index.likeness.ends,
        "run_words": index.likeness.words,
        "run_counts": index.likeness.counts,
    }
    write_pack(path, {"kind": KIND, "format": FORMAT}, words, arrays)


def open_index(path: Path, *, text_field: str = "text") -> Index:
    """An index as it was kept, or one made of a file of JSON lines. Raises `UnreadableModel`, `UnreadableFile`."""
    with path.open("rb") as file:
        is_kept = file.read(4) == b"PK\x03\x04"
    return read_index(path) if is_kept else build_index(_passages(path, text_field))


def _passages(path: Path, text_field: str) -> Iterator[Passage]:
    for line in lines_of(path):
        if line.record is None:
            raise UnreadableFile(line.fault, {"line": line.number})
        if text_field not in line.record:
            raise UnreadableFile("no_such_column", {"column": text_field, "line": line.number})
        said = line.record[text_field]
        yield Passage(line.id, "" if said is None else str(said))


def read_index(path: Path) -> Index:
    """Read what `write_index` wrote. Raises `UnreadableModel`."""
    pack = Pack(path, KIND)
    runs = {run: number for number, run in enumerate(pack.words("runs"))}
    likeness = Likeness(runs, pack.array("run_ends"), pack.array("run_words"), pack.array("run_counts"))
    return Index(
        ids=tuple(json.loads(each) for each in pack.words("ids")),
        shown=tuple(json.loads(each) for each in pack.words("shown")),
        places={word: number for number, word in enumerate(pack.words("vocabulary"))},
        ends=pack.array("ends"),
        passages=pack.array("passages"),
        weights=pack.array("weights"),
        word_ends=pack.array("word_ends"),
        words=pack.array("words"),
        likeness=likeness,
    )
