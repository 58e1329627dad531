"""How far the line has come, shares, middles and months."""

import datetime
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.workspace.measures import rules
from antiphon.workspace.measures.rules import ORDER, Reach

COUNTS = st.dictionaries(st.sampled_from(list(Reach)), st.integers(0, 3))


@given(COUNTS)
def test_a_cell_is_as_far_as_the_furthest_thing_in_it(counts):
    reached = [place for place, reach in enumerate(ORDER) if counts.get(reach)]
    assert rules.furthest(counts) == (ORDER[max(reached)] if reached else Reach.SILENT)


def test_the_line_has_one_order():
    assert [reach.value for reach in ORDER] == ["silent", "planned", "asked", "heard", "decided", "answered"]


@pytest.mark.parametrize(
    ("decided", "answered", "reach"),
    [(False, False, "heard"), (True, False, "decided"), (True, True, "answered"), (False, True, "answered")],
)
def test_how_far_an_insight_has_come(decided, answered, reach):
    assert rules.reach_of_insight(decided, answered) == reach


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_a_whole_percentage_or_nothing(part, whole):
    share = rules.share(part, whole)
    assert (share is None) == (whole == 0)
    assert share is None or abs(share - 100 * part / whole) <= 0.5


@given(st.lists(st.integers(0, 1_000)))
def test_the_middle_of_no_waits_is_nothing(days):
    assert rules.median_days(days) == (round(statistics.median(days)) if days else None)


@given(st.dates(datetime.date(1999, 1, 1), datetime.date(2200, 12, 31)), st.integers(1, 30))
def test_month_ends_are_the_last_days_of_the_months_before(today, months):
    ends = rules.month_ends(today, months)
    assert len(ends) == months
    assert ends[-1] == today
    assert ends == sorted(set(ends))
    for end in ends[:-1]:
        assert (end + datetime.timedelta(days=1)).day == 1
    assert {(end.year * 12 + end.month) for end in ends} == {
        today.year * 12 + today.month - back for back in range(months)
    }
