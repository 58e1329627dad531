"""What a pattern of a personal detail is, and when a text need not be looked through for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import product

from antiphon.engines.listening._values import Span, SpanKind
from antiphon.engines.listening.personal._tokens import NUMBER, Tokens

_HEAD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = "'’´`"
_APOSTROPHE = re.compile("['´`]")
# Letters that a pattern takes for others, and one that is none: words with them are not told by lower case.
_ODD = re.compile("[ſıİ½]")
# A capital letter that opens a word. A shape that starts with one letter or digit is looked for faster than one that
# starts with what may not stand before it.
CAPITAL = r"[A-Z](?<!\w[A-Z])"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape; its group `it`, where there is one, is masked if `check` says so.

    What else is known of it saves time: it fits no text with fewer `digits`, without what it `needs`, without one of
    the `words` (whole, in lower case; none named, none needed), or without the `hint`.
    """

    why: str
    kind: SpanKind
    shape: re.Pattern[str]
    needs: str
    digits: int
    words: frozenset[str]
    hint: re.Pattern[str] | None
    check: Callable[[str], bool] | None
    group: str | int

    def may_fit(self, text: str, words: Set[str] | None) -> bool:
        """Whether the text is worth looking through; `words` are its own, None where they cannot be told."""
        if self.needs not in text or (self.words and words is not None and self.words.isdisjoint(words)):
            return False
        return self.hint is None or self.hint.search(text) is not None

    def spans(self, text: str) -> Iterator[Span]:
        """Every place where it fits."""
        for found in self.shape.finditer(text):
            if self.check is None or self.check(found.group(self.group)):
                yield Span(*found.span(self.group), self.kind, self.why)


def pattern(
    why: str,
    kind: SpanKind,
    shape: str,
    needs: str = "",
    digits: int = 0,
    words: frozenset[str] = frozenset(),
    hint: str = "",
    check: Callable[[str], bool] | None = None,
) -> Pattern:
    """A pattern as the table writes it."""
    compiled = re.compile(shape)
    group = "it" if "it" in compiled.groupindex else 0
    return Pattern(why, kind, compiled, needs, digits, words, re.compile(hint) if hint else None, check, group)


def any_of(words: Iterable[str]) -> str:
    """One of these words, the longest that fits."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def digit_not_after(chars: str) -> str:
    """A digit, not behind one of these characters."""
    return rf"\d(?<!{chars}\d)"


def heads(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each."""
    return frozenset(found.group() for each in phrases if (found := _HEAD.search(each)))


def glued(*parts: Iterable[str]) -> frozenset[str]:
    """One of each of the parts, without a space."""
    return frozenset(map("".join, product(*parts)))


def by_digits(patterns: Sequence[Pattern]) -> list[list[Pattern]]:
    """The patterns that a text with so many digits may fit; the last entry holds for all with more."""
    most = max(each.digits for each in patterns)
    return [[each for each in patterns if each.digits <= count] for count in range(most + 1)]


def worth_trying(patterns: Sequence[Sequence[Pattern]], text: str, tokens: Tokens) -> list[Pattern]:
    """Those of the patterns (`by_digits`) that may fit the text."""
    words = _words_in(text, tokens)
    return [each for each in patterns[min(_digits_in(tokens), len(patterns) - 1)] if each.may_fit(text, words)]


def _digits_in(tokens: Tokens) -> int:
    # At least those that patterns mean.
    if NUMBER not in tokens.shape:
        return 0
    return sum(len(said) for said, shape in zip(tokens.said, tokens.shape, strict=True) if shape == NUMBER)


def _words_in(text: str, tokens: Tokens) -> Set[str] | None:
    """The words of a text in lower case, those that an apostrophe joins also by themselves; None where one is odd."""
    if not text.isascii() and _ODD.search(text):
        return None
    words = set(tokens.low)
    if any(mark in text for mark in _APOSTROPHES):
        words.update(part for word in tokens.low if not word.isalnum() for part in _APOSTROPHE.split(word))
    return words
