"""States of a decision, and when it may be closed."""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    SUPERSEDED = "SUPERSEDED"


NEXT = {
    State.OPEN: {State.CLOSED},
    State.CLOSED: {State.SUPERSEDED},
    State.SUPERSEDED: set(),
}

SHORTEST_REASON = 10


def can_become(current: State, wanted: State) -> bool:
    """Whether one state may follow another."""
    return wanted in NEXT[current]


def is_a_reason(text: str) -> bool:
    """A reason says something to the person who hears it."""
    return len(text.strip()) >= SHORTEST_REASON


def missing_to_close(outcome: str, weighings: Iterable[tuple[str, str]], final: Iterable[str]) -> list[str]:
    """What a decision lacks before it can be closed, as codes; each weighing is (disposition, reason)."""
    weighed, final = list(weighings), set(final)
    lacks = {
        "outcome": not outcome.strip(),
        "insights": not weighed,
        "dispositions": any(not disposition for disposition, _ in weighed),
        "reasons": any(not is_a_reason(reason) for _disposition, reason in weighed),
        "final": any(disposition and disposition not in final for disposition, _ in weighed),
    }
    return [code for code, lacking in lacks.items() if lacking]
