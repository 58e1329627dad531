"""A text as words and numbers, with how each is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from string import ascii_lowercase

from antiphon.engines.listening._lexicons import lexicon

# The same for texts that are all ASCII, in half the time; most are.
_ASCII_TOKEN = re.compile(r"([A-Za-z]+(?:['`][A-Za-z]+)*|[0-9]+)")
_TOKEN = re.compile(r"([^\W\d_]+(?:['’´`][^\W\d_]+)*|\d+)")
_SMALL_LETTERS = frozenset(ascii_lowercase)
_LONGEST_GAP = 20
SMALL, CAPITAL, SHOUTED, NUMBER = 0, 1, 2, 3
# A text with more shouted words than this share is read as one that shouts throughout.
SHOUTING = 0.5
_TONGUES: dict[str, frozenset[str]] = {
    tongue: frozenset(words) for tongue, words in lexicon("personal")["tongues"].items()
}
_OTHER_TONGUES = tuple(tongue for tongue in _TONGUES if tongue != "en")
# Another language than English needs so many of its small words, and at least one in so many.
FEWEST_TELLING, TELLING_PART = 3, 60
# As much of a text as tells its language.
_TELLING_WORDS = 300


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and numbers side by side: as written, in lower case, where, and in what kind of letters.

    `words` are in lower case without an English genitive, `bigs` the places of those with a capital letter, `gaps`
    what stands between each token and the next one.
    """

    said: Sequence[str]
    low: Sequence[str]
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: Sequence[str]
    shape: Sequence[int]
    bigs: Sequence[int]
    tongue: str
    shouts: bool

    def __len__(self) -> int:
        return len(self.said)

    def gap(self, position: int) -> str:
        """What stands between a token and the next one."""
        return self.gaps[position][:_LONGEST_GAP] if 0 <= position < len(self.gaps) else "\n"

    def is_big(self, position: int) -> bool:
        """Whether a token starts with a capital letter."""
        return 0 <= position < len(self.shape) and self.shape[position] in (CAPITAL, SHOUTED)

    def word(self, position: int) -> str:
        """The word in lower case, without an English genitive; empty outside the text."""
        return self.words[position] if 0 <= position < len(self.words) else ""

    def starts_a_sentence(self, position: int) -> bool:
        """Whether a token may be capitalised for its place alone."""
        if position == 0:
            return True
        before = self.gap(position - 1)
        return any(mark in before for mark in ".!?\n:;\"“”'‘(•-–—*/…") or not before


def tokens_of(text: str) -> Tokens:
    """Read a text once."""
    # What is between tokens and the tokens in turn.
    parts = (_ASCII_TOKEN if text.isascii() else _TOKEN).split(text)
    said = parts[1::2]
    ends = list(accumulate(map(len, parts)))
    low = [each.lower() for each in said]
    if "’" in text:
        low = [each.replace("’", "'") for each in low]
    shape = [SMALL if each[0] in _SMALL_LETTERS else _shape(each) for each in said]
    words = len(shape) - shape.count(NUMBER)
    return Tokens(
        said,
        low,
        [each.removesuffix("'s") for each in low] if "'" in text or "’" in text else low,
        ends[:-1:2],
        ends[1::2],
        parts[2:-1:2],
        shape,
        [at for at, each in enumerate(shape) if SMALL < each < NUMBER],
        _tongue(low[:_TELLING_WORDS]),
        words > 3 and shape.count(SHOUTED) > SHOUTING * words,
    )


def _shape(said: str) -> int:
    first = said[0]
    if first.isdigit():
        return NUMBER
    if not first.isupper():
        return SMALL
    return SHOUTED if len(said) > 1 and said.isupper() else CAPITAL


def _tongue(low: Sequence[str]) -> str:
    fewest = max(FEWEST_TELLING, len(low) // TELLING_PART)
    counts = {tongue: count for tongue in _OTHER_TONGUES if (count := _telling(low, tongue)) >= fewest}
    if not counts:
        return "en"
    best = max(counts, key=lambda tongue: counts[tongue])
    return best if counts[best] > _telling(low, "en") else "en"


def _telling(low: Sequence[str], tongue: str) -> int:
    return sum(map(_TONGUES[tongue].__contains__, low))
