"""Listening to a whole file: rows in, one JSON object a row out, in the same order."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol, TextIO

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening._fingerprint_disk import SaidOnDisk
from antiphon.engines.listening._listen import DEFAULT_SETTINGS
from antiphon.engines.listening._progress import NoProgress, Progress
from antiphon.engines.listening._values import Settings
from antiphon.engines.listening.reading import TEXT_COLUMN, BadRow, FileShape, Row, rows, sniff
from antiphon.engines.listening.running import Here, Runner
from antiphon.engines.listening.running._hearing import CHUNK, Chunk, Hearing, opened
from antiphon.engines.listening.running._unfinished import Unfinished, run_of


@dataclass(frozen=True, slots=True)
class FileHeard:
    """How many rows were written in all, how many of them are errors, and how many an earlier run had written.

    `lost_workers` ended before their time; their rows were heard by others.
    """

    row_count: int
    bad_row_count: int
    kept_row_count: int = 0
    lost_workers: int = 0


def listen_file(
    source: Path,
    out: Path | TextIO,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    kind: str | None = None,
    codebook: Path | None = None,
    runner: Runner | None = None,
    progress: Progress | None = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> FileHeard:
    """Listen to CSV, TSV, JSONL, XLSX, Parquet or plain lines and write JSON Lines, in memory that does not grow.

    `text_column` None takes the first column that looks like text; a column "question" is read as what each
    row answers; plain lines have no columns, and every line is a row. Without `id_column` a row's id is its
    number. `kind` is the ending of a file name, where the source's own name says nothing. With a `codebook`
    each row gets its codes. The result is the same by every `runner`. The file `out` appears when it is
    whole; a run that was stopped is gone on with by the next one that asks for the same. Raises
    `UnreadableFile`, `UnreadableModel`, `WorkersLost` and `OSError`.
    """
    asked, shape = _asked(source, text_column, id_column, kind, codebook, settings)
    runner, progress = runner or Here(), progress or NoProgress()
    with _opened(out, source, asked, shape) as target, closing(SaidOnDisk()) as earlier:
        found = _chunks(rows(source, shape))
        kept, bad = _passed_over(islice(found, target.kept_chunks), asked, earlier)
        done = kept
        # Closed whatever happens, so that no worker outlives the run.
        with closing(runner.run(asked, found)) as answers:
            for told in answers:
                target.write("".join(each.naming(earlier.first(each.id, each.words)) for each in told))
                done += len(told)
                bad += sum(each.is_bad for each in told)
                progress.advance(done, max(shape.row_count_estimate, done))
    return FileHeard(done, bad, kept, runner.lost)


def _asked(
    source: Path,
    text_column: str | None,
    id_column: str | None,
    kind: str | None,
    codebook: Path | None,
    settings: Settings,
) -> tuple[Hearing, FileShape]:
    """What is asked of each row, and the shape of the file, once both are known to be possible."""
    name = source.name if kind is None else f"{source.stem}.{kind}"
    shape = _shape(source, name, text_column)
    column = _text_column(shape, text_column)
    if id_column is not None and shape.layout == "table":
        _check_column(shape, id_column)
    content = None if codebook is None else codebook.read_bytes()
    if content is not None:
        opened(content)
    return Hearing(column, id_column, settings, content), shape


def _shape(source: Path, name: str, text_column: str | None) -> FileShape:
    shape = sniff(source, name, trusted=True)
    if shape.kind in ("text", "markdown"):
        return replace(shape, kind="text", layout="every_line")
    if text_column is None or text_column in _names(shape):
        return shape
    others = (sniff(source, name, sheet=sheet) for sheet in shape.sheets if sheet != shape.sheet)
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


def _chunks(found: Iterator[Row | BadRow]) -> Iterator[Chunk]:
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def _passed_over(chunks: Iterable[Chunk], asked: Hearing, earlier: SaidOnDisk) -> tuple[int, int]:
    """Rows that an earlier run has written: how many, how many of them errors. Only who said what is learned again."""
    done = bad = 0
    for chunk in chunks:
        for row in chunk:
            earlier.first(*asked.said(row))
            bad += isinstance(row, BadRow)
        done += len(chunk)
    return done, bad


class _Target(Protocol):
    """Where lines go."""

    kept_chunks: int

    def write(self, lines: str) -> None:
        """Add lines."""


class _Stream:
    """Lines that go out at once, and cannot be taken back."""

    kept_chunks = 0

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, lines: str) -> None:
        """Add lines."""
        self._file.write(lines)
        self._file.flush()


@contextmanager
def _opened(out: Path | TextIO, source: Path, asked: Hearing, shape: FileShape) -> Iterator[_Target]:
    if not isinstance(out, Path):
        yield _Stream(out)
        return
    unfinished = Unfinished(out, run_of(source, asked, shape.kind, shape.sheet))
    try:
        yield unfinished
        unfinished.finish()
    except UnreadableFile:
        unfinished.forget()
        raise
    finally:
        unfinished.leave()
