"""What listening promises for every text there can be."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antiphon.engines.listening import STEPS, Heard, Passage, Settings, listen

# fmt: off
PIECES = st.sampled_from(
    [
        "Dr Smith", " my wife Anna ", "anna@example.org", "07700 900123", "21/09/2021", "[NAME]", "(b)(6)",
        "no rash", "side effects", " 91 year old ", "NHS number 943 476 5919", " waited two hours ", "😀",
        "\u202e", "\x00", "\ud800", "St Mary's Hospital", " SW1A 1AA ", "é", "e\u0301", "\n", ".", ", ",
        "not good", " after taking the tablet ", "<b>",
    ]
)
# fmt: on
TEXTS = st.one_of(st.text(st.characters(codec=None), max_size=200), st.lists(PIECES, max_size=12).map("".join))


def heard(text: str) -> Heard:
    return listen([Passage("1", text)])[0]


@given(TEXTS)
@settings(deadline=None, max_examples=300)
def test_the_redacted_text_can_be_rebuilt_from_the_original_and_the_spans(text: str) -> None:
    result = heard(text)
    rebuilt, position = "", 0
    for span in result.spans:
        assert position <= span.start < span.end <= len(text)
        rebuilt += text[position : span.start] + f"[{span.kind}]"
        position = span.end
    assert rebuilt + text[position:] == result.redacted


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_every_reason_points_into_the_original(text: str) -> None:
    result = heard(text)
    reasons = [*result.safety.why, *(why for need in result.needs for why in need.why)]
    assert all(0 <= why.start < why.end <= len(text) and why.rule for why in reasons)
    assert result.safety.flag == (result.safety.kind is not None) == bool(result.safety.why)
    assert all(need.why and Settings().need_threshold <= need.score <= 1 for need in result.needs)
    assert 0 <= result.safety.score <= 1
    assert -1 <= result.sentiment_score <= 1
    assert result.steps == STEPS


@given(st.lists(TEXTS, max_size=6))
@settings(deadline=None, max_examples=60)
def test_a_batch_hears_what_each_passage_alone_would_tell(texts: list[str]) -> None:
    batch = [Passage(str(number), text) for number, text in enumerate(texts)]
    together = listen(batch)
    alone = [listen([passage])[0] for passage in batch]
    assert [each._replace(duplicate_of=None) for each in together] == alone
    assert [each.id for each in together] == [passage.id for passage in batch]


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_the_same_input_gives_the_same_output(text: str) -> None:
    assert heard(text) == heard(text)


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_masks_that_are_there_already_are_left_alone(text: str) -> None:
    result = heard(text)
    for mask in re.finditer(r"\[[^\[\]\n]{1,40}\]", text):
        assert all(span.end <= mask.start() or span.start >= mask.end() for span in result.spans)


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "(", "[", "1", "12 ", "Sarah ", "a@", "pain pill ", "no ", "www.", "+1-", "1 jan ", "\u0301"],
)
def test_a_very_long_text_is_heard_in_time_that_grows_with_its_length(piece: str) -> None:
    # A pattern that looks back over the whole text would take minutes here, not seconds.
    assert heard(piece * (120_000 // len(piece))).id == "1"
