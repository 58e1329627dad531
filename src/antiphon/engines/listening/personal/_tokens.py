"""A text as words and numbers, with how each is written."""

import re
from collections.abc import Sequence
from itertools import accumulate, chain, compress
from string import ascii_lowercase

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._remembered import Remembered
from antiphon.engines.listening.personal._lists import lists

# The same for texts that are all ASCII, in half the time; most are.
_ASCII_TOKEN = re.compile(r"([A-Za-z]+(?:['`][A-Za-z]+)*|[0-9]+)")
_TOKEN = re.compile(r"([^\W\d_]+(?:['’´`][^\W\d_]+)*|\d+)")
_SMALL_LETTERS = frozenset(ascii_lowercase)
_LONGEST_GAP = 20
_BEFORE_SENTENCES = frozenset(".!?\n:;\"“”'‘(•-–—*/…")
SMALL, CAPITAL, SHOUTED, NUMBER = 0, 1, 2, 3
# A text with more shouted words than this share is read as one that shouts throughout.
SHOUTING = 0.5
_TONGUES: dict[str, frozenset[str]] = {
    tongue: frozenset(words) for tongue, words in lexicon("personal")["tongues"].items()
}
_OTHER_TONGUES = tuple(tongue for tongue in _TONGUES if tongue != "en")
# Another language than English needs so many of its small words, and at least one in so many.
FEWEST_TELLING, TELLING_PART = 3, 60
_TELLING_IN_OTHERS = frozenset(chain.from_iterable(_TONGUES[tongue] for tongue in _OTHER_TONGUES))
# As much of a text as tells its language.
_TELLING_WORDS = 300


# What is known of how a word is written is kept for so many; the most that this takes is 4 MB.
REMEMBERED_WORDS, LONGEST_REMEMBERED = 10_000, 30


# What is known of a word or number wherever it stands, as `Tokens` has it: low, word, shape, big, small name.
_Written = tuple[str, str, int, bool, bool]
# What stands before and behind a text, so that nobody need ask whether there is a neighbour.
_OUTSIDE = [("", "", SMALL, False, False)] * 3


class Tokens:
    """Words and numbers side by side: `said` as written, `low` in lower case, `words` without an English genitive too.

    `shape` is in what kind of letters each is, `big` whether it starts with a capital letter, `gaps` what stands
    between it and the next one (at most 20 characters). All of these may be asked three places beyond either end,
    where no word stands (-1 is before the first). `bigs` are the places of those with a capital letter, `small_names`
    of given names without one, `digits` how many digits the numbers have in all, `lengths` how many each has.
    """

    __slots__ = (
        "_ends", "_parts", "big", "bigs", "digits", "gaps", "lengths", "low", "said", "shape", "shouts", "small_names",
        "tongue", "words",
    )  # fmt: skip

    low: tuple[str, ...]
    words: tuple[str, ...]
    shape: tuple[int, ...]
    big: tuple[bool, ...]

    def __init__(self, text: str) -> None:
        # What is between tokens and the tokens in turn.
        self._parts = (_ASCII_TOKEN if text.isascii() else _TOKEN).split(text)
        self._ends: list[int] | None = None
        self.said = said = self._parts[1::2]
        self.gaps = _short([*self._parts[2:-1:2], "\n", "\n", "\n", "\n"])
        self.low, self.words, self.shape, self.big, small_names = zip(
            *map(_WRITTEN.__getitem__, said), *_OUTSIDE, strict=True
        )
        self.bigs = list(compress(range(len(said)), self.big))
        self.small_names = list(compress(range(len(said)), small_names)) if True in small_names else []
        numbers = _lengths(said, self.shape) if NUMBER in self.shape else ()
        self.digits, self.lengths = sum(numbers), numbers
        self.tongue = _tongue(self.low[: min(len(said), _TELLING_WORDS)])
        self.shouts = SHOUTED in self.shape and _shouts(self.shape[: len(said)])

    def __len__(self) -> int:
        return len(self.said)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where these tokens stand in the text."""
        if self._ends is None:
            self._ends = list(accumulate(map(len, self._parts)))
        return self._ends[2 * first], self._ends[2 * last + 1]

    def starts_a_sentence(self, position: int) -> bool:
        """Whether a token may be capitalised for its place alone."""
        before = self.gaps[position - 1]
        return not before or not _BEFORE_SENTENCES.isdisjoint(before)


def tokens_of(text: str) -> Tokens:
    """Read a text once."""
    return Tokens(text)


def _written(said: str) -> _Written:
    shape = _shape(said)
    if shape == NUMBER:
        return said, said, NUMBER, False, False
    low, known = said.lower().replace("’", "'"), lists("en")
    is_small_name = shape == SMALL and low in known.given and low not in known.ordinary
    return low, low.removesuffix("'s"), shape, SMALL < shape < NUMBER, is_small_name


_WRITTEN = Remembered(_written, most=REMEMBERED_WORDS, longest=LONGEST_REMEMBERED)


def _short(gaps: list[str]) -> list[str]:
    return [gap[:_LONGEST_GAP] for gap in gaps] if max(map(len, gaps)) > _LONGEST_GAP else gaps


def _shape(said: str) -> int:
    first = said[0]
    if first in _SMALL_LETTERS:
        return SMALL
    if first.isdigit():
        return NUMBER
    if not first.isupper():
        return SMALL
    return SHOUTED if len(said) > 1 and said.isupper() else CAPITAL


def _lengths(said: Sequence[str], shape: Sequence[int]) -> tuple[int, ...]:
    return tuple([len(each) for each, kind in zip(said, shape, strict=False) if kind == NUMBER])


def _shouts(shape: Sequence[int]) -> bool:
    words = len(shape) - shape.count(NUMBER)
    return words > 3 and shape.count(SHOUTED) > SHOUTING * words


def _tongue(low: Sequence[str]) -> str:
    if _TELLING_IN_OTHERS.isdisjoint(low):
        return "en"
    fewest = max(FEWEST_TELLING, len(low) // TELLING_PART)
    counts = {tongue: count for tongue in _OTHER_TONGUES if (count := _telling(low, tongue)) >= fewest}
    if not counts:
        return "en"
    best = max(counts, key=lambda tongue: counts[tongue])
    return best if counts[best] > _telling(low, "en") else "en"


def _telling(low: Sequence[str], tongue: str) -> int:
    return sum(map(_TONGUES[tongue].__contains__, low))
