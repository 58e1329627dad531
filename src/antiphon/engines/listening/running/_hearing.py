"""Hearing one chunk of rows: a pure function, the same on this machine and on any other."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from antiphon.engines.listening._fingerprint import words_said
from antiphon.engines.listening._listen import AT_ONCE, listen_to_each
from antiphon.engines.listening._values import Heard, Passage, Settings
from antiphon.engines.listening.reading import BadRow, Row

if TYPE_CHECKING:
    from antiphon.engines.listening.learned import Codebook

# Rows of one chunk: as many as are read at once. Each passage gets the same in any batch; this is for speed alone.
CHUNK = AT_ONCE
# A column of this name holds what each row answers.
QUESTION_COLUMN = "question"
# No text can hold this: inside one the quotation marks would be written with a backslash.
_OPEN = '"duplicate_of": null'

Chunk = Sequence[Row | BadRow]


@dataclass(frozen=True, slots=True)
class Told:
    """The line of one row, and the plain words that repetitions are found by; no words, no repetition."""

    id: str
    line: str
    words: tuple[str, ...] | None
    is_bad: bool = False

    def naming(self, first: str | None) -> str:
        """The line with the id of the row that said the same before."""
        return self.line if first is None else self.line.replace(_OPEN, f'"duplicate_of": {json.dumps(first)}', 1)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is asked of each row; a value that any process can be given. `codebook` is a codebook's whole file."""

    text_column: str
    id_column: str | None
    settings: Settings
    codebook: bytes | None = field(default=None, repr=False)

    def hear(self, chunk: Chunk) -> list[Told]:
        """One line a row, in order; what is told of a row depends on nothing but this row."""
        rows = [row for row in chunk if isinstance(row, Row)]
        heard = iter(listen_to_each([self._passage(row) for row in rows], self.settings))
        codes = self._codes(rows)
        return [
            self._bad(row) if isinstance(row, BadRow) else self._told(row, next(heard), next(codes)) for row in chunk
        ]

    def needed(self, chunk: Chunk) -> Chunk:
        """The same rows without the cells that nobody asks for: a wide file is not sent about."""
        wanted = {self.text_column, QUESTION_COLUMN, *([self.id_column] if self.id_column else [])}
        if self.codebook is not None:
            fields = opened(self.codebook).fields
            wanted |= {*fields.said_in, *fields.asked_in}
        return [_only(row, wanted) if isinstance(row, Row) else row for row in chunk]

    def said(self, row: Row | BadRow) -> tuple[str, tuple[str, ...] | None]:
        """The id of a row and its plain words, without listening to it."""
        if isinstance(row, BadRow):
            return "", None
        return self._id(row), words_said(row.cells.get(self.text_column, ""))

    def _told(self, row: Row, heard: Heard, codes: dict[str, object]) -> Told:
        own, words = self.said(row)
        # Plain ASCII, so that a lone half of a character in a source cannot spoil the file.
        return Told(own, json.dumps(_line(heard) | codes) + "\n", words)

    def _bad(self, row: BadRow) -> Told:
        # Where rows have ids of their own, a bare number could be somebody else's.
        own = str(row.number) if self.id_column is None else row.place
        error = {"code": row.code, "place": row.place, "params": dict(row.params)}
        return Told(own, json.dumps({"id": own, "error": error}) + "\n", None, is_bad=True)

    def _id(self, row: Row) -> str:
        own = None if self.id_column is None else row.cells.get(self.id_column)
        return str(row.number) if own is None else own

    def _passage(self, row: Row) -> Passage:
        question = "" if self.text_column == QUESTION_COLUMN else row.cells.get(QUESTION_COLUMN, "")
        return Passage(self._id(row), row.cells.get(self.text_column, ""), question)

    def _codes(self, rows: Sequence[Row]) -> Iterator[dict[str, object]]:
        """What the codebook says of each row, or nothing where none is asked."""
        if self.codebook is None or not rows:
            return iter([{}] * len(rows))
        book = opened(self.codebook)
        records = [self._record(row, book.fields.said_in) for row in rows]
        return ({"codes": [code.told() for code in codes]} for codes in book.apply(records))

    def _record(self, row: Row, said_in: Sequence[str]) -> Mapping[str, str]:
        """The row as the codebook knows rows: its only field may have another name here."""
        if len(said_in) == 1 and said_in[0] not in row.cells:
            return row.cells | {said_in[0]: row.cells.get(self.text_column, "")}
        return row.cells


@lru_cache(maxsize=1)
def opened(codebook: bytes) -> "Codebook":
    """The codebook, read once a process. Raises `UnreadableModel`."""
    # Imported here because the numbers take a tenth of a second to load.
    from antiphon.engines.listening.learned import read_codebook

    return read_codebook(BytesIO(codebook))


def _only(row: Row, wanted: set[str]) -> Row:
    if row.cells.keys() <= wanted:
        return row
    return Row(row.number, row.place, {name: value for name, value in row.cells.items() if name in wanted})


def _line(heard: Heard) -> dict[str, object]:
    return {
        "id": heard.id,
        "language": heard.language,
        "language_confidence": heard.language_confidence,
        "redacted": heard.redacted,
        "spans": [span._asdict() for span in heard.spans],
        "safety": heard.safety._asdict() | {"why": [why._asdict() for why in heard.safety.why]},
        "sentiment": heard.sentiment,
        "sentiment_score": heard.sentiment_score,
        "needs": [{"code": need.code, "score": need.score} for need in heard.needs],
        "duplicate_of": None,
    }
