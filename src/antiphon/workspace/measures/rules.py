"""How far a cell of the gap map has come along the line, and what late means."""

import datetime
import statistics
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Reach(StrEnum):
    """How far the line has come, least first; silent means that nobody even planned to ask."""

    SILENT = "silent"
    PLANNED = "planned"
    ASKED = "asked"
    HEARD = "heard"
    DECIDED = "decided"
    ANSWERED = "answered"


ORDER = tuple(Reach)
# Fewer people than this are not broken down further: a figure about them could point at one.
SMALLEST_GROUP = 5


def furthest(counts: Mapping[Reach, int]) -> Reach:
    """The furthest point that anything in a cell has reached."""
    return next((reach for reach in reversed(ORDER) if counts.get(reach)), Reach.SILENT)


def reach_of_insight(decided: bool, answered: bool) -> Reach:
    """How far the line has come for one insight."""
    return Reach.ANSWERED if answered else Reach.DECIDED if decided else Reach.HEARD


def share(part: int, whole: int) -> int | None:
    """A share in whole percent, or nothing where there is nothing to share."""
    return round(100 * part / whole) if whole else None


def median_days(days: Sequence[int]) -> int | None:
    """The middle of so many waits, in days."""
    return round(statistics.median(days)) if days else None


def month_ends(today: datetime.date, months: int) -> list[datetime.date]:
    """The last days of the months before this one, and today; oldest first."""
    ends, first = [today], today.replace(day=1)
    for _ in range(months - 1):
        last = first - datetime.timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return list(reversed(ends))
