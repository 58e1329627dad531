"""What a file looks like, and what comes out of it row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from antiphon.engines.listening._errors import Param

Kind = Literal["csv", "tsv", "xlsx", "docx", "text", "markdown", "jsonl", "parquet"]
Role = Literal["text", "date", "group", "id", "other"]
Layout = Literal["table", "paragraphs", "lines", "every_line"]

# Stated limits; each has a test. Characters are code points.
MOST_CELL_CHARACTERS = 100_000
MOST_LINE_CHARACTERS = 2_000_000
MOST_COLUMNS = 16_384
MOST_ROWS_IN_SHEET = 1_048_576
RAW_SHOWN = 1_000
SAMPLES = 5
SAMPLE_CHARACTERS = 120
ROWS_LOOKED_AT = 200

# Columns of a file that has none of its own.
TEXT_COLUMN = "text"
HEADING_COLUMN = "heading"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person should know before importing, as a code and its parameters.

    Codes: `kind_differs_from_name`, `mixed_encoding`, `empty_header`, `duplicate_header`, `no_rows`,
    `no_header_row`, `more_sheets`.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the guess of what it holds, and up to 5 of its first values (at most 120 characters each)."""

    name: str
    role: Role
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileShape:
    """What `sniff` found and `rows` needs.

    `row_count_estimate` counts rows without the header; exact for line-based files without line breaks
    inside cells. `sheet` is the sheet of an XLSX the columns belong to.
    """

    kind: Kind
    layout: Layout
    encoding: str | None
    delimiter: str | None
    sheets: tuple[str, ...]
    sheet: str | None
    columns: tuple[Column, ...]
    row_count_estimate: int
    warnings: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: `number` grows through the file, `place` says where a person finds it.

    In tables and lines `number` is the row or line; in paragraphs it counts the passages.
    """

    number: int
    place: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that could not be read; the run goes on. `raw` shows at most 1,000 characters.

    Codes: `undecodable`, `nul_character`, `cell_too_long`, `line_too_long`, `unclosed_quote`,
    `too_many_cells`, `invalid_json`, `not_an_object`, `too_deep`.
    """

    number: int
    place: str
    code: str
    params: Mapping[str, Param]
    raw: str


def shown(raw: str) -> str:
    """The beginning of a raw row, safe to store and to show."""
    kept = raw[:RAW_SHOWN].replace("\x00", "\ufffd")
    return kept.encode("utf-8", "replace").decode("utf-8") if not kept.isascii() else kept
