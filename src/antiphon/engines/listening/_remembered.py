"""What was worked out of a word, kept for the next time: people use the same words again and again."""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")

# Longer ones are rarely met again, and there is no end of them.
_LONGEST_NUMBER = 2


class Remembered(dict[str, V]):
    """A table that works out what it does not hold, and forgets everything where that has become too much.

    It holds at most so many words, none longer than so many letters, and no number but short ones.
    """

    __slots__ = ("_longest", "_most", "_work_out")

    def __init__(self, work_out: Callable[[str], V], *, most: int, longest: int) -> None:
        super().__init__()
        self._work_out = work_out
        self._most, self._longest = most, longest

    def __missing__(self, word: str) -> V:
        value = self._work_out(word)
        if len(word) <= self._longest and (len(word) <= _LONGEST_NUMBER or not word.isdecimal()):
            if len(self) >= self._most:
                self.clear()
            self[word] = value
        return value
