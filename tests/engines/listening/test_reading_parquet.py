"""Parquet: text as it stands, other values written out, a damaged file refused."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from arro3.core import Array, DataType, Table, list_array
from arro3.io import write_parquet

from antiphon.engines.listening import UnreadableFile, listen_file
from antiphon.engines.listening.reading import BadRow, Row, rows, sniff

Written = Callable[[str, str | bytes], Path]
TEXTS = ["They explained everything to us", "I waited for a very long time", "", None, "مرحبا 😀"]


def parquet(columns: dict[str, Array]) -> bytes:
    """A file with these columns."""
    out = BytesIO()
    write_parquet(Table.from_pydict(columns), out)
    return out.getvalue()


def texts(values: list[str | None]) -> Array:
    return Array(values, type=DataType.utf8())


def read(path: Path) -> list[Row | BadRow]:
    return list(rows(path, sniff(path, path.name, trusted=True)))


def test_rows_are_read_in_order_and_numbered(written: Written) -> None:
    path = written("a.parquet", parquet({"n": Array([1, 2, 3, 4, 5], type=DataType.int64()), "said": texts(TEXTS)}))
    shape = sniff(path, path.name, trusted=True)
    assert (shape.kind, shape.layout, [column.role for column in shape.columns][1]) == ("parquet", "table", "text")
    found = [row for row in read(path) if isinstance(row, Row)]
    assert [(row.number, row.place, row.cells["n"]) for row in found] == [(n, f"row {n}", str(n)) for n in range(1, 6)]
    assert [row.cells["said"] for row in found] == [text or "" for text in TEXTS]


def test_a_parquet_file_is_listened_to_like_any_other(written: Written) -> None:
    path = written("a.parquet", parquet({"said": texts(TEXTS * 300)}))
    listen_file(path, path.with_name("p"))
    lines = "".join(json.dumps({"said": text}) + "\n" for text in TEXTS * 300)
    listen_file(written("b.jsonl", lines), path.with_name("j"), text_column="said")
    assert path.with_name("p").read_bytes() == path.with_name("j").read_bytes()


def test_values_that_are_no_text_are_written_out(written: Written) -> None:
    columns = {
        "day": texts(["2026-03-01"]).cast(DataType.date32()),
        "moment": texts(["2026-03-01T07:30:00"]).cast(DataType.timestamp("us")),
        "true": Array([True], type=DataType.bool()),
        "half": Array([0.5], type=DataType.float64()),
        "bytes": Array([b"caf\xc3\xa9"], type=DataType.binary()),
        "some": list_array(Array([0, 2], type=DataType.int32()), texts(["a", "b"])),
    }
    (row,) = read(written("a.parquet", parquet(columns)))
    assert isinstance(row, Row)
    assert list(row.cells.values()) == ["2026-03-01", "2026-03-01T07:30:00", "TRUE", "0.5", "café", '["a", "b"]']


def test_a_cell_that_cannot_be_read_spoils_its_own_row_only(written: Written) -> None:
    odd = Array([b"n\xe9", b"x" * 100_001, b"a\x00b", b"fine"], type=DataType.binary())
    found = read(written("a.parquet", parquet({"said": odd})))
    assert [row.code if isinstance(row, BadRow) else row.cells["said"] for row in found] == [
        "undecodable",
        "cell_too_long",
        "nul_character",
        "fine",
    ]


def test_an_end_that_means_nothing_is_refused(written: Written) -> None:
    content = parquet({"said": texts(TEXTS)})
    length = int.from_bytes(content[-8:-4], "little")
    path = written("a.parquet", content[: -8 - length] + b"\xff" * length + content[-8:])
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("cut", [4, 40, -30])
def test_a_damaged_file_is_refused(written: Written, cut: int) -> None:
    path = written("a.parquet", parquet({"said": texts(TEXTS)})[:cut])
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.code == "damaged"


def test_pages_that_are_damaged_inside_are_refused(written: Written) -> None:
    content = bytearray(parquet({"said": texts(TEXTS)}))
    content[4:60] = b"\xff" * 56
    with pytest.raises(UnreadableFile) as caught:
        read(written("a.parquet", bytes(content)))
    assert caught.value.code == "damaged"


def test_from_strangers_it_is_refused(written: Written) -> None:
    path = written("a.parquet", parquet({"said": texts(TEXTS)}))
    with pytest.raises(UnreadableFile) as caught:
        sniff(path, path.name)
    assert caught.value.code == "unsupported_kind"


def test_columns_of_one_name_are_told_apart(written: Written) -> None:
    table = Table.from_arrays([texts(["a"]), texts(["b"])], names=["said", "said"])
    out = BytesIO()
    write_parquet(table, out)
    (row,) = read(written("a.parquet", out.getvalue()))
    assert isinstance(row, Row)
    assert row.cells == {"said": "a", "said_2": "b"}
