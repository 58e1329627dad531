"""Working days, moments, and identifiers."""

import datetime
import uuid

from hypothesis import given
from hypothesis import strategies as st

from antiphon.platform import clock, ids

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))


def slowly(start: datetime.date, days: int) -> datetime.date:
    """One day after the other, counted on a calendar."""
    passed = [start + datetime.timedelta(days=n) for n in range(1, days * 3 + 10)]
    working = [day for day in passed if day.strftime("%a") not in {"Sat", "Sun"}]
    return working[days - 1] if days else start


@given(DAYS, st.integers(0, 60))
def test_working_days_are_counted_like_on_a_calendar(start, days):
    assert clock.add_working_days(start, days) == slowly(start, days)


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_working_days_can_be_counted_in_two_steps(start, some, more):
    assert clock.add_working_days(clock.add_working_days(start, some), more) == clock.add_working_days(
        start, some + more
    )


def test_a_moment_holds_inside_and_ends_after_even_when_something_breaks():
    then = datetime.datetime(2020, 2, 29, 23, 30, tzinfo=datetime.UTC)
    try:
        with clock.at(then):
            assert (clock.now(), clock.today()) == (then, then.date())
            raise LookupError
    except LookupError:
        pass
    assert clock.now().year > 2020


def test_today_is_the_day_where_the_organisation_is(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    with clock.at(datetime.datetime(2026, 3, 1, 20, 0, tzinfo=datetime.UTC)):
        assert clock.today() == datetime.date(2026, 3, 2)


def test_ids_are_version_7_unique_and_sort_by_the_time_they_were_made(monkeypatch):
    made = []
    for millisecond in range(1_800_000_000_000, 1_800_000_002_000):
        monkeypatch.setattr(ids.time, "time_ns", lambda now=millisecond: now * 1_000_000)
        made.append(ids.new_id())
    assert made == sorted(made)
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    monkeypatch.undo()
    assert len({ids.new_id() for _ in range(20_000)}) == 20_000
