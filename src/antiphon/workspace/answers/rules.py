"""States of an answer, the kinds of card it is made of, and the keys of its links."""

import base64
import hashlib
import hmac
import secrets
from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    GIVEN = "GIVEN"
    WITHDRAWN = "WITHDRAWN"


NEXT = {
    State.DRAFT: {State.APPROVED},
    State.APPROVED: {State.DRAFT, State.GIVEN},
    State.GIVEN: {State.WITHDRAWN},
    State.WITHDRAWN: set(),
}


class Kind(StrEnum):
    """What a card tells: we did, we will, we could not, we passed it on."""

    DID = "DID"
    WILL = "WILL"
    COULD_NOT = "COULD_NOT"
    PASSED_ON = "PASSED_ON"


class Heard(StrEnum):
    """Did we hear you right?"""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


LONGEST_WORD = 2_000
# A page may be read by a whole group at once, but nobody writes this often.
REPLIES_A_MINUTE = 30


def can_become(current: State, wanted: State) -> bool:
    """Whether one state may follow another."""
    return wanted in NEXT[current]


def new_nonce() -> str:
    """What a link is made from; worth nothing without the instance's secret."""
    return secrets.token_urlsafe(32)


def token_for(nonce: str, secret: str) -> str:
    """The 256 bits in a link's address: the database alone does not give them away."""
    digest = hmac.new(secret.encode(), b"antiphon-answer-link/1" + nonce.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def token_hash(token: str) -> str:
    """What the database finds a link by."""
    return hashlib.sha256(token.encode()).hexdigest()
