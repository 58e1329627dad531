"""A codebook of one's own: learned from coded comments, applied to others."""

import json
from pathlib import Path

import pytest

from antiphon.engines.listening import UnreadableFile
from antiphon.engines.listening.learned import (
    Codebook,
    Coded,
    TooFewExamples,
    UnreadableModel,
    apply_file,
    fit_codebook,
    fit_files,
    is_question,
    read_codebook,
    write_codebook,
)
from antiphon.engines.listening.learned._fit import MOST_EXAMPLES, _thinned
from tests.engines.listening.coded import comments


def coded(records: list[dict[str, object]]) -> list[Coded]:
    return [Coded(record, frozenset(record["codes"]), str(record["who"])) for record in records]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return fit_codebook(coded(comments()), text_fields=("text",))


def said_of(book: Codebook, text: str) -> set[str]:
    return {code.code for code in book.apply([{"text": text}])[0] if code.asserted}


def test_it_says_of_new_passages_what_people_would_say(book: Codebook) -> None:
    assert said_of(book, "We waited two hours at the desk") == {"waiting"}
    assert said_of(book, "the meals were cold and the nurse was kind") == {"food", "staff"}
    assert book.quality["micro_f1"] > 0.9
    assert book.quality["examples"] == book.quality["of"] == len(comments())


def test_a_code_is_asserted_from_its_threshold_on_and_scores_are_in_order(book: Codebook) -> None:
    for found in book.apply(comments()[:40]):
        scores = [code.score for code in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        for code in found:
            assert code.asserted == (code.score >= book.thresholds[book.codes.index(code.code)])


def test_what_is_asserted_rests_on_words(book: Codebook) -> None:
    text = "yesterday the food was cold"
    (food,) = [code for code in book.apply([{"text": text}])[0] if code.asserted]
    assert any(text[why.start : why.end] in ("food", "cold") for why in food.why)


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "żółć", None, 7])
def test_a_record_without_a_known_word_gets_nothing(book: Codebook, text: object) -> None:
    assert book.apply([{"text": text}]) == [()]
    assert book.apply([{}]) == [()]


def test_it_reads_back_from_its_file_the_same(book: Codebook, tmp_path: Path) -> None:
    write_codebook(book, tmp_path / "one")
    again = fit_codebook(coded(comments()), text_fields=("text",))
    write_codebook(again, tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    kept = read_codebook(tmp_path / "one")
    fresh, read = book.apply(comments()[:60]), kept.apply(comments()[:60])
    assert [{c.code for c in each if c.asserted} for each in fresh] == [
        {c.code for c in each if c.asserted} for each in read
    ]
    assert kept.quality == json.loads(json.dumps(book.quality))


def test_one_passage_gets_the_same_alone_and_among_others(book: Codebook) -> None:
    together = book.apply(comments()[:50])
    assert together == [book.apply([record])[0] for record in comments()[:50]]


def test_a_field_with_few_values_is_the_question(tmp_path: Path) -> None:
    records = [
        {**record, "text": "nothing" if number % 3 else record["text"], "ask": asked, "codes": codes}
        for number, record in enumerate(comments())
        for asked, codes in (("What was good?", ["bad"]), ("What could be better?", ["praise"]))
    ]
    book = fit_codebook(coded(records), text_fields=("ask", "text"))
    assert (book.fields.said_in, book.fields.asked_in) == (("text",), ("ask",))
    write_codebook(book, tmp_path / "model")
    for made in (book, read_codebook(tmp_path / "model")):
        asked = ("what was GOOD?", "What could be better?")
        answers = made.apply([{"text": "nothing", "ask": question} for question in asked])
        assert [[code.code for code in each if code.asserted] for each in answers] == [["bad"], ["praise"]]


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(TooFewExamples):
        fit_codebook(coded(comments()[:5]), text_fields=("text",))
    with pytest.raises(TooFewExamples):
        fit_codebook([Coded({"text": f"comment {n}"}, frozenset()) for n in range(50)], text_fields=("text",))


def test_codes_with_too_few_examples_are_named_not_learned() -> None:
    more = [*coded(comments()), Coded({"text": "parking was dear"}, frozenset({"parking"}))]
    book = fit_codebook(more, text_fields=("text",))
    assert "parking" not in book.codes
    assert book.quality["left_out"] == {"parking": 1}


def test_of_too_many_examples_the_rare_ones_are_kept() -> None:
    many = [Coded({}, frozenset({"often"})) for _ in range(MOST_EXAMPLES + 500)]
    rare = Coded({}, frozenset({"rare"}))
    kept = _thinned([*many, rare], MOST_EXAMPLES)
    assert len(kept) == MOST_EXAMPLES
    assert rare in kept


def test_files_go_in_and_come_out_line_by_line(book: Codebook, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(
        b'{"id": "a", "text": "the food was cold"}\n\n[1]\n{"text": "\xff"}\nnot json\n{"text": "kind nurse"}\n'
    )
    applied = apply_file(book, source, out)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert (applied.row_count, applied.bad_row_count) == (5, 3)
    assert [line["id"] for line in lines] == ["a", "3", "4", "5", "6"]
    assert [line["error"]["code"] for line in lines if "error" in line] == ["not_an_object", "undecodable", "not_json"]
    assert {tuple(code) for line in lines for code in line.get("codes", [])} == {("code", "score", "asserted")}


def test_a_file_without_the_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n')
    with pytest.raises(UnreadableFile) as refused:
        fit_files([tmp_path / "a.jsonl"], text_fields=("text",), labels="codes")
    assert refused.value.code == "no_such_column"


def test_another_version_s_codebook_is_refused(book: Codebook, tmp_path: Path) -> None:
    import zipfile

    write_codebook(book, tmp_path / "model")
    with zipfile.ZipFile(tmp_path / "model") as old, zipfile.ZipFile(tmp_path / "new", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(b'"background": "', b'"background": "x') if name == "model.json" else content
            )
    with pytest.raises(UnreadableModel):
        read_codebook(tmp_path / "new")


def test_a_persons_word_teaches_most_where_a_rare_code_is_near_its_threshold(book: Codebook) -> None:
    sure, nothing, torn = book.weigh(
        [{"text": "the food was cold"}, {"text": ""}, {"text": "the doctor was late, and the tea"}]
    )
    assert 0 <= sure.teaches < torn.teaches <= 1
    assert torn.about in book.codes
    assert (nothing.codes, nothing.teaches, nothing.about) == ((), 0.0, "")


def test_the_same_doubt_weighs_more_where_examples_are_fewer(book: Codebook) -> None:
    counts = [book.quality["codes"][code]["n"] for code in book.codes]
    assert book._rarity()[counts.index(min(counts))] == 1
    assert sorted(book._rarity(), reverse=True) == [
        book._rarity()[at] for at in sorted(range(3), key=counts.__getitem__)
    ]


def test_of_many_examples_no_more_are_learned_from_than_asked() -> None:
    small = fit_codebook(coded(comments()), text_fields=("text",), most_examples=60)
    assert (small.quality["examples"], small.quality["of"]) == (60, len(comments()))


def test_few_values_that_come_again_are_a_question() -> None:
    assert is_question(["What was good?", "What could we do better?"] * 8)
    assert not is_question([f"answer {number}" for number in range(40)])
