"""A dry reading of a file: what would happen, with nothing written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from antiphon.workspace.voices import compute
from antiphon.workspace.voices.models import Source, Voice
from antiphon.workspace.voices.rules import Column, RowKeys, day_stands_first, said_date

AT_ONCE = 500
LISTENED_TO = 500
BAD_ROWS_NAMED = 20
MOST_DATES = 50_000


@dataclass(slots=True)
class _Found:
    """What has been counted so far."""

    rows: int = 0
    passages: int = 0
    known: int = 0
    same_words: int = 0
    empty: int = 0
    bad: int = 0
    bad_rows: list[dict] = field(default_factory=list)
    dates: Counter = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)

    def add_fault(self, row: compute.Taken, code: str, params: Mapping[str, object]) -> None:
        self.bad += 1
        if len(self.bad_rows) < BAD_ROWS_NAMED:
            self.bad_rows.append({"place": row.place, "code": code, "params": dict(params)})


def scan(path: Path, shape: Mapping, roles: Mapping[str, str], source: Source | None) -> dict:
    """Counts of what taking this file in would do; raises `CannotRead`."""
    found, keys = _Found(), RowKeys(str(source.pk) if source else "")
    text_columns = list(roles.values()).count(Column.TEXT)
    for batch in _batches(compute.read(path, shape, roles)):
        keyed = [
            (row, said, keys.key(said.column, said.text, said.external_id)) for row in batch for said in row.passages
        ]
        before = _known(source, [key for _, _, key in keyed])
        for row in batch:
            _count_row(found, row, text_columns)
        clashing: set[int] = set()
        for row, said, key in keyed:
            _count_passage(found, row, said, key, before, clashing)
    return _result(found)


def _batches(rows: Iterator[compute.Taken]) -> Iterator[list[compute.Taken]]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def _known(source: Source | None, keys: list[str]) -> dict[str, str]:
    if source is None:
        return {}
    return dict(Voice.objects.filter(source=source, key__in=keys).values_list("key", "fingerprint"))


def _count_row(found: _Found, row: compute.Taken, text_columns: int) -> None:
    found.rows += 1
    if row.fault:
        found.add_fault(row, row.fault.code, row.fault.params)
        return
    found.empty += text_columns - len(row.passages)
    if row.passages and row.passages[0].date and len(found.dates) < MOST_DATES:
        found.dates[row.passages[0].date] += 1


def _count_passage(
    found: _Found,
    row: compute.Taken,
    said: compute.Said,
    key: str,
    before: Mapping[str, str],
    clashing: set[int],
) -> None:
    mark = compute.words_mark(said.text)
    earlier = before.get(key) or found.ids.get(key)
    if earlier is not None and earlier != mark:
        # A row is listed once, however many of its answers clash.
        if row.ordinal not in clashing:
            clashing.add(row.ordinal)
            found.add_fault(row, "id_has_other_words", {"id": said.external_id[:40], "column": said.column[:120]})
        return
    found.passages += 1
    found.known += earlier is not None
    found.same_words += mark in found.marks
    found.marks.add(mark)
    if said.external_id:
        found.ids[key] = mark
    if earlier is None and len(found.heard) < LISTENED_TO:
        found.heard.append(said.text)


def _result(found: _Found) -> dict:
    day_first = day_stands_first(found.dates)
    unread = sum(count for written, count in found.dates.items() if said_date(written, day_first=day_first) is None)
    return {
        "rows": found.rows,
        "passages": found.passages,
        "new": found.passages - found.known,
        "known": found.known,
        "same_words": found.same_words,
        "empty": found.empty,
        "bad": found.bad,
        "bad_rows": found.bad_rows,
        "dates_unread": unread,
        "day_first": day_first,
        "possible_events": compute.possible_event_count(found.heard),
        "sampled": len(found.heard),
    }
