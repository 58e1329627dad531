"""Chunks and what is told of them as bytes that any machine can be sent: JSON, compressed."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from antiphon.engines.listening.reading import BadRow, Row
from antiphon.engines.listening.running._hearing import Chunk, Told

# The lowest level: seven eighths are saved for one hundredth of the time that hearing takes.
_LEVEL = 1


def packed(chunk: Chunk) -> bytes:
    """A chunk of rows as bytes."""
    return _pressed([_fields(row) for row in chunk])


def unpacked(content: bytes) -> Chunk:
    """What `packed` made."""
    return [_row(*fields) for fields in _opened(content)]


def packed_told(told: Sequence[Told]) -> bytes:
    """Lines as bytes."""
    return _pressed([(each.id, each.line, each.words, each.is_bad) for each in told])


def unpacked_told(content: bytes) -> list[Told]:
    """What `packed_told` made."""
    return [
        Told(own, line, None if words is None else tuple(words), is_bad)
        for own, line, words, is_bad in _opened(content)
    ]


def _fields(row: Row | BadRow) -> tuple[object, ...]:
    if isinstance(row, Row):
        return row.number, row.place, row.cells
    # What a bad row looked like is not told, so it does not travel.
    return row.number, row.place, row.code, dict(row.params)


def _row(number: int, place: str, found: Any, params: Any = None) -> Row | BadRow:
    return Row(number, place, found) if params is None else BadRow(number, place, found, params, "")


def _pressed(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode("ascii"), _LEVEL)


def _opened(content: bytes) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(zlib.decompress(content))
    return found
