"""CSV and TSV: records as a spreadsheet would show them, and one bad row never spoils the next."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._checks import checked
from antiphon.engines.listening.reading._columns import header_names
from antiphon.engines.listening.reading._encoding import Line, lines
from antiphon.engines.listening.reading._shapes import (
    MOST_CELL_CHARACTERS,
    MOST_COLUMNS,
    BadRow,
    Row,
    shown,
)

CANDIDATES = (",", ";", "\t", "|")
# A file with one column has no delimiter; this character stands in for it, as no text holds it.
NO_DELIMITER = "\x1f"
# A quote left open is given up after so much text; a cell that long is refused in any case.
_MOST_OPEN = MOST_CELL_CHARACTERS + 20_000


@dataclass(frozen=True, slots=True)
class Record:
    """Cells of one record, or the code of what is wrong with it."""

    number: int
    cells: list[str]
    raw: str
    fault: str = ""


class _OverrunError(Exception):
    """A quoted cell runs on for too long."""


@dataclass(slots=True)
class _Feeder:
    """Hands physical lines to the parser and remembers those of the record in hand."""

    source: Iterator[Line]
    waiting: deque[Line] = field(default_factory=deque)
    taken: list[Line] = field(default_factory=list)
    length: int = 0
    ended_inside: bool = False

    def __iter__(self) -> "_Feeder":
        return self

    def __next__(self) -> str:
        if self.taken and self.length > _MOST_OPEN:
            raise _OverrunError
        line = self.waiting.popleft() if self.waiting else next(self.source, None)
        if line is None:
            self.ended_inside = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        self.length += len(line.text)
        return line.text

    def start(self) -> None:
        self.taken, self.length, self.ended_inside = [], 0, False

    def give_back_all_but_first(self) -> None:
        self.waiting.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]


def records(path: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    """Every record, numbered from 1 as a spreadsheet does; blank lines are counted and left out."""
    feeder = _Feeder(lines(path, encoding))
    number = 0
    while True:
        number += 1
        feeder.start()
        cells, fault = _next_record(feeder, delimiter)
        if not feeder.taken:
            return
        raw = "".join(line.text for line in feeder.taken)
        if fault or cells:
            yield Record(number, cells, raw, fault)


def _next_record(feeder: _Feeder, delimiter: str) -> tuple[list[str], str]:
    reader = csv.reader(feeder, delimiter=delimiter)
    try:
        cells = next(reader, [])
    except (_OverrunError, csv.Error):
        return [], _give_up(feeder)
    if feeder.ended_inside and cells:
        return [], _give_up(feeder)
    if feeder.taken and feeder.taken[0].cut:
        return [], "line_too_long"
    return cells, ""


def _give_up(feeder: _Feeder) -> str:
    """Blame the first line alone, so that the next ones are read on their own."""
    if feeder.taken[0].cut:
        return "line_too_long"
    # One line alone is either an open quote in the last line, or a cell beyond the parser's own limit.
    alone = len(feeder.taken) == 1 and feeder.length > MOST_CELL_CHARACTERS and not feeder.ended_inside
    feeder.give_back_all_but_first()
    return "cell_too_long" if alone else "unclosed_quote"


def delimited_rows(path: Path, encoding: str, delimiter: str | None) -> Iterator[Row | BadRow]:
    """Rows below the header, which is the first record."""
    found = records(path, encoding, delimiter or NO_DELIMITER)
    names, _ = header(next(found, None))
    for record in found:
        yield _row(record, names)


def header(record: Record | None) -> tuple[list[str], list[str]]:
    """Column names made unique, and the names as written; raises for none or too many."""
    if record is None or record.fault:
        raise UnreadableFile("damaged", {"place": "row 1", "reason": record.fault if record else "no_header"})
    if len(record.cells) > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", {"found": len(record.cells), "limit": MOST_COLUMNS})
    return header_names(record.cells), record.cells


def _row(record: Record, names: list[str]) -> Row | BadRow:
    place = f"row {record.number}"
    if record.fault:
        return BadRow(record.number, place, record.fault, {"length": len(record.raw)}, shown(record.raw))
    cells = record.cells
    if len(cells) > len(names) and any(cells[len(names) :]):
        params = {"expected": len(names), "found": len(cells)}
        return BadRow(record.number, place, "too_many_cells", params, shown(record.raw))
    padded = cells[: len(names)] + [""] * (len(names) - len(cells))
    return checked(record.number, place, dict(zip(names, padded, strict=True)))
