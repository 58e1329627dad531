"""Saying how far a long run has come."""

from typing import Protocol


class Progress(Protocol):
    """Told after every batch; `total` is an estimate, or None when unknown. Both count rows."""

    def advance(self, done: int, total: int | None) -> None:
        """`done` rows are finished."""


class NoProgress:
    """Tells nobody."""

    def advance(self, done: int, total: int | None) -> None:
        """Nothing is said."""
