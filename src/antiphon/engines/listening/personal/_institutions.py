"""Hospitals, practices, schools and firms that carry a name of their own."""

from collections.abc import Iterator

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span
from antiphon.engines.listening.personal._lists import Lists, lists
from antiphon.engines.listening.personal._tokens import Tokens

_WORDS = lexicon("personal")
_LAST = {tuple(each.lower().split()) for each in _WORDS["institutions"]}
_LAST_HEADS = frozenset(each[-1] for each in _LAST)
_FIRST = {tuple(each.lower().split()) for each in _WORDS["institutions_before"]}
_FIRST_HEADS = frozenset(each[0] for each in _FIRST)
_ENDINGS = tuple(_WORDS["institution_endings"])
_FILLERS = frozenset(_WORDS["institution_fillers"])
_PLAIN = frozenset(_WORDS["no_names"]) | frozenset(_WORDS["plain_institutions"])
_STOPS = frozenset(_WORDS["address_stops"]) | frozenset(_WORDS["name_stops"])
_PARTICLES = frozenset(_WORDS["particles"])
_MOST_WORDS = 8


def institution_spans(tokens: Tokens) -> Iterator[Span]:
    """Named institutions; a plain "the Hospital" is none."""
    known = lists(tokens.tongue)
    reached = -1
    for position in tokens.bigs:
        if position <= reached:
            continue
        low = tokens.low[position]
        found = None
        if low in _LAST_HEADS and tokens.tongue == "en":
            found = _ending_in(tokens, position)
        elif low in _FIRST_HEADS or low.endswith(_ENDINGS):
            found = _starting_with(tokens, position, known)
        if found:
            reached = found[1]
            yield Span(*tokens.span(*found), "organisation", "institution")


def _ending_in(tokens: Tokens, last: int) -> tuple[int, int] | None:
    kind = next((length for length in (2, 1) if _kind_of(tokens, last, length) in _LAST), 0)
    if not kind:
        return None
    first = last - kind + 1
    while first > 0 and last - first < _MOST_WORDS and tokens.gaps[first - 1] in (" ", " & ", ". ", "-"):
        before = first - 1
        if tokens.low[before] in ("the", "a", "my") or not (tokens.big[before] or tokens.low[before] in _FILLERS):
            break
        first = before
    while first <= last - kind and (tokens.words[first] in _PLAIN or tokens.low[first] in _FILLERS):
        first += 1
    return (first, last) if first <= last - kind else None


def _kind_of(tokens: Tokens, last: int, length: int) -> tuple[str, ...]:
    return tokens.low[max(0, last - length + 1) : last + 1]


def _starting_with(tokens: Tokens, first: int, known: Lists) -> tuple[int, int] | None:
    kind = next((length for length in (3, 2, 1) if tokens.low[first : first + length] in _FIRST), 1)
    last = first + kind - 1
    while last + 1 < len(tokens) and last - first < _MOST_WORDS + kind:
        following = _next_word(tokens, last)
        if following is None:
            break
        last = following
    if last == first + kind - 1:
        return None
    # In German every noun has a capital: only a place or a saint makes a house one's own.
    if tokens.tongue == "de" and not _has_own_name(tokens, first + kind, last, known):
        return None
    return first, last


def _next_word(tokens: Tokens, last: int) -> int | None:
    if tokens.gaps[last] not in (" ", "  ", ' "', '" ', "-", " - ", " \n", ". ") or (
        tokens.gaps[last] == ". " and tokens.low[last] not in ("st", "dr", "sta", "ntra", "sra")
    ):
        return None
    following = last + 1
    while following < len(tokens) and tokens.low[following] in _PARTICLES and following - last <= 3:
        if tokens.gaps[following] not in (" ", ' "', "’", "'"):
            return None
        following += 1
    if not tokens.big[following] or tokens.low[following] in _STOPS:
        return None
    return following


def _has_own_name(tokens: Tokens, first: int, last: int, known: Lists) -> bool:
    words = tokens.words[first : last + 1]
    return "st" in words or "sankt" in words or not known.places.isdisjoint(words)
