"""Listening to a whole file: rows in, one JSON object a row out, in the same order."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening._fingerprint_disk import SaidOnDisk
from antiphon.engines.listening._listen import DEFAULT_SETTINGS, listen
from antiphon.engines.listening._progress import NoProgress, Progress
from antiphon.engines.listening._values import Heard, Passage, Settings
from antiphon.engines.listening.reading import TEXT_COLUMN, BadRow, FileShape, Row, rows, sniff

BATCH = 500
# A column of this name holds what each row answers.
QUESTION_COLUMN = "question"


@dataclass(frozen=True, slots=True)
class FileHeard:
    """How many rows were written in all, and how many of them are errors."""

    row_count: int
    bad_row_count: int


def listen_file(
    source: Path,
    out: Path,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    progress: Progress | None = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> FileHeard:
    """Listen to CSV, TSV, JSONL, XLSX or plain lines and write JSON Lines, in memory that does not grow.

    `text_column` None takes the first column that looks like text; a column "question" is read as what each
    row answers; plain lines have no columns, and every line is a row. Without `id_column` a row's id is its
    number. `out` appears when it is whole. Raises `UnreadableFile`.
    """
    shape = _shape(source, text_column)
    column = _text_column(shape, text_column)
    if id_column is not None and shape.layout == "table":
        _check_column(shape, id_column)
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            said = _Writer(file, column, id_column, settings).write(
                rows(source, shape), progress or NoProgress(), shape.row_count_estimate
            )
        os.replace(unfinished, out)
    finally:
        unfinished.unlink(missing_ok=True)
    return said


def _shape(source: Path, text_column: str | None) -> FileShape:
    shape = sniff(source, source.name)
    if shape.kind in ("text", "markdown"):
        return replace(shape, kind="text", layout="every_line")
    if text_column is None or text_column in _names(shape):
        return shape
    others = (sniff(source, source.name, sheet=sheet) for sheet in shape.sheets if sheet != shape.sheet)
    return next((other for other in others if text_column in _names(other)), shape)


def _names(shape: FileShape) -> list[str]:
    return [column.name for column in shape.columns]


def _text_column(shape: FileShape, wanted: str | None) -> str:
    if shape.layout != "table" and shape.kind != "jsonl":
        return TEXT_COLUMN
    if wanted is not None:
        _check_column(shape, wanted)
        return wanted
    found = next((column.name for column in shape.columns if column.role == "text"), None)
    if found is None:
        raise UnreadableFile("no_text_column")
    return found


def _check_column(shape: FileShape, name: str) -> None:
    # Keys of a JSONL file may appear later than the lines looked at.
    if name not in _names(shape) and shape.kind != "jsonl":
        raise UnreadableFile("no_such_column", {"column": name[:200]})


class _Writer:
    """Writes what is heard, batch by batch."""

    __slots__ = ("_file", "_id_column", "_settings", "_text_column")

    def __init__(self, file: TextIO, text_column: str, id_column: str | None, settings: Settings) -> None:
        self._file = file
        self._text_column = text_column
        self._id_column = id_column
        self._settings = settings

    def write(self, source: Iterator[Row | BadRow], progress: Progress, total: int) -> FileHeard:
        done = bad = 0
        with closing(SaidOnDisk()) as earlier:
            while batch := list(islice(source, BATCH)):
                bad += sum(isinstance(row, BadRow) for row in batch)
                self._write_batch(batch, earlier)
                done += len(batch)
                progress.advance(done, max(total, done))
        return FileHeard(done, bad)

    def _write_batch(self, batch: list[Row | BadRow], earlier: SaidOnDisk) -> None:
        passages = [self._passage(row) for row in batch if isinstance(row, Row)]
        heard = iter(listen(passages, settings=self._settings))
        for row in batch:
            if isinstance(row, BadRow):
                line = self._error(row)
            else:
                text = row.cells.get(self._text_column, "")
                line = _line(replace(one := next(heard), duplicate_of=earlier.first(one.id, text)))
            # Plain ASCII, so that a lone half of a character in a source cannot spoil the file.
            self._file.write(json.dumps(line) + "\n")

    def _error(self, row: BadRow) -> dict[str, object]:
        # Where rows have ids of their own, a bare number could be somebody else's.
        own = str(row.number) if self._id_column is None else row.place
        return {"id": own, "error": {"code": row.code, "place": row.place, "params": dict(row.params)}}

    def _passage(self, row: Row) -> Passage:
        own = None if self._id_column is None else row.cells.get(self._id_column)
        question = "" if self._text_column == QUESTION_COLUMN else row.cells.get(QUESTION_COLUMN, "")
        return Passage(str(row.number) if own is None else own, row.cells.get(self._text_column, ""), question)


def _line(heard: Heard) -> dict[str, object]:
    return {
        "id": heard.id,
        "language": heard.language,
        "language_confidence": heard.language_confidence,
        "redacted": heard.redacted,
        "spans": [asdict(span) for span in heard.spans],
        "safety": asdict(heard.safety),
        "sentiment": heard.sentiment,
        "sentiment_score": heard.sentiment_score,
        "needs": [{"code": need.code, "score": need.score} for need in heard.needs],
        "duplicate_of": heard.duplicate_of,
    }
