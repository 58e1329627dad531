"""Reading files people bring: what a file looks like, and its rows, whatever is wrong with it."""

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._rows import rows
from antiphon.engines.listening.reading._shapes import (
    HEADING_COLUMN,
    MOST_CELL_CHARACTERS,
    MOST_COLUMNS,
    TEXT_COLUMN,
    BadRow,
    Caution,
    Column,
    FileShape,
    Row,
)
from antiphon.engines.listening.reading._sniff import sniff

__all__ = [
    "HEADING_COLUMN",
    "MOST_CELL_CHARACTERS",
    "MOST_COLUMNS",
    "TEXT_COLUMN",
    "BadRow",
    "Caution",
    "Column",
    "FileShape",
    "Row",
    "UnreadableFile",
    "rows",
    "sniff",
]
