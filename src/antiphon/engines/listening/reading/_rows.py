"""Reading a file row by row in the shape found before."""

from collections.abc import Callable, Iterator
from pathlib import Path

from antiphon.engines.listening.reading._delimited import delimited_rows
from antiphon.engines.listening.reading._docx import docx_rows
from antiphon.engines.listening.reading._jsonl import jsonl_rows
from antiphon.engines.listening.reading._parquet import parquet_rows
from antiphon.engines.listening.reading._shapes import BadRow, FileShape, Kind, Row
from antiphon.engines.listening.reading._sniff import prose_rows
from antiphon.engines.listening.reading._xlsx import xlsx_rows

_Reader = Callable[[Path, FileShape], Iterator[Row | BadRow]]


def rows(path: Path, shape: FileShape) -> Iterator[Row | BadRow]:
    """Rows in order, each a `Row` or, when it cannot be read, a `BadRow`; the run goes on.

    Memory stays flat except for an XLSX's shared texts. Raises `UnreadableFile` when the file as a whole
    turns out to be damaged.
    """
    return _READERS[shape.kind](path, shape)


def _encoding(shape: FileShape) -> str:
    return shape.encoding or "utf-8"


def _delimited(path: Path, shape: FileShape) -> Iterator[Row | BadRow]:
    return delimited_rows(path, _encoding(shape), shape.delimiter)


def _text(path: Path, shape: FileShape) -> Iterator[Row | BadRow]:
    return prose_rows(path, _encoding(shape), shape.layout, markdown=False)


def _markdown(path: Path, shape: FileShape) -> Iterator[Row | BadRow]:
    return prose_rows(path, _encoding(shape), shape.layout, markdown=True)


_READERS: dict[Kind, _Reader] = {
    "csv": _delimited,
    "tsv": _delimited,
    "xlsx": lambda path, shape: xlsx_rows(path, shape.sheet or ""),
    "docx": lambda path, shape: docx_rows(path),
    "text": _text,
    "markdown": _markdown,
    "parquet": lambda path, shape: parquet_rows(path),
    "jsonl": lambda path, shape: jsonl_rows(path, _encoding(shape)),
}
