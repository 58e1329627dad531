"""Rows as CSV, XLSX and JSON. No cell of theirs can run as a formula."""

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

# A spreadsheet program takes a cell that begins so for a formula (OWASP, CSV injection).
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, its heading for people, where its value comes from, and how a list shows it.

    A list shows it unless a person chooses others when `shown`; `beneath` another one it is a second line of that
    one's cell; `cell` is the template that draws it from `value` and `row`, and `only` says who may see it at all.
    Rows may be put in its order where `orders_by` names the field of the database that it shows.
    A number adds up at the foot of a list unless the same thing is counted in several rows.
    """

    name: str
    heading: object
    value: Callable[[object], object] | None = None
    shown: bool = False
    orders_by: str = ""
    is_number: bool = False
    adds_up: bool = True
    beneath: str = ""
    cell: str = ""
    only: Callable[[object], bool] | None = None

    def of(self, row: object) -> object:
        return self.value(row) if self.value else getattr(row, self.name)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    ending: str
    content_type: str
    write: Callable[[Sequence[Column], Iterable[object]], bytes]


def words(value: object) -> str:
    """A value as text in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, (tuple, list, set, frozenset)):
        return "; ".join(words(part) for part in value)
    return str(value)


def harmless(text: str) -> str:
    """The text, marked as text where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def as_csv(columns: Sequence[Column], rows: Iterable[object]) -> bytes:
    """UTF-8 with a mark, so that spreadsheet programs read the letters right."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(column.heading) for column in columns])
    for row in rows:
        writer.writerow([harmless(words(column.of(row))) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(columns: Sequence[Column], rows: Iterable[object]) -> bytes:
    """One sheet; texts are typed as texts, numbers as numbers."""
    return as_workbook({"Sheet1": (columns, rows)})


def as_workbook(sheets: Mapping[str, tuple[Sequence[Column], Iterable[object]]]) -> bytes:
    """Sheets by their names, which are at most 31 letters long."""
    # Imported here because few processes ever write a workbook.
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, str(column.heading), bold)
            for number, row in enumerate(rows, 1):
                for place, column in enumerate(columns):
                    _write_cell(sheet, number, place, column.of(row))
    return out.getvalue()


def _write_cell(sheet: object, number: int, place: int, value: object) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(number, place, value)
    else:
        sheet.write_string(number, place, words(value)[:LONGEST_CELL])


def as_json(columns: Sequence[Column], rows: Iterable[object]) -> bytes:
    """A list of objects, keyed by the names of the columns."""
    found = [{column.name: _plain(column.of(row)) for column in columns} for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (tuple, list, set, frozenset)):
        return [_plain(part) for part in value]
    return words(value)


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", as_csv),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "json": Format("json", "application/json", as_json),
}
