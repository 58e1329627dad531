"""Themes: drawn the same every time, none of too few passages, every passage kept."""

import json
from pathlib import Path

import numpy as np
import pytest

from antiphon.engines.listening import Passage
from antiphon.engines.listening.evaluation._drawing import agreement
from antiphon.engines.listening.themes import LEAST_PASSAGES, themes_file, themes_of
from tests.engines.listening.coded import SAID, comments

PASSAGES = [Passage(str(r["id"]), str(r["text"])) for r in comments() if len(r["codes"]) == 1]


def test_passages_about_one_thing_come_together() -> None:
    codes = {record["id"]: record["codes"][0] for record in comments() if len(record["codes"]) == 1}
    drawn = themes_of(PASSAGES, count=3)
    order = list(SAID)
    truth = np.array([order.index(codes[passage.id]) for passage in PASSAGES])
    number = {id_: theme.number for theme in drawn.themes for id_ in theme.members}
    assert agreement(truth, np.array([number[passage.id] for passage in PASSAGES]))[0] > 0.6


def test_the_same_passages_give_the_same_themes() -> None:
    assert themes_of(PASSAGES) == themes_of(PASSAGES)


def test_every_passage_with_words_is_in_one_theme_and_the_rest_is_kept() -> None:
    passages = [*PASSAGES, Passage("blank", " "), Passage("smile", "😀")]
    drawn = themes_of(passages)
    members = [id_ for theme in drawn.themes for id_ in theme.members]
    assert sorted(members) == sorted(passage.id for passage in PASSAGES)
    assert [passage.id for passage in drawn.left] == ["blank", "smile"]
    assert [len(theme.members) for theme in drawn.themes] == sorted(
        (len(t.members) for t in drawn.themes), reverse=True
    )
    assert all(0 <= theme.stability <= 1 and theme.name and theme.typical for theme in drawn.themes)
    assert len({theme.name for theme in drawn.themes}) == len(drawn.themes)


def test_nothing_is_drawn_of_too_few() -> None:
    few = PASSAGES[: LEAST_PASSAGES - 1]
    drawn = themes_of(few)
    assert (drawn.themes, drawn.left) == ((), tuple(few))


def test_passages_that_all_say_the_same_are_one_theme() -> None:
    drawn = themes_of([Passage(str(number), "The same again") for number in range(60)])
    assert [len(theme.members) for theme in drawn.themes] == [60]


def test_a_file_holds_a_line_a_theme_and_a_line_a_passage(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": p.id, "text": p.text}) + "\n" for p in [*PASSAGES, Passage("e", "")]))
    drawn = themes_file(source, out)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    count = len(drawn.themes)
    assert [line["theme"] for line in lines[:count]] == list(range(1, count + 1))
    assert [line["id"] for line in lines[count:]] == [*(passage.id for passage in PASSAGES), "e"]
    assert lines[-1] == {"id": "e", "theme": None, "why": "no words"}


@pytest.mark.parametrize(
    ("truth", "found", "v", "ari"),
    [
        ([0, 0, 1, 1], [5, 5, 2, 2], 1.0, 1.0),
        ([0, 1, 0, 1], [0, 0, 0, 0], 0.0, 0.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], 0.0, -0.5),
    ],
)
def test_agreement_is_what_the_books_say(truth: list[int], found: list[int], v: float, ari: float) -> None:
    assert agreement(np.array(truth), np.array(found)) == pytest.approx((v, ari))
