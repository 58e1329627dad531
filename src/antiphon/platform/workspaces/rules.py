"""How long invitations hold, how many a day, how they stand; what the clocks of a workspace may be set to."""

import datetime
import hashlib
import secrets
from enum import StrEnum

INVITATION_HOLDS = datetime.timedelta(days=14)
# Whoever sends more in a day is not inviting colleagues (and every one of them is a letter to a stranger).
INVITATIONS_A_DAY = 50
SHORTEST_REASON, LONGEST_REASON = 3, 500
LONGEST_NAME = 120
# Working days are weekdays; the longest waits are those at which a reply is no longer felt as one.
THANKS_DAYS = range(1, 31)
HOLDING_WORKING_DAYS = range(1, 61)


class Standing(StrEnum):
    """How an invitation stands."""

    OPEN = "OPEN"
    EXPIRED = "EXPIRED"
    ACCEPTED = "ACCEPTED"
    REVOKED = "REVOKED"


def standing(
    *,
    expires_at: datetime.datetime,
    accepted_at: datetime.datetime | None,
    revoked_at: datetime.datetime | None,
    now: datetime.datetime,
) -> Standing:
    """How an invitation stands at a moment."""
    if accepted_at is not None:
        return Standing.ACCEPTED
    if revoked_at is not None:
        return Standing.REVOKED
    return Standing.OPEN if now < expires_at else Standing.EXPIRED


def new_token() -> str:
    """What stands in the link of an invitation: 256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database finds an invitation by."""
    return hashlib.sha256(b"antiphon-invitation/1 " + token.encode()).hexdigest()


def is_a_reason(text: str) -> bool:
    """Whether a reason says something."""
    return SHORTEST_REASON <= len(text.strip()) <= LONGEST_REASON


def is_a_name(text: str) -> bool:
    """Whether a name can stand in a list and in the head of a letter."""
    return 0 < len(text.strip()) <= LONGEST_NAME and text.isprintable()
