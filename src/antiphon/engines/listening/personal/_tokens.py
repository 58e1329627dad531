"""A text as words and numbers, with how each is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from antiphon.engines.listening._lexicons import lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:['’´`][^\W\d_]+)*|\d+")
SMALL, CAPITAL, SHOUTED, NUMBER = 0, 1, 2, 3
# A text with more shouted words than this share is read as one that shouts throughout.
SHOUTING = 0.5
_TONGUES: dict[str, frozenset[str]] = {
    tongue: frozenset(words) for tongue, words in lexicon("personal")["tongues"].items()
}
# Another language than English needs so many of its small words, and at least one in so many.
FEWEST_TELLING, TELLING_PART = 3, 60
# As much of a text as tells its language.
_TELLING_WORDS = 300


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and numbers side by side: as written, in lower case, where, and in what kind of letters."""

    text: str
    said: Sequence[str]
    low: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    shape: Sequence[int]
    tongue: str
    shouts: bool

    def __len__(self) -> int:
        return len(self.said)

    def gap(self, position: int) -> str:
        """What stands between a token and the next one."""
        if position < 0 or position + 1 >= len(self.said):
            return "\n"
        return self.text[self.ends[position] : self.starts[position + 1]][:20]

    def is_big(self, position: int) -> bool:
        """Whether a token starts with a capital letter."""
        return 0 <= position < len(self.said) and self.shape[position] in (CAPITAL, SHOUTED)

    def word(self, position: int) -> str:
        """The word in lower case, without an English genitive; empty outside the text."""
        if not 0 <= position < len(self.said):
            return ""
        low = self.low[position]
        return low[:-2] if low.endswith(("'s", "’s")) else low

    def starts_a_sentence(self, position: int) -> bool:
        """Whether a token may be capitalised for its place alone."""
        if position == 0:
            return True
        before = self.gap(position - 1)
        return any(mark in before for mark in ".!?\n:;\"“”'‘(•-–—*/…") or not before


def tokens_of(text: str) -> Tokens:
    """Read a text once."""
    found = list(_TOKEN.finditer(text))
    said = [each.group() for each in found]
    low = [each.lower().replace("’", "'") for each in said]
    shape = [_shape(each) for each in said]
    words = sum(each != NUMBER for each in shape)
    shouted = sum(each == SHOUTED for each in shape)
    return Tokens(
        text,
        said,
        low,
        [each.start() for each in found],
        [each.end() for each in found],
        shape,
        _tongue(low[:_TELLING_WORDS]),
        words > 3 and shouted > SHOUTING * words,
    )


def _shape(said: str) -> int:
    first = said[0]
    if first.isdigit():
        return NUMBER
    if not first.isupper():
        return SMALL
    return SHOUTED if len(said) > 1 and said.isupper() else CAPITAL


def _tongue(low: Sequence[str]) -> str:
    counts = {tongue: sum(word in words for word in low) for tongue, words in _TONGUES.items()}
    best = max(counts, key=lambda tongue: (counts[tongue], tongue == "en"))
    return best if counts[best] >= max(FEWEST_TELLING, len(low) // TELLING_PART) else "en"
