"""What a pattern of a personal detail is, and when a text need not be looked through for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, product

from antiphon.engines.listening._values import Span, SpanKind
from antiphon.engines.listening.personal._tokens import Tokens

_HEAD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = "'’´`"
_APOSTROPHE = re.compile("['´`]")
# Letters that a pattern takes for others, and one that is none: words with them are not told by lower case.
_ODD = re.compile("[ſıİ½]")
# What a text with few telling words may hold is remembered, for so many different choices of them.
_FEW_WORDS, _MOST_KNOWN = 6, 200
# Letters that stand for others where case does not matter.
_SAME_LETTER = {"s": "ſ", "k": "\u212a", "i": "İı"}
_SMALL_LETTER = {ord(other): letter for letter, others in _SAME_LETTER.items() for other in others}
# A capital letter that opens a word. A shape that starts with one letter or digit is looked for faster than one that
# starts with what may not stand before it.
CAPITAL = r"[A-Z](?<!\w[A-Z])"
# What is between a word and a number that touch.
TOUCHING = ("",)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape; its group `it`, where there is one, is masked if `check` says so.

    What else is known of it saves time: it fits no text with fewer `digits`, without what it `needs`, without one of
    the `words` (whole, in lower case; none named, none needed), without one of the gaps `between` two words or
    numbers (none named, none needed), without a number of one of these `lengths` (likewise), or without the `hint`.
    """

    why: str
    kind: SpanKind
    shape: re.Pattern[str]
    needs: str
    digits: int
    words: frozenset[str]
    between: frozenset[str]
    lengths: frozenset[int]
    hint: re.Pattern[str] | None
    check: Callable[[str], bool] | None
    group: str | int

    def may_stand_beside(self, words: Set[str], gaps: Set[str]) -> bool:
        """Whether a text with these of its `words` and of the gaps `between` may hold it."""
        return not (self.words and self.words.isdisjoint(words)) and not (
            self.between and self.between.isdisjoint(gaps)
        )

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
    between: Iterable[str] = (),
    lengths: Iterable[int] = (),
    hint: str = "",
    check: Callable[[str], bool] | None = None,
) -> Pattern:
    """A pattern as the table writes it."""
    compiled = re.compile(shape)
    group = "it" if "it" in compiled.groupindex else 0
    hinted = re.compile(hint) if hint else None
    return Pattern(
        why, kind, compiled, needs, digits, words, frozenset(between), frozenset(lengths), hinted, check, group
    )


def any_of(words: Iterable[str]) -> str:
    """One of these words, the longest that fits."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def any_in_any_case(words: Iterable[str]) -> str:
    """The same in letters of any case, parted by the first one: words that start with another are passed over."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0].lower(), []).append(word[1:])
    return "|".join(f"{_in_any_case(first)}(?i:{any_of(rests)})" for first, rests in by_first.items())


def in_small_letters(said: str) -> str:
    """What was found in letters of any case, as it was looked for."""
    return said.translate(_SMALL_LETTER).lower()


def _in_any_case(letter: str) -> str:
    return f"[{re.escape(letter + letter.upper() + _SAME_LETTER.get(letter, ''))}]"


def behind(cues: Iterable[str], length: int) -> str:
    """A place so many characters behind one of the cues and a space, in letters of any case."""
    return "|".join(rf"(?<=\b(?i:{cue}) .{{{length}}})" for cue in cues)


def digit_not_after(chars: str) -> str:
    """A digit, not behind one of these characters."""
    return rf"\d(?<!{chars}\d)"


def heads(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each."""
    return frozenset(found.group() for each in phrases if (found := _HEAD.search(each)))


def glued(*parts: Iterable[str]) -> frozenset[str]:
    """One of each of the parts, without a space."""
    return frozenset(map("".join, product(*parts)))


class Sieve:
    """Which of the patterns that a text with so many digits may fit are worth trying on it."""

    __slots__ = ("_gaps", "_known", "_patterns", "_words")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._words = frozenset(chain.from_iterable(each.words for each in patterns))
        self._gaps = frozenset(chain.from_iterable(each.between for each in patterns))
        self._known: dict[tuple[frozenset[str], frozenset[str]], list[Pattern]] = {}

    def worth_trying(self, text: str, tokens: Tokens) -> list[Pattern]:
        """Those that the text may hold, by what stands in it."""
        telling = self._telling_words(text, tokens), self._gaps.intersection(tokens.gaps)
        found = self._known.get(telling)
        numbers = tokens.lengths
        return [
            each
            for each in (self._beside(telling) if found is None else found)
            if each.needs in text
            and not (each.lengths and each.lengths.isdisjoint(numbers))
            and (each.hint is None or each.hint.search(text) is not None)
        ]

    def _beside(self, telling: tuple[frozenset[str], frozenset[str]]) -> list[Pattern]:
        found = [each for each in self._patterns if each.may_stand_beside(*telling)]
        # Long texts hold words of their own, which are not met again.
        if len(telling[0]) <= _FEW_WORDS:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[telling] = found
        return found

    def _telling_words(self, text: str, tokens: Tokens) -> frozenset[str]:
        """Those words of the patterns that the text holds; all of them where it holds odd letters."""
        if text.isascii():
            is_joined = "'" in text or "`" in text
        elif _ODD.search(text):
            return self._words
        else:
            is_joined = any(mark in text for mark in _APOSTROPHES)
        return self._words.intersection(chain(tokens.low, _parts(tokens.low)) if is_joined else tokens.low)


def _parts(low: Iterable[str]) -> Iterator[str]:
    """What an apostrophe joins, by itself."""
    return chain.from_iterable(_APOSTROPHE.split(word) for word in low if not word.isalnum())


def sieves(patterns: Sequence[Pattern]) -> list[Sieve]:
    """A sieve for texts with no digit, with one, and so on; the last one holds for all with more."""
    most = max(each.digits for each in patterns)
    return [Sieve([each for each in patterns if each.digits <= count]) for count in range(most + 1)]
