"""JSON Lines: one object a line; what is not an object is a bad row."""

import json
from collections.abc import Iterator
from pathlib import Path

from antiphon.engines.listening.reading._checks import checked
from antiphon.engines.listening.reading._encoding import Line, lines
from antiphon.engines.listening.reading._shapes import MOST_COLUMNS, TEXT_COLUMN, BadRow, Row, shown


def jsonl_rows(path: Path, encoding: str) -> Iterator[Row | BadRow]:
    """A row for every line that is not blank."""
    for line in lines(path, encoding):
        if line.text.strip():
            yield _row(line)


def _row(line: Line) -> Row | BadRow:
    place = f"line {line.number}"
    if line.cut:
        return BadRow(line.number, place, "line_too_long", {"length": len(line.text)}, shown(line.text))
    whole = checked(line.number, place, {TEXT_COLUMN: line.text})
    if isinstance(whole, BadRow) and whole.code != "cell_too_long":
        return whole
    try:
        value = json.loads(line.text)
        cells = _cells(value)
    except RecursionError:
        return BadRow(line.number, place, "too_deep", {}, shown(line.text))
    except json.JSONDecodeError as error:
        return BadRow(line.number, place, "invalid_json", {"at": error.pos + 1}, shown(line.text))
    except ValueError:
        # A number with more digits than Python reads.
        return BadRow(line.number, place, "invalid_json", {"at": 1}, shown(line.text))
    if cells is None:
        return BadRow(line.number, place, "not_an_object", {}, shown(line.text))
    return checked(line.number, place, cells)


def _cells(value: object) -> dict[str, str] | None:
    if isinstance(value, str):
        return {TEXT_COLUMN: value}
    if not isinstance(value, dict) or len(value) > MOST_COLUMNS:
        return None
    return {name: _written(each) for name, each in value.items()}


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)
