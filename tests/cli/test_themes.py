"""`antiphon themes`: what it writes and how it ends."""

import json

from click.testing import CliRunner

from antiphon.interfaces.cli.root import root
from tests.engines.listening.coded import comments


def antiphon(*arguments):
    return CliRunner().invoke(root, [str(each) for each in arguments])


def test_themes_are_told_with_their_size_and_stability(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": row["id"], "said": row["text"]}) + "\n" for row in comments()))
    said = antiphon("themes", source, "--text", "said", "--count", 3, "--out", out)
    assert said.exit_code == 0
    assert said.stdout.count("stability") == 3
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(lines) == 3 + len(comments())
    first = out.read_bytes()
    antiphon("themes", source, "--text", "said", "--count", 3, "--out", out)
    assert out.read_bytes() == first


def test_of_too_few_passages_none_are_drawn_and_each_says_why(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "Too late"}\n')
    said = antiphon("themes", source, "--out", out)
    assert said.exit_code == 1
    assert json.loads(out.read_text()) == {"id": "a", "theme": None, "why": "fewer than 40 passages with words"}


def test_a_file_without_the_field_is_refused(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"said": "x"}\n')
    said = antiphon("themes", source, "--out", tmp_path / "out.jsonl")
    assert said.exit_code == 3
    assert "no_such_column" in said.stderr
    assert not (tmp_path / "out.jsonl").exists()
