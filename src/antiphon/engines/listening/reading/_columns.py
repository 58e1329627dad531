"""Naming columns and guessing what they hold."""

import re
from collections.abc import Iterable, Sequence

from antiphon.engines.listening.reading._shapes import (
    SAMPLE_CHARACTERS,
    SAMPLES,
    Caution,
    Column,
    Role,
)

_DATE = re.compile(
    r"\s*(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4})"
    r"(?:[T ]\d{1,2}:\d{2}\S{0,12})?\s*"
)
# fmt: off
_TEXT_NAMES = frozenset(
    {
        "text", "comment", "comments", "feedback", "answer", "verbatim", "response", "said",
        "quote", "narrative", "note", "notes", "message", "body", "why", "kommentar", "texto",
        "commentaire", "description", "post",
    }
)
_ID_NAMES = frozenset(
    {
        "id", "ref", "reference", "key", "number", "no", "nr", "uuid", "respondent", "record",
        "row",
    }
)
# fmt: on
_LONG_TEXT = 25.0
_MOST_GROUPS = 30
_LONGEST_ID = 40


def header_names(written: Sequence[str]) -> list[str]:
    """Every column gets a name of its own: an empty one `column_3`, a second `text` becomes `text_2`."""
    names: list[str] = []
    used: set[str] = set()
    counts: dict[str, int] = {}
    taken = {name.strip() for name in written}
    for position, each in enumerate(written, start=1):
        base = each.strip().lstrip("\ufeff") or f"column_{position}"
        name = base
        while name in used or (name != base and name in taken):
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}_{counts[base]}"
        used.add(name)
        names.append(name)
    return names


def header_cautions(written: Sequence[str]) -> list[Caution]:
    """What is odd about a header."""
    stripped = [each.strip() for each in written]
    empty = sum(not each for each in stripped)
    named = [each for each in stripped if each]
    doubled = len(named) - len(set(named))
    found = [Caution("empty_header", {"count": empty})] if empty else []
    return found + ([Caution("duplicate_header", {"count": doubled})] if doubled else [])


def columns_of(names: Sequence[str], rows: Iterable[dict[str, str]]) -> tuple[Column, ...]:
    """Columns with a guessed role and their first values, from the first rows."""
    values: dict[str, list[str]] = {name: [] for name in names}
    for cells in rows:
        for name, value in cells.items():
            if value.strip() and name in values:
                values[name].append(value)
    return tuple(
        Column(name, _role(name, found), tuple(each[:SAMPLE_CHARACTERS] for each in found[:SAMPLES]))
        for name, found in values.items()
    )


def _role(name: str, values: list[str]) -> Role:
    if not values:
        return "other"
    if sum(_DATE.fullmatch(value[:60]) is not None for value in values) > 0.8 * len(values):
        return "date"
    words = frozenset(re.split(r"[^a-z]+", name.lower()[:200]))
    if _looks_like_text(words, values):
        return "text"
    if _looks_like_id(words, values):
        return "id"
    distinct = len(set(values))
    return "group" if distinct <= _MOST_GROUPS and distinct <= max(2, len(values) // 2) else "other"


def _looks_like_text(words: frozenset[str], values: list[str]) -> bool:
    length = sum(map(len, values)) / len(values)
    spaced = sum(" " in value.strip() for value in values) / len(values)
    varied = len(set(values)) > len(values) / 3
    named = bool(words & _TEXT_NAMES) and not words & _ID_NAMES
    return (named and (spaced > 0.2 or length > _LONG_TEXT)) or (length > _LONG_TEXT and spaced > 0.5 and varied)


def _looks_like_id(words: frozenset[str], values: list[str]) -> bool:
    distinct = len(set(values)) == len(values)
    short = all(len(value) <= _LONGEST_ID for value in values)
    coded = all(" " not in value.strip() for value in values) and any(map(_has_digit, values))
    return distinct and short and (bool(words & _ID_NAMES) or (coded and len(values) > 1))


def _has_digit(value: str) -> bool:
    return any(map(str.isdigit, value))
