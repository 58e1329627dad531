"""How the background is learned, and the public sentence model that its words learn from."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from antiphon.engines.listening.learned._background import KIND, SENTENCES_COUNT, read_background
from antiphon.engines.listening.learned._grams import learn_grams
from antiphon.engines.listening.learned._learn_background import learn_background
from antiphon.engines.listening.learned._learn_sentences import DIRECTIONS, parts_of, words_like
from antiphon.engines.listening.learned._pack import Pack, write_pack
from tests.engines.listening.coded import comments
from tools import sentences
from tools.sentences import WIDTH, SentenceModel

ABOUT = {"food": ("food", "meals", "dinner", "fruit"), "staff": ("nurse", "doctor", "staff", "everyone")}


def places(texts: Sequence[str]) -> np.ndarray:
    """A sentence model that knows two matters, and a little of its own of each text."""
    found = np.random.default_rng(3).normal(size=(len(texts), WIDTH)) * 0.01
    for at, words in enumerate(ABOUT.values()):
        found[:, at] += [sum(word in text.split() for word in words) for text in texts]
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def test_words_learn_from_sentences_what_they_are_like() -> None:
    texts = [str(record["text"]) for record in comments()]
    grams = learn_grams(texts)
    single = [piece for piece in grams.pieces if " " not in piece]
    found = dict(zip(single, words_like(grams, texts, places), strict=True))

    def like(one: str, other: str) -> float:
        return float(found[one] @ found[other] / np.linalg.norm(found[one]) / np.linalg.norm(found[other]))

    assert like("food", "dinner") > 0.5 > like("food", "nurse")
    assert like("doctor", "nurse") > 0.5


def test_parts_are_sentences_and_words_in_a_row_each_once() -> None:
    assert parts_of(["Good. Very good, but late", "Good."]) == [
        "Good. Very good, but late",
        "Very good",
        "but late",
    ]
    nine = "one two three four five six seven eight nine"
    assert parts_of([nine]) == ["one two three four five six seven eight", nine, "seven eight nine"]


def test_a_background_reads_back_as_it_was_learned_and_never_asks_about_comments_it_is_measured_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "antiphon.engines.listening.learned._learn_background"
    for name in ("NEIGHBOURS", "THEMES"):
        monkeypatch.setattr(f"{module}.{name}", 5)
    texts = [str(record["text"]) for record in comments()]
    measured, others = texts[::2], texts
    sorting = np.array([["food" in text] for text in others], dtype=np.float32)
    asked: list[str] = []

    def heard(parts: Sequence[str]) -> np.ndarray:
        asked.extend(parts)
        return places(parts)

    learned = learn_background(measured, others, sorting, heard, "a test")
    write_pack(tmp_path / "made", learned.head, learned.words, learned.arrays)
    ground = read_background(Pack(tmp_path / "made", KIND))
    assert not set(asked) & set(measured)
    rows = ground.grams.rows(["dinner at the clinic", "fruit at the clinic", "a rude doctor"])
    wide, narrow = ground.wide_meanings(rows), ground.meanings(rows)
    assert np.array_equal(wide[:, : narrow.shape[1]], narrow)
    block = wide[:, narrow.shape[1] :]
    assert block.shape[1] == DIRECTIONS
    assert np.allclose((block**2).sum(axis=1), SENTENCES_COUNT, atol=1e-5)
    assert block[0] @ block[1] > block[0] @ block[2]


def model(monkeypatch: pytest.MonkeyPatch) -> SentenceModel:
    """A sentence model of two layers with numbers drawn at random."""
    monkeypatch.setattr(sentences, "LAYERS", 2)
    draw = np.random.default_rng(1)
    shapes = {f"embeddings.{name}_embeddings.weight": (30, WIDTH) for name in ("word", "position", "token_type")}
    norms = ["embeddings.LayerNorm"]
    linear = {"attention.self.query": WIDTH, "attention.self.key": WIDTH, "attention.self.value": WIDTH}
    linear |= {"attention.output.dense": WIDTH, "intermediate.dense": 4 * WIDTH}
    for layer in range(2):
        name = f"encoder.layer.{layer}."
        norms += [f"{name}attention.output.LayerNorm", f"{name}output.LayerNorm"]
        shapes |= {f"{name}{each}.weight": (wide, WIDTH) for each, wide in linear.items()}
        shapes |= {f"{name}output.dense.weight": (WIDTH, 4 * WIDTH)}
    weights = {name: draw.normal(size=shape).astype(np.float32) * 0.05 for name, shape in shapes.items()}
    biases = {name.replace(".weight", ".bias"): np.zeros(shape[0], np.float32) for name, shape in shapes.items()}
    levels = {
        f"{name}.{part}": np.full(WIDTH, float(part == "weight"), np.float32)
        for name in norms
        for part in ("weight", "bias")
    }
    made = object.__new__(SentenceModel)
    made._weights = weights | biases | levels
    return made


def test_a_text_stands_where_it_does_alone_whatever_it_is_read_with(monkeypatch: pytest.MonkeyPatch) -> None:
    read = model(monkeypatch)._read
    together = read([[1, 2, 3], [4, 5, 6, 7, 8, 9, 10]])
    assert np.allclose(together[0], read([[1, 2, 3]])[0], atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_the_order_of_words_matters_to_the_sentence_model(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = model(monkeypatch)._read([[1, 2, 3, 4], [4, 3, 2, 1]])
    assert not np.allclose(one, other, atol=1e-4)


def test_another_file_than_the_one_that_models_were_made_with_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "another_model"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    for name in sentences.DIGESTS:
        (package / "model" / name).write_bytes(b"something else")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sentences, "PACKAGE", "another_model")
    with pytest.raises(SystemExit, match="is not the file"):
        sentences.packaged()
    monkeypatch.setattr(sentences, "PACKAGE", "nowhere_at_all")
    with pytest.raises(SystemExit, match="requirements-models"):
        sentences.packaged()
