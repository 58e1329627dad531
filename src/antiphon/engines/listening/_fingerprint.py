"""Telling that two passages say the same, whatever their case, spacing and punctuation."""

import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

from antiphon.engines.listening._values import Passage, Step

STEP = Step("duplicates", "1")


APOSTROPHES = dict.fromkeys(map(ord, "'’`"))


def _is_said(char: str) -> bool:
    # Marks are kept: in several scripts they are the vowels.
    return char.isalnum() or (char > "\x7f" and unicodedata.category(char).startswith("M"))


def fingerprint(text: str) -> str:
    """32 hexadecimal digits, equal for texts with the same words; the same on every machine and run.

    A text without a letter or digit is told apart by its other characters.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES)
    words = "".join(char if _is_said(char) else " " for char in plain).split()
    return blake2b(
        (" ".join(words) or "".join(plain.split())).encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()


def says_something(text: str) -> bool:
    """Whether a text holds a word or a number; blank answers are not duplicates of each other."""
    return any(map(str.isalnum, text))


def first_said(batch: Iterable[Passage]) -> list[str | None]:
    """For each passage the id of the first earlier one that says the same, or None."""
    seen: dict[str, str] = {}
    answers: list[str | None] = []
    for passage in batch:
        if not says_something(passage.text):
            answers.append(None)
            continue
        mark = fingerprint(passage.text)
        answers.append(seen.get(mark))
        seen.setdefault(mark, passage.id)
    return answers
