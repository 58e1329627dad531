"""`antiphon codebook`: what it writes, what it says, how it ends."""

import json

import pytest
from click.testing import CliRunner

from antiphon.interfaces.cli.root import root
from tests.engines.listening.coded import comments


@pytest.fixture
def files(tmp_path):
    rows = comments()
    half = len(rows) // 2
    for name, part in (("train", rows[:half]), ("dev", rows[half:])):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part))
    return tmp_path


def antiphon(*arguments):
    return CliRunner().invoke(root, [str(each) for each in arguments])


def fit(files, *more):
    return antiphon("codebook", "fit", files / "train.jsonl", "--labels", "codes", "--out", files / "model", *more)


def test_what_is_learned_is_applied_line_by_line(files):
    said = fit(files, "--dev", files / "dev.jsonl", "--group", "who")
    assert said.exit_code == 0
    assert f"Learned from {len(comments())} of {len(comments())} passages" in said.stdout
    assert "micro F1 0.9" in said.stdout or "micro F1 1.0" in said.stdout
    done = antiphon("codebook", "apply", files / "model", files / "dev.jsonl", "--out", files / "out.jsonl")
    assert done.exit_code == 0
    lines = [json.loads(line) for line in (files / "out.jsonl").read_text().splitlines()]
    rows = comments()[len(comments()) // 2 :]
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    right = [
        {code["code"] for code in line["codes"] if code["asserted"]} == set(row["codes"])
        for line, row in zip(lines, rows, strict=True)
    ]
    assert sum(right) / len(right) > 0.9


def test_with_why_each_asserted_code_says_its_words(files):
    fit(files)
    antiphon("codebook", "apply", files / "model", files / "dev.jsonl", "--out", files / "out.jsonl", "--why")
    line = json.loads((files / "out.jsonl").read_text().splitlines()[0])
    assert all(code["why"] for code in line["codes"] if code["asserted"])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not json\n", "not_json (line: 1)"),
        ('{"codes": []}\n', "no_such_column (column: text, line: 1)"),
        ('{"text": "a", "codes": ["x"]}\n', "Too few examples"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_and_nothing_is_written(files, content, says):
    (files / "train.jsonl").write_text(content)
    said = fit(files)
    assert said.exit_code == 3
    assert says in said.stderr
    assert not (files / "model").exists()


def test_something_else_than_a_codebook_is_refused(files):
    said = antiphon("codebook", "apply", files / "train.jsonl", files / "dev.jsonl", "--out", files / "out.jsonl")
    assert said.exit_code == 3
    assert "no codebook that can be read" in said.stderr
    assert not (files / "out.jsonl").exists()


def test_lines_that_cannot_be_read_are_told_by_the_way_it_ends(files):
    fit(files)
    (files / "dev.jsonl").write_text('{"id": 1, "text": "late"}\n[]\n')
    said = antiphon("codebook", "apply", files / "model", files / "dev.jsonl", "--out", files / "out.jsonl")
    assert said.exit_code == 1
    assert "2 lines read, 1 could not be read" in said.stderr


def test_a_place_that_cannot_be_written_is_named(files):
    said = antiphon("codebook", "fit", files / "train.jsonl", "--labels", "codes", "--out", files / "no" / "model")
    assert said.exit_code == 3
    assert "cannot be written" in said.stderr
