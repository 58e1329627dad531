"""States of an import, of a suggestion and of a possible safety event; keys, dates and marked words."""

import datetime
import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class IntakeState(StrEnum):
    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


INTAKE_NEXT = {
    IntakeState.DRAFT: {IntakeState.RUNNING},
    IntakeState.RUNNING: {IntakeState.DONE, IntakeState.FAILED},
    IntakeState.FAILED: {IntakeState.RUNNING},
    IntakeState.DONE: set(),
}


class Verdict(StrEnum):
    """What became of a suggestion."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    CHANGED = "CHANGED"
    REJECTED = "REJECTED"


class Safety(StrEnum):
    """Whether a passage may report a safety event, and what a person decided."""

    NONE = "NONE"
    POSSIBLE = "POSSIBLE"
    FORWARDED = "FORWARDED"
    NOT_AN_EVENT = "NOT_AN_EVENT"


SAFETY_NEXT = {
    Safety.NONE: {Safety.POSSIBLE},
    Safety.POSSIBLE: {Safety.FORWARDED, Safety.NOT_AN_EVENT},
    Safety.NOT_AN_EVENT: {Safety.POSSIBLE},
    Safety.FORWARDED: set(),
}


class Column(StrEnum):
    """What a column of a file holds."""

    TEXT = "text"
    GROUP = "group"
    DATE = "date"
    ID = "id"
    IGNORE = "ignore"


def intake_can_become(current: IntakeState, wanted: IntakeState) -> bool:
    """Whether one state of an import may follow another."""
    return wanted in INTAKE_NEXT[current]


def safety_can_become(current: Safety, wanted: Safety) -> bool:
    """Whether one view of a possible safety event may follow another."""
    return wanted in SAFETY_NEXT[current]


def span_is_inside(start: int, end: int, length: int) -> bool:
    """A coded part lies within its passage and is not empty."""
    return 0 <= start < end <= length


# What a person can still read and choose from on one page.
MOST_COLUMNS = 200
LONGEST_REASON = 300
AT_MOST_ONE = (Column.GROUP, Column.DATE, Column.ID)


def columns_fault(roles: Mapping[str, str]) -> str:
    """Why a file cannot be read with these columns, as a code; nothing when it can."""
    chosen = list(roles.values())
    if Column.TEXT not in chosen:
        return "no_text"
    return next((f"two_{role.value}" for role in AT_MOST_ONE if chosen.count(role) > 1), "")


@dataclass(slots=True)
class RowKeys:
    """Names every passage of a source by its own id, or by its words and how often they stood before."""

    source_id: str
    _seen: dict[bytes, int] = field(default_factory=dict)

    def key(self, column: str, text: str, external_id: str = "") -> str:
        """The key of the next passage; ask once for each, in the order of the file."""
        if external_id:
            return _digest([self.source_id, column, "id", external_id])
        # Eight bytes a text keep memory small; texts that meet by chance still get keys of their own.
        mark = hashlib.blake2b(f"{column}\0{text}".encode(), digest_size=8).digest()
        before = self._seen.get(mark, 0)
        self._seen[mark] = before + 1
        return _digest([self.source_id, column, "text", text, before])


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[T ].{0,20})?")
_WRITTEN = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y")


def day_stands_first(written: Iterable[str]) -> bool:
    """Whether dates of a file read day, month, year; only a second number above 12 speaks against it."""
    found = [_NUMBERS.fullmatch(each.strip()) for each in written]
    pairs = [(int(match[1]), int(match[2])) for match in found if match and len(match[1]) < 4]
    return not any(second > 12 for _, second in pairs) or any(first > 12 for first, _ in pairs)


def said_date(written: str, *, day_first: bool = True) -> datetime.date | None:
    """The date of a cell, or nothing when it holds none."""
    match = _NUMBERS.fullmatch(written.strip()[:40])
    if match:
        return _from_numbers([int(part) for part in match.groups()], len(match[1]) == 4, day_first)
    for pattern in _WRITTEN:
        try:
            return datetime.datetime.strptime(written.strip()[:40], pattern).date()  # noqa: DTZ007 a date has no zone
        except ValueError:
            continue
    return None


def _from_numbers(numbers: list[int], year_first: bool, day_first: bool) -> datetime.date | None:
    if year_first:
        year, month, day = numbers
    else:
        day, month, year = numbers if day_first else (numbers[1], numbers[0], numbers[2])
    try:
        return datetime.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage; `why` when a suggestion rests on it."""

    text: str
    why: bool = False


def shown_range(start: int, end: int, spans: Sequence[Mapping]) -> tuple[int, int]:
    """Where a stretch of the original stands in its redacted reading; a cut mask counts as a whole."""
    return _shown(start, spans, False), _shown(end, spans, True)


def original_range(start: int, end: int, spans: Sequence[Mapping]) -> tuple[int, int]:
    """Where a stretch of the redacted reading stands in the original; a cut mask counts as a whole."""
    return _original(start, spans, False), _original(end, spans, True)


def _original(position: int, spans: Sequence[Mapping], is_end: bool) -> int:
    shift = 0
    for span in spans:
        length = len(f"[{span['kind']}]")
        if position <= span["start"] + shift:
            break
        if position < span["start"] + shift + length:
            return span["end"] if is_end else span["start"]
        shift += length - (span["end"] - span["start"])
    return position - shift


def _shown(position: int, spans: Sequence[Mapping], is_end: bool) -> int:
    shift = 0
    for span in spans:
        length = len(f"[{span['kind']}]")
        if position <= span["start"]:
            break
        if position < span["end"]:
            return span["start"] + shift + (length if is_end else 0)
        shift += length - (span["end"] - span["start"])
    return position + shift


def parts(text: str, ranges: Iterable[tuple[int, int]]) -> list[Part]:
    """The text in stretches, those within the ranges marked; together they are the text."""
    found: list[Part] = []
    position = 0
    for start, end in sorted((max(0, start), min(end, len(text))) for start, end in ranges):
        start = max(start, position)
        if start >= end:
            continue
        if start > position:
            found.append(Part(text[position:start]))
        found.append(Part(text[start:end], True))
        position = end
    return [*found, Part(text[position:])] if position < len(text) else found


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def plain_name(name: str) -> str:
    """A name in one line, without characters that hide or turn what stands beside them."""
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in name)
    return " ".join(kept.split())


# Antiphon learns from a workspace's coding from so many passages on, and learns anew by itself when people have read
# so many more, or a tenth more of what it learned from, whichever is later.
FEWEST_TO_LEARN_FROM = 20
LEARN_AGAIN_AFTER = 50
LEARN_AGAIN_SHARE = 0.1
# A code is suggested when, on passages not seen, one in three of its suggestions was right.
RIGHT_ENOUGH = 1 / 3
# Needs that no coded comments taught the engine that ships: of these it tells no probability.
KNOWN_BY_WORDS = frozenset({"N4.2", "N4.3", "N4.4", "N4.5"})


def passages_until_it_learns(learned_from: int, read_now: int) -> int:
    """How many more passages people will have read when it learns anew by itself."""
    wanted = max(LEARN_AGAIN_AFTER, math.ceil(learned_from * LEARN_AGAIN_SHARE))
    return max(0, learned_from + wanted - read_now)


def is_right_enough(precision: float) -> bool:
    """Whether a code that was right in this share of passages not seen may be suggested."""
    return precision >= RIGHT_ENOUGH
