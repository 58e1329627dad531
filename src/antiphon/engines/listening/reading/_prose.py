"""Plain text and Markdown: board notes and forum posts, a passage a paragraph or list item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from antiphon.engines.listening._errors import Param
from antiphon.engines.listening.reading._checks import checked
from antiphon.engines.listening.reading._encoding import Line, lines
from antiphon.engines.listening.reading._shapes import (
    HEADING_COLUMN,
    MOST_CELL_CHARACTERS,
    TEXT_COLUMN,
    BadRow,
    Layout,
    Row,
    shown,
)

_ITEM = re.compile(r"\s{0,12}(?:[-*+•‣–]|\d{1,3}[.)])\s+(?=\S)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.{0,1000}?)[\s#]*$")
_RULE = re.compile(r"\s{0,3}(?:(?:[-*_=]\s?){3,200}|[|:\-\s]{3,2000})$")
_TABLE_ROW = re.compile(r"\s{0,3}\|.*\|\s*$")
_CELL = re.compile(r"(?<!\\)\|")


def layout_of(path: Path, encoding: str) -> Layout:
    """Paragraphs when blank lines part them, otherwise a passage a line."""
    found = [blank for blank, _ in groupby(not line.text.strip() for line in lines(path, encoding))]
    inner = found[1:] if found[:1] == [True] else found
    return "paragraphs" if inner.count(False) > 1 else "lines"


def line_rows(path: Path, encoding: str, *, keep_blank: bool = False) -> Iterator[Row | BadRow]:
    """A passage a line; blank lines are left out unless asked for."""
    for line in lines(path, encoding):
        text = line.text.rstrip("\r\n")
        if line.cut:
            yield _too_long(line.number, len(text), text)
        elif keep_blank or text.strip():
            yield checked(line.number, f"line {line.number}", {TEXT_COLUMN: text})


@dataclass(slots=True)
class _Block:
    """A paragraph in the making; it stops growing when it is too long to keep."""

    number: int = 0
    texts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, number: int, text: str) -> None:
        if not self.texts:
            self.number = number
        self.length += len(text) + 1
        if self.length <= 2 * MOST_CELL_CHARACTERS:
            self.texts.append(text)

    def take(self, heading: str) -> Iterator[Row | BadRow]:
        text = "\n".join(self.texts).strip()
        if self.length > 2 * MOST_CELL_CHARACTERS:
            yield _too_long(self.number, self.length, text)
        elif text:
            yield _passage(self.number, text, heading)
        self.texts, self.length = [], 0


def paragraph_rows(path: Path, encoding: str, *, markdown: bool) -> Iterator[Row | BadRow]:
    """A passage a paragraph or list item, with the heading above it; in Markdown a passage a table cell."""
    for number, row in enumerate(_paragraphs(path, encoding, markdown=markdown), start=1):
        yield replace(row, number=number)


def _paragraphs(path: Path, encoding: str, *, markdown: bool) -> Iterator[Row | BadRow]:
    heading, block = "", _Block()
    for line in lines(path, encoding):
        text = line.text.rstrip("\r\n")
        title = _HEADING.match(text) if markdown and len(text) < 1_000 else None
        if title or not text.strip() or line.cut or (len(text) < 2_000 and _RULE.match(text)):
            yield from block.take(heading)
            heading = title["text"] if title else heading
            if line.cut:
                yield _too_long(line.number, len(text), text)
        elif markdown and _TABLE_ROW.match(text):
            yield from block.take(heading)
            yield from _table_cells(line, heading)
        else:
            item = _ITEM.match(text)
            if item:
                yield from block.take(heading)
            block.add(line.number, text[item.end() :] if item else text)
    yield from block.take(heading)


def _table_cells(line: Line, heading: str) -> Iterator[Row | BadRow]:
    inner = line.text.strip().strip("|")
    for position, cell in enumerate(_CELL.split(inner), start=1):
        if cell.strip():
            place = f"line {line.number}, cell {position}"
            yield checked(line.number, place, {TEXT_COLUMN: cell.strip(), HEADING_COLUMN: heading})


def _passage(number: int, text: str, heading: str) -> Row | BadRow:
    return checked(number, f"line {number}", {TEXT_COLUMN: text, HEADING_COLUMN: heading})


def _too_long(number: int, length: int, text: str) -> BadRow:
    params: dict[str, Param] = {"column": TEXT_COLUMN, "length": length, "limit": MOST_CELL_CHARACTERS}
    return BadRow(number, f"line {number}", "cell_too_long", params, shown(text))
