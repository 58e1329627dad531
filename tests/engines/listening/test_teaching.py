"""How the reader that ships is taught."""

import numpy as np
import pytest

from antiphon.engines.listening.learned._background import background
from antiphon.engines.listening.learned._reader import SECTIONS, chances_of_sections, features_of_sections
from antiphon.engines.listening.teaching import Answer, learn_reader
from antiphon.engines.listening.teaching._reader import FOLDS, _fit_sections, _unseen_sections, least_neutral
from tests.engines.listening.coded import comments

SECTION_OF = {"waiting": "N3", "food": "N2", "staff": "N4"}


def drawn(count: int = 2_000):
    """Scores and hints of one section, and a truth that rests on the hint alone where the score wavers."""
    draw = np.random.default_rng(1)
    scores, hints = draw.random((count, 1)), draw.random((count, 1)) * (draw.random((count, 1)) < 0.5)
    truth = np.where((scores > 0.3) & (scores < 0.7), hints > 0.5, scores >= 0.7).astype(np.int64)
    return features_of_sections(scores, hints), truth, draw.integers(0, FOLDS, count)


def answer(record, number: int) -> Answer:
    """A made-up comment as an answer; whoever waits is not glad, and one in nine leaves it open."""
    codes = record["codes"]
    feeling = None if number % 9 == 0 else 4.0 if "waiting" in codes else 3.0 if "food" in codes else 1.0
    sections = {SECTION_OF[code] for code in codes} | ({"N1"} if "doctor" in record["text"] else set())
    return Answer(record["text"], "How was it?", record["who"], frozenset(sections), feeling)


def test_a_section_learns_how_much_the_word_list_is_worth() -> None:
    features, truth, _ = drawn()
    weights = _fit_sections(features, truth)
    wavering = features_of_sections(np.array([[0.5], [0.5]]), np.array([[0.0], [0.9]]))
    without, hinted = chances_of_sections(wavering, weights)[:, 0]
    assert without < 0.5 < hinted


def test_what_is_told_of_a_fold_does_not_rest_on_it() -> None:
    features, truth, folds = drawn()
    before = _unseen_sections(features, truth, folds)
    turned = np.where(folds[:, None] == 0, 1 - truth, truth)
    after = _unseen_sections(features, turned, folds)
    assert np.array_equal(before[folds == 0], after[folds == 0])
    assert not np.allclose(before[folds != 0], after[folds != 0])


def test_a_reader_is_taught_and_says_what_it_would_have_told_of_each_answer_unseen() -> None:
    answers = [answer(record, number) for number, record in enumerate(comments())]
    learned, unseen = learn_reader(answers, background(), "a test")
    truth = np.array([[code in each.sections for code in SECTIONS] for each in answers])
    assert learned.arrays["sections"].shape == (len(SECTIONS), 6)
    assert ((unseen.sections >= 0.5) == truth).mean() > 0.95
    assert (unseen.said == truth).mean() > 0.95


@pytest.mark.parametrize("seed", range(5))
def test_the_step_of_the_neutral_is_found_among_few_answers(seed: int) -> None:
    draw = np.random.default_rng(seed)
    neutral = draw.random(300)
    classes = np.where(draw.random(300) < np.where(neutral >= 0.4, 0.9, 0.1), 1, 2)
    chance = np.column_stack([np.zeros(300), neutral, 1 - neutral])
    assert least_neutral(chance, classes) == pytest.approx(0.4, abs=0.05)


def test_of_steps_that_are_equally_good_the_neutral_takes_the_middle() -> None:
    classes = np.array([1] * 40 + [2] * 60)
    neutral = np.where(classes == 1, 0.6, 0.2)
    chance = np.column_stack([np.zeros(100), neutral, 1 - neutral])
    assert least_neutral(chance, classes) == pytest.approx(0.4, abs=0.02)
