"""An organisation's own codebook: learned from what its people have coded, applied to what they have not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from antiphon.engines.listening._phrases import words_of
from antiphon.engines.listening._values import Why
from antiphon.engines.listening.learned._background import background, read_grams
from antiphon.engines.listening.learned._fields import Fields
from antiphon.engines.listening.learned._grams import Floats, Grams
from antiphon.engines.listening.learned._lens import Lens
from antiphon.engines.listening.learned._machine import Machine, arrays_of, read_machine
from antiphon.engines.listening.learned._pack import Pack, UnreadableModel, write_pack
from antiphon.engines.listening.learned._thresholds import nearness, probabilities
from antiphon.engines.listening.learned._weighing import Weigher
from antiphon.engines.listening.learned._words import words_in

KIND = "codebook"
FORMAT = 2
# A code less likely than this is not worth a line.
LEAST_SCORE = 0.01
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a codebook for one passage: how likely it is, whether that suffices, the words it rests on."""

    code: str
    score: float
    asserted: bool
    why: tuple[Why, ...] = ()

    def told(self) -> dict[str, object]:
        """As a line of a result holds it, without its words."""
        return {"code": self.code, "score": self.score, "asserted": self.asserted}

    def told_why(self) -> dict[str, object]:
        """The words it rests on, as a line holds them."""
        return {"why": [why._asdict() for why in self.why]}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a codebook says of one passage: its codes, and how much a person's word on it would teach.

    `teaches` lies in 0..1: how near a code came to its threshold, times the root of how rare that code is among
    the examples. `about` names the code; it is empty where there is nothing to learn.
    """

    codes: tuple[Code, ...]
    teaches: float = 0.0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A fitted codebook; `quality` says how good it is on passages it had not seen."""

    codes: tuple[str, ...]
    thresholds: Floats
    slopes: Floats
    shifts: Floats
    fields: Fields
    grams: Grams
    machine: Machine
    quality: Mapping[str, Any]
    weigher: Weigher

    def apply(self, records: Sequence[Mapping[str, Any]]) -> list[tuple[Code, ...]]:
        """Codes of each record, likeliest first; a record without a known word gets none."""
        return [each.codes for each in self.weigh(records)]

    def weigh(self, records: Sequence[Mapping[str, Any]]) -> list[Weighed]:
        """Codes of each record, and how much a person's word on it would teach."""
        texts = [self.fields.text(record) for record in records]
        rows = self.grams.rows(texts)
        meanings = background().wide_meanings_of([words_in(text) for text in texts])
        contexts = self.fields.contexts_of(records)
        scores = self.scores(self.machine.scores(rows, meanings, contexts))
        silent = np.diff(rows.indptr) == 0
        teaches = np.round(nearness(scores, self.thresholds) * self._rarity(), DIGITS)
        return [
            Weighed(()) if silent[at] else self._weighed(texts[at], scores[at], teaches[at])
            for at in range(len(texts))
        ]

    def scores(self, raw: Floats) -> Floats:
        """Probabilities, rounded as they are told and compared."""
        return np.round(probabilities(raw, self.slopes, self.shifts).astype(np.float64), DIGITS)

    def _rarity(self) -> Floats:
        """The rarest code 1, one that is four times as frequent a half."""
        counts = np.array([self.quality["codes"][code]["n"] for code in self.codes], dtype=np.float64)
        return np.asarray(np.sqrt(counts.min() / counts))

    def _weighed(self, text: str, scores: Floats, teaches: Floats) -> Weighed:
        most = int(teaches.argmax())
        return Weighed(self._codes(text, scores), float(teaches[most]), self.codes[most] if teaches[most] > 0 else "")

    def _codes(self, text: str, scores: Floats) -> tuple[Code, ...]:
        words = words_of(text)
        order = np.lexsort((np.arange(len(scores)), -scores))
        found = []
        for label in map(int, order):
            asserted = bool(scores[label] >= self.thresholds[label])
            if asserted or scores[label] >= LEAST_SCORE:
                why = self.weigher.why(words, label, self.codes[label]) if asserted else ()
                found.append(Code(self.codes[label], float(scores[label]), asserted, why))
        return tuple(found)


def learned_with() -> str:
    """What a codebook that is fitted now stands on; one that says something else cannot be read any longer."""
    return f"codebook {FORMAT}, background {background().version}"


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as a plain data file."""
    head = {
        "kind": KIND,
        "format": FORMAT,
        "background": background().version,
        "codes": codebook.codes,
        "fields": codebook.fields.said(),
        "quality": codebook.quality,
        "thresholds": [round(float(each), DIGITS) for each in codebook.thresholds],
    }
    words = {"pieces": list(codebook.grams.pieces), "runs": list(codebook.grams.runs)}
    arrays = arrays_of(codebook.machine) | {
        "weights": codebook.grams.weights.astype("<f4"),
        "slopes": codebook.slopes.astype("<f4"),
        "shifts": codebook.shifts.astype("<f4"),
    }
    write_pack(path, head, words, arrays)


def read_codebook(source: Path | BinaryIO) -> Codebook:
    """Read what `write_codebook` wrote. Raises `UnreadableModel`."""
    pack = Pack(source, KIND)
    head = pack.head
    if head.get("format") != FORMAT or head.get("background") != background().version:
        raise UnreadableModel("fitted by another version: fit it again from the same examples")
    try:
        fields = Fields.from_said(head["fields"])
        codes, thresholds, quality = tuple(head["codes"]), np.array(head["thresholds"], float), head["quality"]
    except (KeyError, TypeError, ValueError) as trouble:
        raise UnreadableModel(f"damaged: {trouble}") from trouble
    machine = read_machine(pack, len(fields.contexts))
    slopes, shifts = (pack.array(name).astype(np.float32) for name in ("slopes", "shifts"))
    grams = read_grams(pack)
    weigher = Weigher(grams, machine, Lens(grams, [machine.weights]))
    return Codebook(codes, thresholds, slopes, shifts, fields, grams, machine, quality, weigher)
