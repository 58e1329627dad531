"""What words mean in patients' comments: learned once, shipped, and the ground every model stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import BinaryIO, cast

import numpy as np

from antiphon.engines.listening.learned._grams import Floats, Grams, Ints, Matrix, narrowed, places_of
from antiphon.engines.listening.learned._lens import Lens
from antiphon.engines.listening.learned._pack import Pack

KIND = "background"
# What the sentence model counts for beside the blocks whose shares a background says itself.
SENTENCES_COUNT = 0.7


@dataclass(frozen=True, slots=True)
class Background:
    """Pieces of words, and directions in which texts that use them differ.

    A block of directions is centred, brought to length 1 and weighted by itself: `blocks` holds the end of
    each, `shares` its weight. The first block knows single words alone, so only their rows are kept of it;
    `single` says where among them each piece is, -1 for those that are not. So does `sentences`, a block of its own
    for what is learned from few examples: what a public sentence model has to say of each word.
    """

    version: str
    grams: Grams
    single: Ints
    neighbours: Floats
    directions: Floats
    centre: Floats
    blocks: tuple[int, ...]
    shares: tuple[float, ...]
    sentences: Floats
    sentences_centre: Floats
    lens: Lens

    def wide_meanings_of(self, texts: Sequence[Sequence[str]]) -> Floats:
        """As `wide_meanings`, of texts in lower-case words; what each word adds is remembered."""
        said = self.grams.said(texts)
        pieces = self.grams.piece_rows(said)
        return self._widened(pieces, self.meant(pieces, self.lens.of(said, pieces)))

    def meanings(self, rows: Matrix) -> Floats:
        """Where each text stands among the directions; `rows` are of these `grams`."""
        return self.meant(rows, rows @ self.directions)

    def meant(self, rows: Matrix, along: Floats) -> Floats:
        """The same where it is known what rows add up to along `directions`; of the rows only the words are read."""
        single = narrowed(rows, self.single, len(self.neighbours))
        return placed(np.hstack([single @ self.neighbours, along]), self.centre, self.blocks, self.shares)

    def wide_meanings(self, rows: Matrix) -> Floats:
        """The same, and where the sentence model would put each text; for codebooks: the reader gains nothing."""
        return self._widened(rows, self.meanings(rows))

    def _widened(self, rows: Matrix, meanings: Floats) -> Floats:
        raw = narrowed(rows, self.single, len(self.sentences)) @ self.sentences
        ends, shares = (self.sentences.shape[1],), (SENTENCES_COUNT,)
        return np.hstack([meanings, placed(raw, self.sentences_centre, ends, shares)])


def placed(raw: Floats, centre: Floats, blocks: Sequence[int], shares: Sequence[float]) -> Floats:
    """Centre raw directions and bring each block to its share."""
    starts = (0, *blocks[:-1])
    parts = []
    for start, end, share in zip(starts, blocks, shares, strict=True):
        part = unit_rows(raw[:, start:end]) - centre[start:end]
        parts.append(unit_rows(part) * np.float32(np.sqrt(share)))
    return np.hstack(parts)


def unit_rows(values: Floats) -> Floats:
    """Rows of length 1; rows of nothing stay nothing."""
    lengths = np.sqrt((values * values).sum(axis=1, keepdims=True))
    return cast(Floats, values / np.where(lengths > 0, lengths, 1))


@cache
def background() -> Background:
    """The one that ships."""
    with (files("antiphon.engines.listening") / "models" / "background.model").open("rb") as file:
        return read_background(Pack(cast(BinaryIO, file), KIND))


def read_background(pack: Pack) -> Background:
    """As it was packed: directions are whole numbers from -127 to 127, each with the scale of its column."""
    whole, scales, blocks = pack.array("directions"), pack.array("scales"), tuple(pack.head["blocks"])
    first, grams = blocks[0], read_grams(pack)
    single = columns_of_words(grams)
    directions = whole[:, first:] * scales[first:]
    return Background(
        version=str(pack.head["version"]),
        grams=grams,
        single=places_of(single, len(whole)),
        neighbours=whole[single, :first] * scales[:first],
        directions=directions,
        centre=pack.array("centre").astype(np.float32),
        blocks=blocks,
        shares=tuple(pack.head["shares"]),
        sentences=pack.array("sentences") * pack.array("sentences_scales"),
        sentences_centre=pack.array("sentences_centre").astype(np.float32),
        lens=Lens(grams, [directions]),
    )


def columns_of_words(grams: Grams) -> Ints:
    """The columns of pieces that are one word, in order."""
    return np.array([column for piece, column in grams.pieces.items() if " " not in piece], dtype=np.int64)


def read_grams(pack: Pack) -> Grams:
    """The pieces a pack knows."""
    return Grams(
        {piece: column for column, piece in enumerate(pack.words("pieces"))},
        {run: column for column, run in enumerate(pack.words("runs"))},
        pack.array("weights").astype(np.float32),
    )
