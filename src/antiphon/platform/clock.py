"""The one place that knows what time it is; tests and the demonstration put their own moment here."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

# A day outside of these is a slip of the hand: no engagement was before, and no calendar counts on far beyond.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)

_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """This moment, in UTC."""
    return _moment.get() or timezone.now()


def local_now() -> datetime.datetime:
    """This moment where the organisation is."""
    return timezone.localtime(now())


def today() -> datetime.date:
    """Today's date where the organisation is."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Everything inside happens at this moment."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def add_working_days(start: datetime.date, days: int) -> datetime.date:
    """The date so many working days later; Saturdays and Sundays are none."""
    day = start
    while days > 0:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < 5
    return day
