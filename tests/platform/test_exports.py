"""Rows taken away as files: complete, safe to open, and on record."""

import csv
import datetime
import io
import json
from dataclasses import dataclass

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NotValid
from antiphon.platform.exports.actions import take_away
from antiphon.platform.exports.tables import FORMATS, STARTS_A_FORMULA, Column, as_csv, as_json, as_xlsx, harmless


@dataclass(frozen=True)
class Row:
    text: str
    count: int = 3
    tags: tuple[str, ...] = ("a", "b")
    day: datetime.date | None = None


COLUMNS = (
    Column("text", "Text"),
    Column("count", "Count"),
    Column("tags", "Tags"),
    Column("day", "Day"),
    Column("twice", "Twice", lambda row: row.count * 2),
)
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_csv_begins_as_a_formula(attack):
    heading, row = read_csv(as_csv(COLUMNS, [Row(attack)]))
    assert heading == ["Text", "Count", "Tags", "Day", "Twice"]
    assert row[0].startswith("'")
    assert row[0][1:].replace("\r\n", "\n").replace("\r", "\n") == attack.replace("\r", "\n")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_cell_of_a_workbook_is_a_text_and_never_a_formula(attack):
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(COLUMNS, [Row(attack)]))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 3
    assert sheet["E2"].value == 6


@given(st.text(max_size=200))
def test_marking_a_text_as_text_changes_nothing_else(text):
    marked = harmless(text)
    assert not marked.startswith(STARTS_A_FORMULA)
    assert marked.removeprefix("'") == text.removeprefix("'") or marked == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), max_size=5))
def test_json_gives_back_every_text_as_it_is(texts):
    rows = json.loads(as_json(COLUMNS, [Row(text, day=datetime.date(2026, 11, 3)) for text in texts]))
    assert [row["text"] for row in rows] == texts
    assert all(row["tags"] == ["a", "b"] and row["day"] == "2026-11-03" and row["twice"] == 6 for row in rows)


@pytest.mark.parametrize("kind", FORMATS)
def test_taking_rows_away_is_on_record_without_the_words_of_the_filter(ana, kind):
    take_away(by=ana, what="things", kind=kind, columns=COLUMNS, rows=[Row("x")] * 4, filters={"q": "a secret word"})
    event = AuditEvent.objects.get(action="rows.exported")
    facts = json.loads(event.body)["facts"]
    assert facts == {
        "what": "things",
        "format": kind,
        "rows": 4,
        "columns": ["text", "count", "tags", "day", "twice"],
    }
    assert "secret" not in event.body


def test_an_unknown_kind_of_file_is_refused(ana):
    with pytest.raises(NotValid):
        take_away(by=ana, what="things", kind="exe", columns=COLUMNS, rows=[], filters={})
    assert not AuditEvent.objects.filter(action="rows.exported").exists()
