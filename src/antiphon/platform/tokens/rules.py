"""What a token is: a secret nobody can guess, a scope, a last day."""

import hashlib
import secrets
from enum import StrEnum

# Said first, so that a secret that leaked into a file can be searched for.
PREFIX = "antiphon_"
LIVES = (30, 90, 365)
LONGEST_NAME = 80
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Scope(StrEnum):
    """What a program may do with a token."""

    READ = "READ"
    CHANGE = "CHANGE"


def new_secret() -> str:
    """A secret of 256 bits."""
    return PREFIX + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is kept of a secret: it is long and random, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def allows(scope: str, method: str) -> bool:
    """Whether a token of this scope may be used with this method."""
    return scope == Scope.CHANGE or method in SAFE_METHODS
