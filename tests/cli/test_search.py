"""`antiphon search`, and `antiphon listen evaluate`: what they say and how they end."""

import json

import pytest
from click.testing import CliRunner

from antiphon.interfaces.cli.root import root

LINES = [{"id": "a", "text": "I waited for the ambulance"}, {"id": "b", "text": "The food was cold"}]


def antiphon(*arguments, said=None):
    return CliRunner().invoke(root, [str(each) for each in arguments], input=said)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


def test_what_is_found_comes_best_first(source):
    found = antiphon("search", source, "waiting for ambulances")
    assert found.exit_code == 0
    assert [json.loads(line)["id"] for line in found.stdout.splitlines()] == ["a"]


def test_nothing_found_is_told_by_the_way_it_ends(source):
    found = antiphon("search", source, "xylophone")
    assert (found.exit_code, found.stdout) == (1, "")


def test_a_kept_index_answers_many_queries(source, tmp_path):
    kept = tmp_path / "kept.index"
    assert antiphon("search", source, "food", "--save", kept).exit_code == 0
    found = antiphon("search", kept, "-", said="cold\nambulance\nxylophone\n")
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert [[each["id"] for each in answer["found"]] for answer in answers] == [["b"], ["a"], []]
    assert answers[0]["query"] == "cold"


@pytest.mark.parametrize("content", ["PK\x03\x04", "[]\n", '{"said": 1}\n'])
def test_what_is_no_index_is_refused(tmp_path, content):
    (tmp_path / "bad").write_text(content)
    refused = antiphon("search", tmp_path / "bad", "x")
    assert refused.exit_code == 3
    assert refused.stderr


def test_measuring_says_which_sets_it_lacks_and_which_tasks_there_are(tmp_path):
    refused = antiphon("listen", "evaluate", "--data", tmp_path, "--out", tmp_path / "out.json")
    assert refused.exit_code == 3
    assert "the open sets are needed" in refused.stderr
    wrong = antiphon("listen", "evaluate", "--data", tmp_path, "--task", "poetry", "--out", tmp_path / "out.json")
    assert wrong.exit_code == 2
    assert "codebook, sections" in wrong.stderr
    assert "listen FILE" not in antiphon("listen", "evaluate", "--help").stdout
