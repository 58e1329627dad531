"""States of a letter, when it is tried again, and when it is given up."""

import datetime
import hashlib
import hmac
from enum import StrEnum


class State(StrEnum):
    """WAITING for the mail server, taken by it, given up, or called back before it left."""

    WAITING = "WAITING"
    SENT = "SENT"
    DEAD = "DEAD"
    RECALLED = "RECALLED"


NEXT = {
    State.WAITING: {State.SENT, State.DEAD, State.RECALLED},
    State.DEAD: {State.WAITING, State.RECALLED},
    State.SENT: set(),
    State.RECALLED: set(),
}
# How long after each try that failed the next one comes; after the last there is none.
PAUSES = (
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    datetime.timedelta(hours=12),
)
TRIES = len(PAUSES) + 1
# Whoever delivers a letter holds it this long; longer than a task may run, so that no two hold it at once.
HELD = datetime.timedelta(minutes=5)
# A letter that could not be delivered keeps its address this long, so that it can be mended; then it is wiped.
DEAD_KEPT = datetime.timedelta(days=14)
LINE_BREAKS = ("\r", "\n")


def can_become(current: State, wanted: State) -> bool:
    """Whether one state may follow another."""
    return wanted in NEXT[current]


def pause_after(attempts: int) -> datetime.timedelta | None:
    """How long to wait after so many tries that failed; None when it is given up."""
    return PAUSES[attempts - 1] if attempts < TRIES else None


def is_one_line(text: str) -> bool:
    """Whether a text may stand in the head of a letter: a line break there would begin another head."""
    return not any(sign in text for sign in LINE_BREAKS)


def address_hash(address: str, workspace_id: object, secret: str) -> str:
    """What is kept of an address: whether it is the same one again can be told, which one it is cannot."""
    content = f"antiphon-letter/1 {workspace_id} {address.strip().lower()}"
    return hmac.new(secret.encode(), content.encode(), hashlib.sha256).hexdigest()
