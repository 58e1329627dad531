"""States of an engagement, and the courtesies it owes."""

import datetime
from enum import StrEnum


class State(StrEnum):
    PLANNED = "PLANNED"
    HELD = "HELD"
    CLOSED = "CLOSED"


NEXT = {
    State.PLANNED: {State.HELD},
    State.HELD: {State.CLOSED},
    State.CLOSED: {State.HELD},
}


class Courtesy(StrEnum):
    THANKS = "THANKS"
    HOLDING_REPLY = "HOLDING_REPLY"


def can_become(current: State, wanted: State) -> bool:
    """Whether one state may follow another."""
    return wanted in NEXT[current]


def dates_follow(starts: datetime.date, ends: datetime.date | None) -> bool:
    """An engagement does not end before it starts."""
    return ends is None or ends >= starts
