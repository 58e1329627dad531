"""DOCX: a passage a paragraph, list item or table cell, read as a stream with the heading above it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._checks import checked
from antiphon.engines.listening.reading._shapes import HEADING_COLUMN, TEXT_COLUMN, BadRow, Row

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING_NAME = re.compile(r"(?:heading [1-9]|title|subtitle)", re.IGNORECASE)
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# The last is what zipfile says of a packing it does not know.
_DAMAGE = (BadZipFile, ParseError, zlib.error, EOFError, KeyError, OSError, ValueError, NotImplementedError)


@dataclass(slots=True)
class _Reading:
    """Where in the document the reader stands."""

    headings: frozenset[str]
    heading: str = ""
    paragraph: int = 0
    tables: int = 0
    table_depth: int = 0
    skipped: int = 0
    row: int = 0
    cell: int = 0
    pieces: list[list[str]] = field(default_factory=list)
    cell_texts: list[str] = field(default_factory=list)
    is_heading: bool = False


def docx_rows(path: Path) -> Iterator[Row | BadRow]:
    """Passages in order; `paragraph 12` counts paragraphs that hold text, headings among them."""
    try:
        with ZipFile(path) as archive:
            reading = _Reading(_heading_styles(archive))
            with archive.open("word/document.xml") as part:
                for number, row in enumerate(_passages(reading, part), start=1):
                    yield replace(row, number=number)
    except DefusedXmlException as error:
        raise UnreadableFile("forbidden_xml", {"part": "word/document.xml"}) from error
    except _DAMAGE as error:
        raise UnreadableFile("damaged", {"reason": type(error).__name__}) from error


def _passages(reading: _Reading, part: IO[bytes]) -> Iterator[Row | BadRow]:
    above: list[Any] = []
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            above.append(element)
            _START.get(element.tag, _pass)(reading)
            continue
        yield from _ended(reading, element)
        above.pop()
        if above:
            # Everything is read at its own end, so nothing finished needs to stay in memory.
            above[-1].remove(element)


def _heading_styles(archive: ZipFile) -> frozenset[str]:
    """Ids of heading styles: ids are translated with Word's language, names are not."""
    if "word/styles.xml" not in archive.namelist():
        return frozenset()
    found = set()
    with archive.open("word/styles.xml") as part:
        for _, element in iterparse(part, forbid_dtd=True):
            if element.tag == f"{_WORD}style":
                name = element.find(f"{_WORD}name")
                if name is not None and _HEADING_NAME.match(name.get(f"{_WORD}val", "")):
                    found.add(element.get(f"{_WORD}styleId", ""))
                element.clear()
    return frozenset(found)


def _pass(reading: _Reading) -> None:
    """Most elements begin nothing."""


def _start_paragraph(reading: _Reading) -> None:
    reading.pieces.append([])
    reading.is_heading = False


def _start_table(reading: _Reading) -> None:
    reading.table_depth += 1
    if reading.table_depth == 1:
        reading.tables, reading.row = reading.tables + 1, 0


def _start_row(reading: _Reading) -> None:
    if reading.table_depth == 1:
        reading.row, reading.cell = reading.row + 1, 0


def _start_cell(reading: _Reading) -> None:
    if reading.table_depth == 1:
        reading.cell, reading.cell_texts = reading.cell + 1, []


def _start_fallback(reading: _Reading) -> None:
    reading.skipped += 1


_START = {
    f"{_WORD}p": _start_paragraph,
    f"{_WORD}tbl": _start_table,
    f"{_WORD}tr": _start_row,
    f"{_WORD}tc": _start_cell,
    _FALLBACK: _start_fallback,
}


def _ended(reading: _Reading, element: Any) -> Iterator[Row | BadRow]:
    tag = element.tag
    if tag == _FALLBACK:
        reading.skipped -= 1
    elif tag == f"{_WORD}tbl":
        reading.table_depth -= 1
    elif tag == f"{_WORD}tc" and reading.table_depth == 1:
        yield from _end_cell(reading)
    elif tag == f"{_WORD}p":
        yield from _end_paragraph(reading)
    elif tag == f"{_WORD}pStyle":
        reading.is_heading = element.get(f"{_WORD}val", "") in reading.headings
    elif reading.pieces and not reading.skipped:
        _collect(reading, element)


def _collect(reading: _Reading, element: Any) -> None:
    if element.tag == f"{_WORD}t":
        reading.pieces[-1].append(element.text or "")
    elif element.tag in _BREAKS:
        reading.pieces[-1].append(_BREAKS[element.tag])


def _end_paragraph(reading: _Reading) -> Iterator[Row | BadRow]:
    text = "".join(reading.pieces.pop()).strip()
    if not text or reading.skipped:
        return
    if reading.table_depth:
        reading.cell_texts.append(text)
        return
    reading.paragraph += 1
    if reading.is_heading:
        reading.heading = text[:1_000]
        return
    cells = {TEXT_COLUMN: text, HEADING_COLUMN: reading.heading}
    yield checked(reading.paragraph, f"paragraph {reading.paragraph}", cells)


def _end_cell(reading: _Reading) -> Iterator[Row | BadRow]:
    text = "\n".join(reading.cell_texts)
    if text:
        place = f"table {reading.tables}, row {reading.row}, cell {reading.cell}"
        yield checked(reading.row, place, {TEXT_COLUMN: text, HEADING_COLUMN: reading.heading})
