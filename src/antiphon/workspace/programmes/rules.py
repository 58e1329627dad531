"""Kinds of programme and what a question needs."""

from enum import StrEnum


class Kind(StrEnum):
    ASSET = "ASSET"
    DISEASE_AREA = "DISEASE_AREA"


SHORTEST_QUESTION = 10


def is_a_question(text: str) -> bool:
    """A question says enough to be asked once and found again."""
    return len(text.strip()) >= SHORTEST_QUESTION
