"""Looking at a file once, to know how to read it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._archive import OLD_OFFICE_MARK, ZIP_MARK, office_kind
from antiphon.engines.listening.reading._columns import columns_of, header_cautions, header_names
from antiphon.engines.listening.reading._delimited import CANDIDATES, NO_DELIMITER, header, records
from antiphon.engines.listening.reading._docx import docx_rows
from antiphon.engines.listening.reading._encoding import Encoding, encoding_of
from antiphon.engines.listening.reading._jsonl import jsonl_rows
from antiphon.engines.listening.reading._parquet import PARQUET_MARK, parquet_names, parquet_rows
from antiphon.engines.listening.reading._prose import layout_of, line_rows, paragraph_rows
from antiphon.engines.listening.reading._shapes import (
    HEADING_COLUMN,
    ROWS_LOOKED_AT,
    TEXT_COLUMN,
    BadRow,
    Caution,
    Column,
    FileShape,
    Kind,
    Layout,
    Row,
)
from antiphon.engines.listening.reading._xlsx import sheet_records, sheets_of

_KINDS: dict[str, Kind] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".docx": "docx",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_REFUSED_MARKS = (
    (OLD_OFFICE_MARK, "old_office_file"),
    (b"%PDF-", "unsupported_kind"),
    (b"{\\rtf", "unsupported_kind"),
    (b"\x1f\x8b", "unsupported_kind"),
    (PARQUET_MARK, "unsupported_kind"),
)
_RECORDS_COMPARED = 25


@dataclass(frozen=True, slots=True)
class _Head:
    """The first rows of a file."""

    names: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def sniff(path: Path, filename: str, *, sheet: str | None = None, trusted: bool = False) -> FileShape:
    """What kind of file this is and how to read it; content decides, the file name only helps.

    `sheet` chooses a sheet of an XLSX, by default the first that holds rows. Only a `trusted` file may be
    Parquet: what its cells unpack to has no bound. Raises `UnreadableFile`.
    """
    named = _KINDS.get(PurePath(filename).suffix.lower())
    with path.open("rb") as file:
        start = file.read(16)
    if not start:
        raise UnreadableFile("empty")
    if start.startswith(ZIP_MARK):
        kind = office_kind(path)
        cautions = _name_cautions(named, kind)
        return _docx(path, cautions) if kind == "docx" else _xlsx(path, sheet, cautions)
    if trusted and start.startswith(PARQUET_MARK):
        return _parquet(path, _name_cautions(named, "parquet"))
    for mark, code in _REFUSED_MARKS:
        if start.startswith(mark):
            raise UnreadableFile(code)
    if named is None:
        raise UnreadableFile("unsupported_kind", {"filename": filename[-200:]})
    return _plain(path, named)


def _plain(path: Path, named: Kind) -> FileShape:
    encoding = encoding_of(path)
    kind: Kind = "csv" if named in ("xlsx", "docx", "parquet") else named
    cautions = _name_cautions(named, kind)
    if encoding.mixed:
        cautions.append(Caution("mixed_encoding", {"encoding": encoding.name}))
    if kind in ("csv", "tsv"):
        return _table(path, kind, encoding, cautions)
    if kind == "jsonl":
        return _json_lines(path, encoding, cautions)
    return _prose(path, kind, encoding, cautions)


def _name_cautions(named: Kind | None, found: Kind) -> list[Caution]:
    return [] if named == found else [Caution("kind_differs_from_name", {"found": found})]


def _table(path: Path, kind: Kind, encoding: Encoding, cautions: list[Caution]) -> FileShape:
    delimiter = _delimiter(path, encoding.name, "\t" if kind == "tsv" else ",")
    found = records(path, encoding.name, delimiter or NO_DELIMITER)
    names, written = header(next(found, None))
    head = [
        dict(zip(names, record.cells, strict=False)) for record in islice(found, ROWS_LOOKED_AT) if not record.fault
    ]
    cautions = [*cautions, *header_cautions(written), *_empty(head)]
    columns = columns_of(names, head)
    estimate = max(len(head), encoding.line_ends - 1) if head else 0
    return FileShape(kind, "table", encoding.name, delimiter, (), None, columns, estimate, tuple(cautions))


def _delimiter(path: Path, encoding: str, preferred: str) -> str | None:
    """The candidate that parts the header and then parts the rows alike; None for a single column."""
    order = [preferred, *(each for each in CANDIDATES if each != preferred)]
    scored = [(_agreement(path, encoding, each), -place, each) for place, each in enumerate(order)]
    best, _, delimiter = max(scored)
    return delimiter if best > (0.0, 0) else None


def _agreement(path: Path, encoding: str, delimiter: str) -> tuple[float, int]:
    counts = [
        len(record.cells)
        for record in islice(records(path, encoding, delimiter), _RECORDS_COMPARED)
        if not record.fault
    ]
    if not counts or counts[0] < 2:
        return 0.0, 0
    return round(Counter(counts)[counts[0]] / len(counts), 1), counts[0]


def _json_lines(path: Path, encoding: Encoding, cautions: list[Caution]) -> FileShape:
    head = _head(jsonl_rows(path, encoding.name))
    columns = columns_of(head.names, head.rows)
    return _line_based("jsonl", "every_line", encoding, head, columns, cautions)


def _prose(path: Path, kind: Kind, encoding: Encoding, cautions: list[Caution]) -> FileShape:
    layout = layout_of(path, encoding.name)
    head = _head(prose_rows(path, encoding.name, layout, markdown=kind == "markdown"))
    return _line_based(kind, layout, encoding, head, _prose_columns(head), cautions)


def _line_based(
    kind: Kind,
    layout: Layout,
    encoding: Encoding,
    head: _Head,
    columns: tuple[Column, ...],
    cautions: list[Caution],
) -> FileShape:
    estimate = len(head.rows) if len(head.rows) < ROWS_LOOKED_AT else encoding.line_ends
    warned = (*cautions, *_empty(head.rows))
    return FileShape(kind, layout, encoding.name, None, (), None, columns, estimate, warned)


def prose_rows(path: Path, encoding: str, layout: Layout, *, markdown: bool) -> Iterator[Row | BadRow]:
    """Plain text or Markdown in the layout asked for."""
    if layout == "paragraphs" or (markdown and layout == "lines"):
        return paragraph_rows(path, encoding, markdown=markdown)
    return line_rows(path, encoding, keep_blank=layout == "every_line")


def _docx(path: Path, cautions: list[Caution]) -> FileShape:
    # The whole document is read: it is the only way to count, and shows damage before an import starts.
    kept: list[Row | BadRow] = []
    count = 0
    for row in docx_rows(path):
        count += 1
        if count <= ROWS_LOOKED_AT:
            kept.append(row)
    head = _head(iter(kept))
    cautions = [*cautions, *_empty(head.rows)]
    columns = _prose_columns(head)
    return FileShape("docx", "paragraphs", None, None, (), None, columns, count, tuple(cautions))


def _xlsx(path: Path, sheet: str | None, cautions: list[Caution]) -> FileShape:
    sheets = sheets_of(path)
    for each in sheets:
        if sheet not in (None, each.name):
            continue
        first = list(islice(sheet_records(path, each.name), ROWS_LOOKED_AT + 1))
        if sheet is None and not first and each != sheets[-1]:
            continue
        written = first[0][1] if first else []
        names = header_names(written)
        head = [dict(zip(names, cells, strict=False)) for _, cells in first[1:]]
        more = [Caution("more_sheets", {"count": len(sheets) - 1})] if len(sheets) > 1 else []
        cautions = [*cautions, *header_cautions(written), *more, *_empty(head)]
        estimate = len(head) if len(head) < ROWS_LOOKED_AT else max(len(head), each.declared_rows - 1)
        titles = tuple(one.name for one in sheets)
        columns = columns_of(names, head)
        return FileShape("xlsx", "table", None, None, titles, each.name, columns, estimate, tuple(cautions))
    raise UnreadableFile("no_such_sheet", {"sheet": (sheet or "")[:200]})


def _parquet(path: Path, cautions: list[Caution]) -> FileShape:
    written = parquet_names(path)
    head = _head(parquet_rows(path)).rows
    cautions = [*cautions, *header_cautions(written), *_empty(head)]
    columns = columns_of(header_names(written), head)
    return FileShape("parquet", "table", None, None, (), None, columns, len(head), tuple(cautions))


def _head(rows: Iterator[Row | BadRow]) -> _Head:
    kept = tuple(row.cells for row in islice(rows, ROWS_LOOKED_AT) if isinstance(row, Row))
    return _Head(tuple(dict.fromkeys(name for cells in kept for name in cells)), kept)


def _prose_columns(head: _Head) -> tuple[Column, ...]:
    roles = {TEXT_COLUMN: "text", HEADING_COLUMN: "other"}
    names = [name for name in roles if name in head.names] or [TEXT_COLUMN]
    found = columns_of(names, head.rows)
    return tuple(
        Column(column.name, "text" if column.name == TEXT_COLUMN else "other", column.samples) for column in found
    )


def _empty(head: object) -> list[Caution]:
    return [] if head else [Caution("no_rows")]
