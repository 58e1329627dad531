"""A file in, one JSON object a row out, in the same order."""

import csv
import json
import tracemalloc
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antiphon.engines.listening import FileHeard, UnreadableFile, listen_file
from antiphon.engines.listening.running._hearing import CHUNK
from tests.engines.listening.test_reading_tables import book

Written = Callable[[str, str | bytes], Path]
KEYS = [
    "id",
    "language",
    "language_confidence",
    "redacted",
    "spans",
    "safety",
    "sentiment",
    "sentiment_score",
    "needs",
    "duplicate_of",
]


class Heights:
    """Remembers what progress was told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []

    def advance(self, done: int, total: int | None) -> None:
        self.told.append((done, total))


def listened(path: Path, **columns: str | None) -> list[dict[str, object]]:
    out = path.with_name("out.jsonl")
    said = listen_file(path, out, **columns)
    lines = [json.loads(line) for line in out.read_text("ascii").splitlines()]
    assert said == FileHeard(len(lines), sum("error" in line for line in lines))
    return lines


def test_every_object_has_exactly_the_agreed_keys(written: Written) -> None:
    path = written("a.csv", "key;said\nx;After taking the tablets Dr Smith saw a rash, I waited hours\n")
    (line,) = listened(path, text_column="said", id_column="key")
    assert list(line) == KEYS
    assert line["id"] == "x"
    assert line["spans"] == [{"start": 28, "end": 33, "kind": "person", "why": "title"}]
    assert list(line["safety"]) == ["flag", "kind", "score", "why", "seriousness_hints"]
    assert {tuple(why) for why in line["safety"]["why"]} == {("start", "end", "rule")}
    assert {tuple(need) for need in line["needs"]} == {("code", "score")}


def test_bad_rows_keep_their_place_in_the_order(written: Written) -> None:
    path = written("a.csv", b"key,said\na,good\nb,n\xe9\nc,n\xc3\xa9\nd,x,y\n")
    lines = listened(path, text_column="said", id_column="key")
    assert [line["id"] for line in lines] == ["a", "row 3", "c", "row 5"]
    assert lines[1]["error"] == {
        "code": "undecodable",
        "place": "row 3",
        "params": {"column": "said", "at": 2},
    }
    assert [list(line) for line in lines if "error" in line] == [["id", "error"]] * 2


@pytest.mark.parametrize(
    ("name", "content", "ids"),
    [
        ("a.csv", "said\none thing\nother thing\n", ["2", "3"]),
        ("a.tsv", "n\tsaid\n1\tone thing\n2\tother thing\n", ["2", "3"]),
        ("a.jsonl", '{"said": "one thing"}\n{"said": "other thing"}\n', ["1", "2"]),
        (
            "a.xlsx",
            book(("First", [["no"], ["x"]]), ("Second", [["said"], ["one thing"], ["other thing"]])),
            ["2", "3"],
        ),
        ("a.txt", "one thing\nother thing\n", ["1", "2"]),
        ("a.txt", "one thing\n\nother thing\n", ["1", "2", "3"]),
    ],
)
def test_every_kind_of_file_is_listened_to(written: Written, name: str, content: str | bytes, ids: list[str]) -> None:
    lines = listened(written(name, content), text_column="said")
    assert [line["id"] for line in lines] == ids
    assert [line["redacted"] for line in lines if line["redacted"]] == ["one thing", "other thing"]


def test_a_repeated_answer_names_the_first_even_batches_later(written: Written) -> None:
    texts = ["Thank you!", *(f"answer {n}" for n in range(1_200)), "thank you"]
    lines = listened(written("a.csv", "said\n" + "\n".join(texts) + "\n"), text_column="said")
    assert [line["duplicate_of"] for line in lines if line["duplicate_of"]] == ["2"]
    assert lines[-1]["duplicate_of"] == "2"


def test_progress_is_told_after_every_batch(written: Written) -> None:
    path = written("a.csv", "said\n" + "word here\n" * 1_100)
    heights = Heights()
    listen_file(path, path.with_name("out"), text_column="said", progress=heights)
    assert [done for done, _ in heights.told] == [1_000, 1_100]
    assert all(total is not None and total >= done for done, total in heights.told)


def test_a_text_column_is_guessed_when_none_is_named(written: Written) -> None:
    path = written("a.csv", "n,remarks\n1,They explained everything to us\n2,I waited for a very long time\n")
    assert listened(path)[0]["redacted"] == "They explained everything to us"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"text_column": "nothing"}, "no_such_column"),
        ({"text_column": "said", "id_column": "nothing"}, "no_such_column"),
        ({}, "no_text_column"),
    ],
)
def test_a_column_that_is_not_there_is_an_error_and_leaves_no_file(
    written: Written, columns: dict[str, str], code: str
) -> None:
    path = written("a.csv", "n,said\n1,x\n")
    with pytest.raises(UnreadableFile) as caught:
        listened(path, **columns)
    assert caught.value.code == code
    assert [each.name for each in path.parent.iterdir()] == ["a.csv"]


def test_half_a_character_cannot_spoil_the_output(written: Written) -> None:
    path = written("a.jsonl", '{"said": "\\ud83d"}\n{"said": "\\u202e \\u0007 \\"quoted\\" ok"}\n')
    first, second = listened(path, text_column="said")
    assert first["error"]["code"] == "undecodable"
    assert second["redacted"] == '\u202e \x07 "quoted" ok'


def test_memory_does_not_grow_with_the_number_of_rows(written: Written) -> None:
    def peak(count: int) -> int:
        path = written("a.csv", "said\n" + "".join(f"they said thing {n} to me\n" for n in range(count)))
        tracemalloc.start()
        listen_file(path, path.with_name("out"), text_column="said")
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    # What is loaded once is loaded before counting.
    peak(10)
    assert peak(6 * CHUNK) < peak(2 * CHUNK) + 1_500_000


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(st.lists(TEXTS, min_size=1, max_size=12))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_many_objects_come_out_as_rows_went_in(written: Written, texts: list[str]) -> None:
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["key", "said"], *enumerate(texts)])
    lines = listened(written("a.csv", out.getvalue()), text_column="said", id_column="key")
    assert [line["id"] for line in lines] == [str(number) for number in range(len(texts))]
    plain = [(text, line) for text, line in zip(texts, lines, strict=True) if not line["spans"]]
    assert all(line["redacted"] == text for text, line in plain)
