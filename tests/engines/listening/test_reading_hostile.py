"""Files that want something: each is refused with a code or read with bounded memory."""

import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from antiphon.engines.listening.reading import (
    MOST_CELL_CHARACTERS,
    MOST_COLUMNS,
    BadRow,
    Row,
    UnreadableFile,
    rows,
    sniff,
)
from tests.engines.listening.test_reading_prose import document
from tests.engines.listening.test_reading_tables import book, read, told

Written = Callable[[str, str | bytes], Path]
MB = 1_000_000


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(rows(path, sniff(path, path.name)))
    return caught.value.code


def archive(parts: dict[str, bytes], declared: dict[str, int] | None = None) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        for part in made.filelist:
            part.file_size = (declared or {}).get(part.filename, part.file_size)
    return out.getvalue()


def with_part(office: bytes, name: str, content: bytes) -> bytes:
    with ZipFile(BytesIO(office)) as source:
        parts = {each: source.read(each) for each in source.namelist()}
    return archive(parts | {name: content})


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def test_a_zip_bomb_is_refused_by_its_ratio(written: Written) -> None:
    bomb = archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * (8 * MB)})
    assert refusal(written("a.xlsx", bomb)) == "archive_ratio"


def test_declared_sizes_are_added_up_before_anything_is_unpacked(written: Written) -> None:
    big = archive({"word/document.xml": b"<a/>", "b": b"x"}, declared={"b": 2_000_000_000})
    assert refusal(written("a.docx", big)) == "archive_too_large"


def test_an_archive_that_understates_its_size_is_damaged_not_unpacked(written: Written) -> None:
    parts = {"word/document.xml": b"<a>" + b" " * MB + b"</a>"}
    assert refusal(written("a.docx", archive(parts, declared={"word/document.xml": 100}))) == "damaged"


def test_an_archive_of_countless_parts_is_refused(written: Written) -> None:
    parts = {f"p{number}": b"" for number in range(10_001)}
    assert refusal(written("a.xlsx", archive(parts))) == "archive_too_many_parts"


