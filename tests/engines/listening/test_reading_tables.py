"""Tables: CSV, TSV, XLSX and JSON Lines become rows with an exact place."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from antiphon.engines.listening.reading import BadRow, Row, UnreadableFile, rows, sniff

Written = Callable[[str, str | bytes], Path]


def read(path: Path) -> list[Row | BadRow]:
    return list(rows(path, sniff(path, path.name)))


def told(path: Path) -> list[tuple[str, object]]:
    """Place and cells, or place and code."""
    return [(row.place, list(row.cells.values()) if isinstance(row, Row) else row.code) for row in read(path)]


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, table in sheets:
        sheet = workbook.create_sheet(title)
        for line in table:
            sheet.append(line)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_a_row_stands_where_a_spreadsheet_shows_it(written: Written) -> None:
    path = written("a.csv", 'id,said\n1,Good\n2,"two\nlines"\n\n3,end\n')
    assert told(path) == [("row 2", ["1", "Good"]), ("row 3", ["2", "two\nlines"]), ("row 5", ["3", "end"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_how_it_parts_the_rows(written: Written, delimiter: str) -> None:
    path = written("a.csv", f"id{delimiter}said\n1{delimiter}Good, yes\n2{delimiter}Bad; no\n".replace(", yes", ""))
    assert sniff(path, path.name).delimiter == delimiter
    assert len(read(path)[0].cells) == 2


def test_one_column_with_commas_stays_one_column(written: Written) -> None:
    path = written("a.csv", "comment\nGood, nice\nBad, long, late\n")
    assert told(path) == [("row 2", ["Good, nice"]), ("row 3", ["Bad, long, late"])]


def test_a_tsv_is_parted_by_tabs(written: Written) -> None:
    path = written("a.tsv", "id\tsaid\n1\ta, b, c\n")
    assert told(path) == [("row 2", ["1", "a, b, c"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_every_common_encoding_is_recognised(written: Written, encoding: str) -> None:
    path = written("a.csv", "id,said\n1,Café – naïve\n".encode(encoding))
    assert told(path) == [("row 2", ["1", "Café – naïve"])]
    assert list(read(path)[0].cells) == ["id", "said"]


def test_headers_without_a_name_or_with_the_same_name_get_one_each(written: Written) -> None:
    path = written("a.csv", "text,,text,text_2\na,b,c,d\n")
    shape = sniff(path, path.name)
    assert [column.name for column in shape.columns] == ["text", "column_2", "text_3", "text_2"]
    assert [caution.code for caution in shape.warnings] == ["empty_header", "duplicate_header"]


def test_columns_are_guessed_by_what_they_hold(written: Written) -> None:
    lines = ["ref,when,ward,what happened,score"]
    lines += [
        f"R{n},0{n}/02/2026,{'AB'[n % 2]},The nurse explained all of it in round {n},{n * 7}.5" for n in range(1, 9)
    ]
    shape = sniff(path := written("a.csv", "\n".join(lines)), path.name)
    assert [column.role for column in shape.columns] == ["id", "date", "group", "text", "id"]
    assert [len(column.samples) for column in shape.columns] == [5] * 5
    assert shape.row_count_estimate == 8


def test_a_short_row_is_filled_up_and_a_long_one_is_reported(written: Written) -> None:
    path = written("a.csv", "id,said\n1\n2,a,b\n3,c,\n")
    assert told(path) == [("row 2", ["1", ""]), ("row 3", "too_many_cells"), ("row 4", ["3", "c"])]


def test_a_table_with_a_header_alone_has_no_rows(written: Written) -> None:
    path = written("a.csv", "id,said\n")
    assert read(path) == []
    assert [caution.code for caution in sniff(path, path.name).warnings] == ["no_rows"]


def test_a_sheet_is_read_as_stored_and_formulas_are_never_computed(written: Written) -> None:
    table = [
        ["id", "said", "when", "at", "ok"],
        [1, "=1+1", date(2026, 1, 2), datetime.fromisoformat("2026-01-02T03:04:00"), True],
    ]
    path = written("a.xlsx", book(("Survey", [*table, [], [2.5, "b"]])))
    assert told(path) == [
        ("sheet Survey, row 2", ["1", "=1+1", "2026-01-02", "2026-01-02T03:04:00", "TRUE"]),
        ("sheet Survey, row 4", ["2.5", "b", "", "", ""]),
    ]


def test_the_first_sheet_with_rows_is_taken_unless_another_is_named(written: Written) -> None:
    path = written("a.xlsx", book(("Empty", []), ("One", [["a"], ["x"]]), ("Two", [["b"], ["y"]])))
    shape = sniff(path, path.name)
    assert (shape.sheets, shape.sheet) == (("Empty", "One", "Two"), "One")
    assert [row.place for row in rows(path, sniff(path, path.name, sheet="Two"))] == ["sheet Two, row 2"]
    with pytest.raises(UnreadableFile) as caught:
        sniff(path, path.name, sheet="Three")
    assert (caught.value.code, caught.value.params) == ("no_such_sheet", {"sheet": "Three"})


def test_json_lines_become_rows_and_bad_lines_are_reported(written: Written) -> None:
    path = written("a.jsonl", '{"id": 1, "said": "a", "tags": ["x"]}\n\n[1]\n"only"\n{bad\n{"said": null}\n')
    assert told(path) == [
        ("line 1", ["1", "a", '["x"]']),
        ("line 3", "not_an_object"),
        ("line 4", ["only"]),
        ("line 5", "invalid_json"),
        ("line 6", [""]),
    ]


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n"), max_size=20)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8)


@given(TABLES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_well_formed_table_loses_nothing(written: Written, table: list[tuple[str, str, str]]) -> None:
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "said", "more"), *table])
    path = written("a.csv", out.getvalue())
    assert [tuple(row.cells.values()) for row in read(path)] == table


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.csv", "a.tsv", "a.txt", "a.md", "a.jsonl", "a.xlsx", "a.docx"]),
)
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_with_a_code(written: Written, content: bytes, name: str) -> None:
    path = written(name, content)
    try:
        found = read(path)
    except UnreadableFile:
        return
    assert [row.number for row in found] == sorted({row.number for row in found})
