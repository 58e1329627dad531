"""When a decision may be closed, and which state follows which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.content import dispositions
from antiphon.workspace.decisions import rules
from antiphon.workspace.decisions.rules import State

FINAL = {"implemented", "not_feasible"}
GOOD, UNDER_REVIEW = ("implemented", "a reason that says why"), ("under_review", "a reason that says why")


@pytest.mark.parametrize(
    ("outcome", "weighings", "lacks"),
    [
        ("Home visits.", [GOOD], []),
        ("", [GOOD], ["outcome"]),
        (" \n", [GOOD], ["outcome"]),
        ("Home visits.", [], ["insights"]),
        ("Home visits.", [GOOD, ("", "a reason that says why")], ["dispositions"]),
        ("Home visits.", [GOOD, ("implemented", "")], ["reasons"]),
        ("Home visits.", [GOOD, ("implemented", "   short   ")], ["reasons"]),
        ("Home visits.", [GOOD, UNDER_REVIEW], ["final"]),
        ("", [("", "")], ["outcome", "dispositions", "reasons"]),
        ("", [], ["outcome", "insights"]),
    ],
)
def test_what_a_decision_lacks(outcome, weighings, lacks):
    assert rules.missing_to_close(outcome, weighings, FINAL) == lacks


WEIGHED = st.tuples(
    st.sampled_from(["", "implemented", "under_review", "not_feasible"]),
    st.sampled_from(["", "   ", "too short", "a reason that says why"]),
)


@given(st.text(max_size=5), st.lists(WEIGHED, max_size=5))
def test_a_decision_closes_only_when_everything_is_said(outcome, weighings):
    whole = bool(outcome.strip()) and bool(weighings)
    for disposition, reason in weighings:
        whole = whole and disposition in FINAL and len(reason.strip()) >= 10
    assert (rules.missing_to_close(outcome, weighings, FINAL) == []) == whole


@given(st.lists(WEIGHED, min_size=1, max_size=5))
def test_weighings_may_come_as_a_stream(weighings):
    assert rules.missing_to_close("x", iter(weighings), iter(FINAL)) == rules.missing_to_close("x", weighings, FINAL)


def test_only_under_review_closes_nothing():
    assert {entry.id for entry in dispositions().every if not entry.final} == {"under_review"}


def test_a_decision_goes_one_way():
    allowed = {(State.OPEN, State.CLOSED), (State.CLOSED, State.SUPERSEDED)}
    for current in State:
        for wanted in State:
            assert rules.can_become(current, wanted) == ((current, wanted) in allowed)
