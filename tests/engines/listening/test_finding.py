"""Finding passages: endings and small mistakes forgiven, the same after keeping the index."""

from pathlib import Path

import pytest

from antiphon.engines.listening import Passage, UnreadableFile
from antiphon.engines.listening.finding import build_index, open_index, write_index
from antiphon.engines.listening.finding._stems import stem
from antiphon.engines.listening.learned import UnreadableModel

TEXTS = {
    "a": "I waited for the ambulance for hours",
    "b": "My depression gets worse at night",
    "c": "The drivers were friendly",
    "d": "How do I make new friends after moving?",
    "e": "",
}
INDEX = build_index([Passage(id_, text) for id_, text in TEXTS.items()])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("waiting for an ambulance", "a"),
        ("depressed", "b"),
        ("driver", "c"),
        ("making new friend", "d"),
        ("ambulnce", "a"),
        ("FRIENDLY DRIVER", "c"),
    ],
)
def test_the_passage_meant_comes_first(query: str, first: str) -> None:
    assert INDEX.find(query)[0].id == first


@pytest.mark.parametrize("query", ["", "?!", "xylophone", "😀"])
def test_a_query_that_nobody_spoke_of_finds_nothing(query: str) -> None:
    assert INDEX.find(query) == []


def test_words_that_follow_each_other_count_for_more() -> None:
    index = build_index(
        [Passage("1", "care home late"), Passage("2", "home late care"), Passage("3", "other words here")]
    )
    assert [finding.id for finding in index.find("late care")] == ["2", "1"]


def test_ties_stand_in_the_order_they_came() -> None:
    index = build_index([Passage(str(number), "the same words") for number in range(30)])
    assert [finding.id for finding in index.find("same words", most=5)] == ["0", "1", "2", "3", "4"]


def test_an_index_that_was_kept_finds_the_same(tmp_path: Path) -> None:
    write_index(INDEX, tmp_path / "index")
    kept = open_index(tmp_path / "index")
    for query in ("waiting", "depressed at night", "frends"):
        assert kept.find(query) == INDEX.find(query)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    write_index(build_index([]), tmp_path / "index")
    assert open_index(tmp_path / "index").find("anything") == []


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UnreadableModel):
        open_index(tmp_path / "bad")
    (tmp_path / "lines").write_text('{"said": "x"}\n')
    with pytest.raises(UnreadableFile):
        open_index(tmp_path / "lines")


@pytest.mark.parametrize(
    ("one", "other"), [("worries", "worried"), ("depressed", "depressing"), ("kindness", "kind"), ("wait", "waits")]
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)
