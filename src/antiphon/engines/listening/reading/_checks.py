"""What every cell has to pass, wherever it comes from."""

import re
from collections.abc import Mapping

from antiphon.engines.listening.reading._shapes import MOST_CELL_CHARACTERS, BadRow, Row, shown

_SURROGATE = re.compile("[\ud800-\udfff]")


def checked(number: int, place: str, cells: dict[str, str]) -> Row | BadRow:
    """The row, or why it cannot be kept."""
    for column, value in cells.items():
        if (fault := _fault_of(value)) is not None:
            code, params = fault
            return BadRow(number, place, code, {"column": shown(column)[:120], **params}, shown(value))
    return Row(number, place, cells)


def _fault_of(value: str) -> tuple[str, Mapping[str, int]] | None:
    if len(value) > MOST_CELL_CHARACTERS:
        return "cell_too_long", {"length": len(value), "limit": MOST_CELL_CHARACTERS}
    if "\x00" in value:
        return "nul_character", {"at": value.index("\x00") + 1}
    if not value.isascii() and (found := _SURROGATE.search(value)) is not None:
        return "undecodable", {"at": found.start() + 1}
    return None
