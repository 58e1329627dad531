"""What every learned model rests on: pieces of words, files, thresholds, figures."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antiphon.engines.listening import Passage, listen
from antiphon.engines.listening._phrases import LONGEST_WORD, words_of
from antiphon.engines.listening.learned import UnreadableModel
from antiphon.engines.listening.learned._background import background
from antiphon.engines.listening.learned._figures import interval, micro_macro
from antiphon.engines.listening.learned._grams import learn_grams
from antiphon.engines.listening.learned._machine import Machine, arrays_of, fitted, read_machine
from antiphon.engines.listening.learned._pack import Pack, write_pack
from antiphon.engines.listening.learned._reader import reader
from antiphon.engines.listening.learned._ridge import (
    STIFFNESS_OF_MEANING,
    Examples,
    chief_directions,
    folds_of,
    solved,
)
from antiphon.engines.listening.learned._thresholds import calibrated, probabilities, thresholds
from antiphon.engines.listening.learned._words import _WORD, words_in

TEXTS = ["the nurse was kind", "a kind nurse", "waited long", "long wait!", ""]


def test_halves_of_rows_have_one_length_but_for_runs_that_words_share_and_unknown_words_leave_them_empty() -> None:
    grams = learn_grams(TEXTS, least_runs=1)
    rows = grams.rows([*TEXTS, "żółw"]).toarray()
    split = len(grams.pieces)
    assert np.allclose([np.linalg.norm(row[:split]) for row in rows[:4]], 1)
    lengths = [np.linalg.norm(row[split:]) for row in rows[:4]]
    assert np.allclose(lengths[1:], 1), "no run in common"
    assert 1 < lengths[0] < 1.02, "two words end in the same letter"
    assert not rows[4:].any()


@given(st.text(max_size=200))
@settings(deadline=None)
def test_the_words_a_reason_is_chosen_from_are_those_a_text_is_read_by(text: str) -> None:
    words = words_of(text)
    assert [text[word.start : word.end].replace("’", "'").lower() for word in words] == [word.text for word in words]
    if text.lower() == text:
        assert [word.text[:LONGEST_WORD] for word in words] == [word for word in words_in(text) if word not in "!?"]


@given(st.text(st.sampled_from("aB9' !?.-\n_"), max_size=40) | st.text(st.characters(max_codepoint=127), max_size=90))
def test_words_of_plain_letters_are_parted_like_those_of_any_letters(text: str) -> None:
    assert words_in(text) == [word[:LONGEST_WORD] for word in _WORD.findall(text.lower())]


def test_a_machine_gives_what_its_kernel_says_with_and_without_a_question() -> None:
    grams = learn_grams(TEXTS, least_runs=1)
    rows = grams.rows(TEXTS)
    meanings = np.eye(5, 3, dtype=np.float32)
    targets = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [0, 0]], dtype=np.float32)
    for contexts in (np.full(5, -1), np.array([0, 1, 0, 1, -1])):
        examples = Examples(rows, meanings, contexts, chief_directions(meanings, 2))
        kernel = examples.kernel()
        speaking, mean = solved(kernel, targets, STIFFNESS_OF_MEANING)
        machine = fitted(examples, kernel, targets, int(contexts.max()) + 1)
        asked = contexts >= 0
        expected = kernel @ speaking + mean
        given_back = machine.scores(rows, meanings, contexts)
        assert np.allclose(given_back[asked | (contexts.max() < 0)], expected[asked | (contexts.max() < 0)], atol=1e-4)


def machine_of(count: int) -> tuple[Machine, Examples]:
    """A machine learned from so many texts that point wherever chance has them."""
    draw = np.random.default_rng(count)
    grams = learn_grams(TEXTS, least_runs=1)
    rows = grams.rows([TEXTS[at % 5] for at in range(count)])
    meanings = draw.normal(0, 0.1, (count, 12)).astype(np.float32)
    examples = Examples(rows, meanings, np.full(count, -1), chief_directions(meanings, 8))
    return fitted(examples, examples.kernel(), draw.random((count, 3)).astype(np.float32), 0), examples


def test_a_machine_reads_back_from_its_file_as_good_as_it_was(tmp_path: Path) -> None:
    machine, examples = machine_of(40)
    write_pack(tmp_path / "machine", {"kind": "test"}, {}, arrays_of(machine))
    again = read_machine(Pack(tmp_path / "machine", "test"), 0)
    told = [each.scores(examples.rows, examples.meanings, examples.contexts) for each in (machine, again)]
    assert np.allclose(*told, atol=2e-3)


def test_a_machine_that_lost_some_of_its_pairs_is_refused(tmp_path: Path) -> None:
    arrays = arrays_of(machine_of(40)[0])
    write_pack(tmp_path / "machine", {"kind": "test"}, {}, arrays | {"both": arrays["both"][:, 1:]})
    with pytest.raises(UnreadableModel):
        read_machine(Pack(tmp_path / "machine", "test"), 0)


def test_chief_directions_are_those_that_meanings_lie_in() -> None:
    meanings = np.diag([0.0, 3, 1, 2]).astype(np.float32)
    assert np.abs(chief_directions(meanings, 9)).tolist() == np.eye(4)[:, [1, 3, 2]].tolist()
    assert np.abs(chief_directions(meanings, 2)).tolist() == np.eye(4)[:, [1, 3]].tolist()
    assert chief_directions(np.zeros((3, 4), np.float32), 9).shape == (4, 0)


def test_a_machine_without_any_meaning_still_weighs_words() -> None:
    _, examples = machine_of(10)
    nothing = np.zeros_like(examples.meanings)
    blank = Examples(examples.rows, nothing, examples.contexts, chief_directions(nothing, 8))
    targets = np.eye(10, 2, dtype=np.float32)
    scores = fitted(blank, blank.kernel(), targets, 0).scores(blank.rows, blank.meanings, blank.contexts)
    assert scores[0, 0] > scores[0, 1]


def test_what_one_person_said_is_never_in_two_folds() -> None:
    groups = [f"p{number // 3}" for number in range(60)]
    folds = folds_of(groups, 5)
    assert all(len({fold for fold, own in zip(folds, groups, strict=True) if own == group}) == 1 for group in groups)
    assert np.bincount(folds).tolist() == [12] * 5
    assert (folds == folds_of(groups, 5)).all()


def test_a_threshold_parts_what_can_be_parted() -> None:
    truth = np.array([[1], [1], [1], [0], [0], [0]] * 40)
    scores = np.array([[0.6], [0.5], [0.45], [0.2], [0.1], [0.0]] * 40, dtype=np.float32)
    least = thresholds(truth, scores)[0]
    assert 0.2 < least <= 0.45


def test_probabilities_are_as_often_right_as_they_say() -> None:
    draw = np.random.default_rng(1)
    scores = draw.normal(0.3, 0.2, (4_000, 1))
    truth = (draw.random((4_000, 1)) < 1 / (1 + np.exp(-(6 * scores - 2)))).astype(int)
    slopes, shifts = calibrated(truth, scores)
    assert slopes[0] == pytest.approx(6, abs=0.8)
    sure = probabilities(scores, slopes, shifts)
    strong = sure > 0.8
    assert truth[strong].mean() == pytest.approx(sure[strong].mean(), abs=0.04)


def test_a_label_nobody_meant_does_not_break_a_curve() -> None:
    truth, scores = np.zeros((30, 2), int), np.zeros((30, 2))
    truth[:5, 0] = 1
    slopes, shifts = calibrated(truth, scores)
    assert np.isfinite([slopes, shifts]).all()


def test_f1_counts_decisions_and_labels() -> None:
    truth, said = np.array([[1, 0], [1, 1], [0, 0]]), np.array([[1, 0], [0, 1], [0, 1]])
    micro, macro = micro_macro(truth, said)
    assert micro == pytest.approx(2 * 2 / (3 + 3))
    assert macro == pytest.approx((2 / 3 + 2 / 3) / 2)
    low, high = interval(["a", "a", "b"], lambda rows: float(rows.mean()))
    assert 0 <= low <= high <= 2


def test_the_same_model_is_the_same_file_and_reads_back(tmp_path: Path) -> None:
    arrays = {"numbers": np.arange(6, dtype="<f4").reshape(2, 3), "whole": np.array([-1, 1], dtype="|i1")}
    for name in ("one", "other"):
        write_pack(tmp_path / name, {"kind": "test"}, {"words": ["a", "é b"]}, arrays)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    pack = Pack(tmp_path / "one", "test")
    assert pack.words("words") == ["a", "é b"]
    assert pack.array("numbers").tolist() == [[0, 1, 2], [3, 4, 5]]
    assert not list(tmp_path.glob("*.part"))


def test_a_damaged_or_foreign_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "other", "w") as file:
        file.writestr("model.json", json.dumps({"kind": "recipe"}))
    with zipfile.ZipFile(tmp_path / "objects", "w") as file:
        said = {"kind": "test", "arrays": {"x": {"kind": "|O", "shape": [1]}, "y": {"kind": "<f4", "shape": [9]}}}
        file.writestr("model.json", json.dumps(said))
        file.writestr("x.bin", b"12345678")
        file.writestr("y.bin", b"1234")
    for name in ("text", "other", "missing"):
        with pytest.raises(UnreadableModel):
            Pack(tmp_path / name, "test")
    pack = Pack(tmp_path / "objects", "test")
    for name in ("x", "y", "z"):
        with pytest.raises(UnreadableModel):
            pack.array(name)


def test_the_models_that_ship_are_small_and_say_where_they_come_from() -> None:
    import antiphon.engines.listening as engine

    folder = Path(str(engine.__file__)).parent / "models"
    models = sorted(folder.glob("*.model"))
    assert [model.name for model in models] == [
        "background.model",
        "languages.model",
        "reader.model",
        "topics.model",
    ]
    assert sum(model.stat().st_size for model in models) < 6 * 2**20
    said = (folder / "ORIGIN.md").read_text()
    assert all(model.name in said for model in models)
    assert reader().ground is background()


def test_listening_needs_no_learning_library() -> None:
    import subprocess
    import sys

    program = (
        "import sys; from antiphon.engines.listening import Passage, listen; "
        "listen([Passage('1', 'I waited three hours')]); print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_long_batch_is_heard_as_its_parts_are() -> None:
    batch = [
        Passage(str(number), f"I waited {number} hours and the nurse number {number} was kind")
        for number in range(620)
    ]
    together = listen(batch)
    assert [each.needs for each in together[490:520]] == [listen([one])[0].needs for one in batch[490:520]]
