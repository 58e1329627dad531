"""XLSX: sheets row by row, text as stored; a formula is read as written and never computed."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._cells import text_of
from antiphon.engines.listening.reading._checks import checked
from antiphon.engines.listening.reading._columns import header_names
from antiphon.engines.listening.reading._shapes import MOST_COLUMNS, MOST_ROWS_IN_SHEET, BadRow, Row, shown

_AT_ONCE = 200
T = TypeVar("T")
Cells = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The name of a sheet and how many rows it declares."""

    name: str
    declared_rows: int


def sheets_of(path: Path) -> list[Sheet]:
    """Worksheets in order; chart sheets have no rows and are left out."""
    with _workbook(path) as book:
        return [Sheet(sheet.title, _declared_rows(sheet)) for sheet in book.worksheets]


def sheet_records(path: Path, sheet: str) -> Iterator[Cells]:
    """Row number and cells as text for every row that is not blank."""
    with _workbook(path) as book:
        found = next((each for each in book.worksheets if each.title == sheet), None)
        if found is None:
            raise UnreadableFile("no_such_sheet", {"sheet": sheet[:200]})
        # What a sheet declares about its size may be untrue, and padding to it costs memory.
        found.reset_dimensions()
        yield from _filled(found)


def xlsx_rows(path: Path, sheet: str) -> Iterator[Row | BadRow]:
    """Rows below the header, which is the first row that is not blank."""
    found = sheet_records(path, sheet)
    _, written = next(found, (0, []))
    names = header_names(written)
    for number, cells in found:
        place = f"sheet {sheet}, row {number}"
        if len(cells) > len(names) and any(cells[len(names) :]):
            params = {"expected": len(names), "found": len(cells)}
            yield BadRow(number, place, "too_many_cells", params, shown("\t".join(cells[:50])))
        else:
            padded = cells[: len(names)] + [""] * (len(names) - len(cells))
            yield checked(number, place, dict(zip(names, padded, strict=True)))


def _filled(sheet: Any) -> Iterator[Cells]:
    source = enumerate(sheet.iter_rows(values_only=True), start=1)
    while batch := _quietly(lambda: list(islice(source, _AT_ONCE))):
        for number, values in batch:
            if number > MOST_ROWS_IN_SHEET:
                raise UnreadableFile("too_many_rows", {"limit": MOST_ROWS_IN_SHEET})
            if len(values) > MOST_COLUMNS:
                raise UnreadableFile("too_many_columns", {"found": len(values), "limit": MOST_COLUMNS})
            cells = _trimmed([text_of(value) for value in values])
            if cells:
                yield number, cells


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _declared_rows(sheet: Any) -> int:
    declared = sheet.max_row
    return min(int(declared), MOST_ROWS_IN_SHEET) if isinstance(declared, int) else 0


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        # Imported here because it takes half a second, and most processes never read a workbook.
        from openpyxl import load_workbook

        book = _quietly(lambda: load_workbook(file, read_only=True, data_only=False, keep_links=False))
        try:
            yield book
        finally:
            book.close()


def _quietly(read: Callable[[], T]) -> T:
    """Run the reader; whatever it fails on is a damaged file, and its warnings concern nobody."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except Exception as error:
        raise UnreadableFile("damaged", {"reason": type(error).__name__}) from error
