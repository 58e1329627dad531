"""Keys, dates, columns, marked words and harmless cells."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.workspace.voices import compute, rules
from antiphon.workspace.voices.rules import IntakeState, RowKeys, Safety

TEXTS = st.lists(st.text(max_size=20), max_size=12)


@given(TEXTS)
def test_the_same_texts_always_get_the_same_keys(texts):
    first, second = RowKeys("s"), RowKeys("s")
    assert [first.key("c", text) for text in texts] == [second.key("c", text) for text in texts]


@given(TEXTS)
def test_no_two_passages_of_a_file_share_a_key(texts):
    keys = RowKeys("s")
    found = [keys.key("c", text) for text in texts]
    assert len(set(found)) == len(found)


@given(TEXTS, TEXTS)
def test_rows_added_later_leave_the_keys_of_the_others(before, added):
    first, second = RowKeys("s"), RowKeys("s")
    old = {first.key("c", text) for text in before}
    assert old <= {second.key("c", text) for text in [*before, *added]}


def test_a_source_a_column_and_an_id_each_make_a_key_of_their_own():
    same_text = [
        RowKeys("s").key("c", "Good."),
        RowKeys("t").key("c", "Good."),
        RowKeys("s").key("d", "Good."),
        RowKeys("s").key("c", "Good.", "7"),
    ]
    assert len(set(same_text)) == 4
    assert RowKeys("s").key("c", "Good.", "7") == RowKeys("s").key("c", "Better.", "7")


@pytest.mark.parametrize(
    ("written", "day_first", "expected"),
    [
        ("30/09/2021", True, datetime.date(2021, 9, 30)),
        ("09/30/2021", False, datetime.date(2021, 9, 30)),
        ("2021-09-30", True, datetime.date(2021, 9, 30)),
        ("2021-09-30T10:11:12", True, datetime.date(2021, 9, 30)),
        ("3 Sep 2021", True, datetime.date(2021, 9, 3)),
        ("1.2.21", True, datetime.date(2021, 2, 1)),
        ("31/02/2021", True, None),
        ("last week", True, None),
        ("", True, None),
    ],
)
def test_dates_are_read_as_people_write_them(written, day_first, expected):
    assert rules.said_date(written, day_first=day_first) == expected


def test_a_file_says_itself_whether_the_day_stands_first():
    assert rules.day_stands_first(["01/02/2021", "03/04/2021"])
    assert not rules.day_stands_first(["01/02/2021", "03/14/2021"])
    assert rules.day_stands_first(["2021-03-14"])


@pytest.mark.parametrize(
    ("roles", "fault"),
    [
        ({"a": "text", "b": "text"}, ""),
        ({"a": "ignore"}, "no_text"),
        ({"a": "text", "b": "id", "c": "id"}, "two_id"),
        ({"a": "text", "b": "date", "c": "date"}, "two_date"),
        ({"a": "text", "b": "group", "c": "group"}, "two_group"),
    ],
)
def test_columns_that_cannot_be_read_say_why(roles, fault):
    assert rules.columns_fault(roles) == fault


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_marked_parts_are_always_the_whole_text(text, ranges):
    found = rules.parts(text, ranges)
    assert "".join(part.text for part in found) == text
    marked = {place for start, end in ranges for place in range(max(start, 0), min(end, len(text)))}
    shown = [part.why for part in found for _ in part.text]
    assert [place in marked for place in range(len(text))] == shown


@st.composite
def redactions(draw):
    """A text with personal details in it, and its redacted reading."""
    pieces = draw(st.lists(st.tuples(st.text("abc ", max_size=6), st.booleans()), min_size=1, max_size=8))
    original, redacted, spans = "", "", []
    for piece, hidden in pieces:
        if hidden and piece:
            spans.append({"start": len(original), "end": len(original) + len(piece), "kind": "person"})
            redacted += "[person]"
        else:
            redacted += piece
        original += piece
    return original, redacted, spans


@given(redactions(), st.integers(0, 50), st.integers(0, 50))
def test_a_stretch_of_the_original_is_found_in_the_redacted_reading(made, one, other):
    original, redacted, spans = made
    start, end = sorted((min(one, len(original)), min(other, len(original))))
    shown = rules.shown_range(start, end, spans)
    assert 0 <= shown[0] <= len(redacted)
    assert 0 <= shown[1] <= len(redacted)
    if start < end and not any(span["start"] < end and start < span["end"] for span in spans):
        assert redacted[shown[0] : shown[1]] == original[start:end]
    if any(span["start"] < end and start < span["end"] for span in spans) and start < end:
        assert "[person]" in redacted[shown[0] : shown[1]]


def test_the_engine_and_the_rules_agree_on_where_words_stand():
    text = "I phoned Dr Smith on 020 7946 0958, and the long journey to the clinic was awful for me."
    [heard] = compute.hear([text])
    assert heard.spans
    position = text.index("awful")
    start, end = rules.shown_range(position, position + 5, heard.spans)
    assert heard.redacted[start:end] == "awful"


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(value):
    assert rules.harmless_cell(value) == f"'{value}"


def test_other_cells_stay_as_they_are():
    assert rules.harmless_cell("It was fine = good") == "It was fine = good"


def test_a_name_has_one_line_and_turns_nothing_around():
    assert rules.plain_name("sur\u202evey\n.csv\x00") == "sur vey .csv"


def test_states_follow_each_other_only_as_said():
    assert rules.intake_can_become(IntakeState.FAILED, IntakeState.RUNNING)
    assert not rules.intake_can_become(IntakeState.DONE, IntakeState.RUNNING)
    assert rules.safety_can_become(Safety.POSSIBLE, Safety.FORWARDED)
    assert not rules.safety_can_become(Safety.FORWARDED, Safety.NOT_AN_EVENT)
