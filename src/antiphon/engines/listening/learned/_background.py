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


@dataclass(frozen=True, slots=True)
class Background:
    """Pieces of words, and directions in which texts that use them differ.

    A block of directions is centred, brought to length 1 and weighted by itself: `blocks` holds the end of
    each, `shares` its weight. The first block knows single words alone, so only their rows are kept of it;
    `single` says where among them each piece is, -1 for those that are not.
    """

    version: str
    grams: Grams
    single: Ints
    neighbours: Floats
    directions: Floats
    centre: Floats
    blocks: tuple[int, ...]
    shares: tuple[float, ...]
    lens: Lens

    def meanings_of(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Where each text (lower-case words) stands among the directions."""
        said = self.grams.said(texts)
        pieces = self.grams.piece_rows(said)
        return self.meant(pieces, self.lens.of(said, pieces))

    def meanings(self, rows: Matrix) -> Floats:
        """Where each text stands among the directions; `rows` are of these `grams`."""
        return self.meant(rows, rows @ self.directions)

    def meant(self, rows: Matrix, along: Floats) -> Floats:
        """The same where it is known what rows add up to along `directions`; of the rows only the words are read."""
        single = narrowed(rows, self.single, len(self.neighbours))
        return placed(np.hstack([single @ self.neighbours, along]), self.centre, self.blocks, self.shares)


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
    first = blocks[0]
    single = np.flatnonzero(whole[:, :first].any(axis=1))
    grams, directions = read_grams(pack), whole[:, first:] * scales[first:]
    return Background(
        version=str(pack.head["version"]),
        grams=grams,
        single=places_of(single, len(whole)),
        neighbours=whole[single, :first] * scales[:first],
        directions=directions,
        centre=pack.array("centre").astype(np.float32),
        blocks=blocks,
        shares=tuple(pack.head["shares"]),
        lens=Lens(grams, [directions]),
    )


def read_grams(pack: Pack) -> Grams:
    """The pieces a pack knows."""
    return Grams(
        {piece: column for column, piece in enumerate(pack.words("pieces"))},
        {run: column for column, run in enumerate(pack.words("runs"))},
        pack.array("weights").astype(np.float32),
    )
