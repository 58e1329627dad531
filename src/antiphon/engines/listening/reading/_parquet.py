"""Parquet: rows a few at a time, whatever the size of the row groups they were written in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._cells import text_of
from antiphon.engines.listening.reading._checks import checked
from antiphon.engines.listening.reading._columns import header_names
from antiphon.engines.listening.reading._shapes import MOST_COLUMNS, BadRow, Row

PARQUET_MARK = b"PAR1"
# Unpacked at once. A file may repeat one long text a million times in a few bytes, so few rows are safer than many.
_AT_ONCE = 50
# The length of the description of the file, and the mark again.
_END = 8


def parquet_names(path: Path) -> list[str]:
    """The columns as written; raises `UnreadableFile` for a damaged file or for too many."""
    names = [str(name) for name in _opened(path).schema.names]
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", {"found": len(names), "limit": MOST_COLUMNS})
    return names


def parquet_rows(path: Path) -> Iterator[Row | BadRow]:
    """Every row, numbered from 1; values that are no text are written out as text."""
    names = header_names(parquet_names(path))
    number = 0
    for columns in _batches(path):
        for cells in zip(*columns, strict=True):
            number += 1
            yield checked(number, f"row {number}", dict(zip(names, cells, strict=True)))


def _batches(path: Path) -> Iterator[list[list[str]]]:
    reader = _opened(path)
    while True:
        with _refusing_damage():
            batch = next(reader, None)
            columns = None if batch is None else [[_text(each.as_py()) for each in column] for column in batch.columns]
        if columns is None:
            return
        yield columns


def _opened(path: Path) -> Any:
    # Imported here because few files are of this kind.
    from arro3.io import read_parquet

    _check_end(path)
    with _refusing_damage():
        return read_parquet(path, batch_size=_AT_ONCE)


def _check_end(path: Path) -> None:
    """A file that was cut off has not its own end: by far the commonest damage, and cheaply seen."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END))
        end = file.read()
    if not end.endswith(PARQUET_MARK) or int.from_bytes(end[:4], "little") > size - _END:
        raise UnreadableFile("damaged", {"reason": "cut_off"})


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Whatever the reader fails on is a damaged file, even where it gives up in a way that is no `Exception`."""
    try:
        yield
    except Exception as error:
        raise UnreadableFile("damaged", {"reason": type(error).__name__}) from error
    except BaseException as error:
        # The reader's own way to give up: a class that cannot be imported, from the Rust it is written in.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("damaged", {"reason": "unreadable_footer"}) from error


def _text(value: object) -> str:
    if isinstance(value, bytes):
        # Some programs write text as bytes; what cannot be read is marked, and its row reported.
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=text_of)
    return text_of(value)
