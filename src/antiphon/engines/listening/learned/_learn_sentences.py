"""Learning from a public sentence model what single words are like, so that they add up to what it says of a text."""

import re
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from antiphon.engines.listening.learned._background import columns_of_words, unit_rows
from antiphon.engines.listening.learned._grams import Floats, Grams, Matrix
from antiphon.engines.listening.learned._pack import Array

# Where a sentence model puts each text: a row of length 1.
Places = Callable[[Sequence[str]], Floats]

DIRECTIONS = 100
# What a text counts for, a part of it, and a piece by itself; and how little one word is believed.
TEXT, PART, PIECE, STIFFNESS = 1.0, 0.5, 0.2, 0.1
# Parts are sentences and halves of them, and so many words in a row, from every so many on.
_PARTED = re.compile(r"(?<=[.!?;\n])\s+|, | but | and ")
IN_A_ROW, EVERY = 8, 6


def learn_sentences(grams: Grams, rows: Matrix, texts: Sequence[str], places: Places) -> dict[str, Array]:
    """What a background keeps of the model, which reads `texts`; the centre is taken from `rows`."""
    columns = columns_of_words(grams)
    directions = words_like(grams, texts, places)
    scales = (np.abs(directions).max(axis=0) / 127).astype("<f4")
    whole = np.round(directions / scales).astype("|i1")
    centre = unit_rows(np.asarray(rows[:, columns] @ (whole * scales))).mean(axis=0)
    return {"sentences": whole, "sentences_scales": scales, "sentences_centre": centre.astype("<f4")}


def words_like(grams: Grams, texts: Sequence[str], places: Places) -> Floats:
    """A row for each piece that is one word, a column for each direction in which texts differ most."""
    from scipy.linalg import cho_factor, cho_solve

    read = [list(texts), parts_of(texts), list(grams.pieces)]
    where = [np.asarray(places(each), dtype=np.float64) for each in read]
    middle = where[0].mean(axis=0)
    _, directions = np.linalg.eigh((where[0] - middle).T @ (where[0] - middle))
    wanted = (np.vstack(where) - middle) @ directions[:, ::-1][:, :DIRECTIONS]
    counted = np.repeat([TEXT, PART, PIECE], [*map(len, read)])
    rows = grams.rows([text for each in read for text in each])[:, columns_of_words(grams)].astype(np.float64)
    weighted = rows.multiply(counted[:, None]).tocsr()
    stiff = (rows.T @ weighted).toarray()
    stiff[np.diag_indices_from(stiff)] += STIFFNESS
    return cast(Floats, cho_solve(cho_factor(stiff), weighted.T @ wanted).astype(np.float32))


def parts_of(texts: Sequence[str]) -> list[str]:
    """Parts of these texts, two words or more, each once and in order."""
    found: set[str] = set()
    for text in texts:
        words = text.split()
        found.update(part.strip() for part in _PARTED.split(text))
        found.update(" ".join(words[at : at + IN_A_ROW]) for at in range(0, len(words), EVERY))
    return sorted(part for part in found if len(part.split()) > 1)