@pytest.mark.parametrize("trap", [ENTITIES, OUTSIDE, b"<!DOCTYPE x>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_whatever_encoding(written: Written, trap: bytes, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{trap.decode()}<x/>'.encode(encoding)
    assert refusal(written("a.docx", with_part(document(), "word/document.xml", xml))) == "forbidden_xml"
    sheet = with_part(book(("S", [["a"], ["b"]])), "xl/sharedStrings.xml", xml)
    assert refusal(written("a.xlsx", sheet)) == "forbidden_xml"


def test_a_sheet_that_claims_a_far_away_row_does_not_hang(written: Written) -> None:
    ns = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    far = b"<worksheet " + ns + b'><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    far += b'<row r="99999999999"><c><v>2</v></c></row></sheetData></worksheet>'
    path = written("a.xlsx", with_part(book(("S", [["a"]])), "xl/worksheets/sheet1.xml", far))
    assert refusal(path) == "too_many_rows"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b" \r\n\n", "empty"),
        ("a.csv", b"\xef\xbb\xbf", "empty"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("a.docx", b"%PDF-1.7 something", "unsupported_kind"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64), "old_office_file"),
        ("a.exe", b"plain text", "unsupported_kind"),
        ("a.docx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.zip", archive({"b.txt": b"x"}), "unsupported_archive"),
        ("a.docx", archive({"word/document.xml": b"<open>"}), "damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_a_code(written: Written, name: str, content: bytes, code: str) -> None:
    assert refusal(written(name, content)) == code


def test_content_decides_over_the_name(written: Written) -> None:
    path = written("a.csv", book(("S", [["said"], ["hello"]])))
    shape = sniff(path, path.name)
    assert (shape.kind, shape.warnings[0].code) == ("xlsx", "kind_differs_from_name")
    plain = written("b.xlsx", "id,said\n1,x\n")
    assert (sniff(plain, plain.name).kind, told(plain)) == ("csv", [("row 2", ["1", "x"])])


def test_a_row_in_another_encoding_is_reported_and_the_run_goes_on(written: Written) -> None:
    path = written("a.csv", "id,said\n1,né\n".encode() + b"2,n\xe9\n3,ok\n")
    assert told(path) == [("row 2", ["1", "né"]), ("row 3", "undecodable"), ("row 4", ["3", "ok"])]
    assert [caution.code for caution in sniff(path, path.name).warnings] == ["mixed_encoding"]
    bad = read(path)[1]
    assert isinstance(bad, BadRow)
    assert (bad.params["column"], bad.params["at"], bad.raw.encode()) == ("said", 2, b"n?")


def test_a_broken_wide_encoding_is_reported_and_the_run_goes_on(written: Written) -> None:
    path = written("a.csv", "id,said\n1,a\n".encode("utf-16") + b"\x00\xd8\x0a\x00" + "2,b\n".encode("utf-16-le"))
    assert [row.code for row in read(path) if isinstance(row, BadRow)] == ["undecodable"]
    assert told(path)[-1][1] == ["2", "b"]


def test_a_nul_is_reported_and_other_control_characters_stay(written: Written) -> None:
    path = written("a.csv", "id,said\n1,a\x00b\n2,bell\x07\x1b[31m\n")
    assert told(path) == [("row 2", "nul_character"), ("row 3", ["2", "bell\x07\x1b[31m"])]


def test_an_unclosed_quote_spoils_its_own_row_only(written: Written) -> None:
    path = written("a.csv", 'id,said\n1,"open\n2,fine\n3,fine\n')
    assert told(path) == [("row 2", "unclosed_quote"), ("row 3", ["2", "fine"]), ("row 4", ["3", "fine"])]


def test_an_unclosed_quote_in_a_long_file_spoils_its_own_row_only(written: Written) -> None:
    path = written("a.csv", 'id,said\n1,"open\n' + "2,fine\n" * 50_000)
    found = read(path)
    assert [row.code for row in found if isinstance(row, BadRow)] == ["unclosed_quote"]
    assert len(found) == 50_001


def test_ten_thousand_columns_are_read_and_more_than_a_sheet_holds_are_refused(written: Written) -> None:
    wide = written("a.csv", ",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join("x" * 10_000) + "\n")
    (row,) = read(wide)
    assert isinstance(row, Row)
    assert len(row.cells) == 10_000
    assert refusal(written("b.csv", "," * MOST_COLUMNS + "\nx\n")) == "too_many_columns"


@pytest.mark.parametrize("filler", ["x", "[", "(", '""', "\u202e"])
def test_a_megabyte_in_one_cell_is_reported_and_the_next_row_is_read(written: Written, filler: str) -> None:
    path = written("a.csv", f'id,said\n1,"{filler * (MB // len(filler))}"\n2,ok\n')
    assert told(path) == [("row 2", "cell_too_long"), ("row 3", ["2", "ok"])]
    lines = written("a.txt", f"{filler * MB}\nok\n")
    assert told(lines) == [("line 1", "cell_too_long"), ("line 2", ["ok"])]


def test_a_cell_at_the_limit_is_kept(written: Written) -> None:
    path = written("a.csv", f"id,said\n1,{'x' * MOST_CELL_CHARACTERS}\n2,{'x' * (MOST_CELL_CHARACTERS + 1)}\n")
    assert [type(row) for row in read(path)] == [Row, BadRow]


def test_brackets_beyond_every_depth_are_a_bad_line(written: Written) -> None:
    path = written("a.jsonl", "[" * MB + '\n{"said": "ok"}\n{"n": ' + "9" * 5_000 + "}\n" + '{"said": "\\ud800"}\n')
    assert [value for _, value in told(path)] == ["too_deep", ["ok"], "invalid_json", "undecodable"]


def test_a_file_that_is_one_endless_line_is_read_in_bounded_memory(written: Written) -> None:
    path = written("a.txt", b"x" * (30 * MB) + b"\nok\n")
    tracemalloc.start()
    found = told(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [("line 1", "cell_too_long"), ("line 2", ["ok"])]
    assert peak < 20 * MB


def test_memory_does_not_grow_with_the_number_of_rows(written: Written) -> None:
    def peak(count: int) -> int:
        path = written("a.csv", "id,said\n" + "1,the same words again and again\n" * count)
        tracemalloc.start()
        assert sum(1 for _ in rows(path, sniff(path, path.name))) == count
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(40_000) < peak(4_000) + MB


def test_memory_does_not_grow_with_the_length_of_a_document(written: Written) -> None:
    ns = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def peak(count: int) -> int:
        # Varied texts, as a document of one repeated paragraph would pass for a bomb.
        body = b"".join(b"<w:p><w:r><w:t>said %d</w:t></w:r></w:p>" % (n * 7919) for n in range(count))
        path = written(
            "a.docx",
            archive({"word/document.xml": b"<w:document " + ns + b"><w:body>" + body + b"</w:body></w:document>"}),
        )
        shape = sniff(path, path.name)
        assert shape.row_count_estimate == count
        tracemalloc.start()
        assert sum(1 for _ in rows(path, shape)) == count
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(12_000) < peak(1_500) + MB // 2
