"""Where people are: addresses grown from what is sure of them, towns and countries from the list."""

import re
from collections.abc import Iterator, Sequence

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span
from antiphon.engines.listening.personal._lists import Lists, lists
from antiphon.engines.listening.personal._tokens import NUMBER, SHOUTED, SMALL, Tokens

_WORDS = lexicon("personal")
_STREETS_AFTER = frozenset(_WORDS["streets"])
_STREETS_BEFORE = frozenset(_WORDS["streets_before"])
_SUFFIXES = tuple(_WORDS["street_suffixes"])
_UNITS = frozenset(_WORDS["units"])
_ANCHORS = _STREETS_AFTER | _STREETS_BEFORE | _UNITS
_PARTS = frozenset(_WORDS["address_parts"])
_STOPS = frozenset(_WORDS["address_stops"])
_PARTICLES = frozenset(_WORDS["particles"])
_BEFORE_PLACES = frozenset(_WORDS["before_places"])
_MOVES = {tuple(each.split()) for each in _WORDS["at_home"]}
_ENDS_OF_MOVES = frozenset(each[-1] for each in _MOVES)
_NO_NAMES = frozenset(_WORDS["no_names"]) | frozenset(_WORDS["titles"])
_MONTHS = frozenset(_WORDS["months"])
_NO_PLACES = frozenset(_WORDS["no_places"])
_MEASURES = frozenset(_WORDS["measures"])
_BETWEEN = re.compile(r"[\s,.()/>?#ºª°'’´\"\-–:]{0,12}")
_MOST_AHEAD, _MOST_BEHIND = 18, 6
_LONGEST_HOUSE_NUMBER = 5


def place_spans(tokens: Tokens) -> Iterator[Span]:
    """Addresses first, then towns and countries."""
    known = lists(tokens.tongue)
    reached = -1
    for position in _telling(tokens):
        if position <= reached:
            continue
        why = _anchor(tokens, position, known)
        if why:
            first = _behind(tokens, position, known, reached)
            reached = _ahead(tokens, position, known)
            yield Span(*tokens.span(first, reached), "place", why)
    yield from _towns(tokens, known)


def _telling(tokens: Tokens) -> Sequence[int]:
    """Where an address may be recognised: at words of addresses, at words in capitals that a number follows.

    In other languages than English also at numbers that lead an address, and so at every word in capitals.
    """
    if tokens.tongue != "en":
        return [at for at in range(len(tokens)) if tokens.shape[at] != SMALL or tokens.low[at] in _ANCHORS]
    numbered = [at for at in tokens.bigs if tokens.shape[at + 1] == NUMBER] if tokens.digits else []
    if _ANCHORS.isdisjoint(tokens.low):
        return numbered
    return sorted({*numbered, *(at for at, low in enumerate(tokens.low) if low in _ANCHORS)})


def _anchor(tokens: Tokens, at: int, known: Lists) -> str:
    """What makes a place in a text the middle of an address; empty where nothing does."""
    word, is_number_next = tokens.low[at], tokens.shape[at + 1] == NUMBER
    if at + 1 >= len(tokens) and not tokens.big[at]:
        return ""
    if word in _UNITS and is_number_next and tokens.gaps[at] in (" ", ". ", " #", ": ", "."):
        return "unit"
    if word in _STREETS_BEFORE:
        return "street" if _is_street_before(tokens, at) else ""
    if _is_postcode(tokens, at, known):
        return "postcode"
    if word in _STREETS_AFTER and is_number_next and tokens.shape[at] == SMALL and tokens.tongue == "en":
        return "street" if tokens.big[at - 1] and tokens.gaps[at - 1] == " " else ""
    if not tokens.big[at]:
        return ""
    if word in _STREETS_AFTER:
        return "street" if _is_street_after(tokens, at, known) else ""
    return _numbered(tokens, at, known) if is_number_next else ""


def _is_street_before(tokens: Tokens, at: int) -> bool:
    gap = tokens.gaps[at]
    if len(tokens.low[at]) == 1 and (tokens.tongue != "es" or not gap.startswith(("/", ".", " /", "\\"))):
        return False
    if gap.strip(" ./,:ºª\n") or "\n\n" in gap:
        return False
    following = at + 1
    while following < len(tokens) and tokens.low[following] in _PARTICLES and following < at + 4:
        following += 1
    if following >= len(tokens) or tokens.low[following] in _STOPS:
        return False
    if tokens.big[following]:
        return tokens.big[at] or len(tokens.low[at]) == 1 or tokens.tongue == "es"
    return (
        tokens.tongue == "es"
        and tokens.big[at]
        and any(tokens.shape[near] == NUMBER for near in range(following, min(len(tokens), following + 3)))
    )


def _is_postcode(tokens: Tokens, at: int, known: Lists) -> bool:
    """Five digits, or four behind a country's letter, before a town: "A-1234 Neustadt"."""
    if tokens.shape[at] != NUMBER or tokens.tongue == "en" or tokens.gaps[at] != " " or not tokens.big[at + 1]:
        return False
    before = tokens.gaps[at - 1] if at else "\n"
    if len(tokens.low[at]) == 4:
        return before == "-" and tokens.low[at - 1] in ("a", "ch", "d", "e", "l", "b")
    return len(tokens.low[at]) == 5 and (
        tokens.words[at + 1] in known.places or before[-1:] in ("\n", "\t", "-", "(") or before in (", ", ". ", " - ")
    )


def _is_street_after(tokens: Tokens, at: int, known: Lists) -> bool:
    if at == 0 or tokens.gaps[at - 1] != " " or not tokens.big[at - 1] or tokens.shape[at] == SHOUTED:
        return False
    if tokens.words[at - 1] in _NO_NAMES:
        return False
    first = at - 1
    while first > 0 and at - first < 4 and tokens.big[first - 1] and tokens.gaps[first - 1] == " ":
        first -= 1
    has_number = first > 0 and tokens.shape[first - 1] == NUMBER
    has_number = has_number or (at + 1 < len(tokens) and tokens.shape[at + 1] == NUMBER)
    return has_number or tokens.words[at - 1] not in known.ordinary


def _numbered(tokens: Tokens, at: int, known: Lists) -> str:
    """A street by its ending or by being no ordinary word, with a number behind it."""
    word = tokens.words[at]
    if tokens.gaps[at] not in (" ", ". ", ".", ", ") or not 1 < len(tokens.low[at + 1]) < 6:
        return _ending_street(word) if tokens.gaps[at] == " " else ""
    if _ending_street(word):
        return "street"
    if tokens.tongue != "en" or tokens.gaps[at] != " " or len(word) < 4 or word in _MONTHS:
        return ""
    is_known = word in known.ordinary or word in _NO_NAMES or word in _NO_PLACES
    is_known = is_known or tokens.words[at + 2] in _MEASURES
    return "" if is_known or "'" in word or tokens.shape[at] == SHOUTED else "street"


def _ending_street(word: str) -> str:
    return "street" if word.endswith(_SUFFIXES) and len(word) > 6 and word not in _NO_PLACES else ""


def _behind(tokens: Tokens, at: int, known: Lists, reached: int) -> int:
    """The first token of the address that a token stands in."""
    first = at
    is_unit = tokens.low[at] in _UNITS
    while first - 1 > reached and at - first < _MOST_BEHIND:
        gap = tokens.gaps[first - 1]
        before = first - 1
        if not _joins_behind(tokens, before, gap, known, is_unit):
            break
        first = before
    return first


def _joins_behind(tokens: Tokens, before: int, gap: str, known: Lists, is_unit: bool) -> bool:
    if tokens.shape[before] == NUMBER:
        return len(tokens.low[before]) <= _LONGEST_HOUSE_NUMBER and not gap.strip(" ,\n\t>?.") and "." not in gap[:1]
    if gap not in (" ", ", ") and not (is_unit and not gap.strip(" ,\n\t>?")):
        return tokens.low[before] in _STREETS_BEFORE and gap in ("/ ", "/", ". ")
    if tokens.tongue == "de":
        return gap == " " and tokens.big[before] and tokens.words[before].endswith(("er", "er-"))
    if tokens.low[before] in _PARTICLES:
        return before > 0 and tokens.big[before - 1]
    if tokens.low[before] in _STREETS_AFTER or tokens.low[before] in _STREETS_BEFORE:
        return True
    return tokens.big[before] and gap == " " and not _is_plain(tokens, before, known)


def _is_plain(tokens: Tokens, at: int, known: Lists) -> bool:
    word = tokens.words[at]
    return word in known.ordinary or word in _NO_NAMES or word in _MONTHS or "'" in word


def _ahead(tokens: Tokens, at: int, known: Lists) -> int:
    """The last token of the address."""
    last = at
    in_spanish = tokens.tongue == "es" and tokens.low[at] in _STREETS_BEFORE
    while last + 1 < len(tokens) and last - at < _MOST_AHEAD:
        if not _BETWEEN.fullmatch(tokens.gaps[last]):
            break
        following = _next_of_address(tokens, last, known, in_spanish)
        if following is None:
            break
        last = following
    return last


def _next_of_address(tokens: Tokens, last: int, known: Lists, in_spanish: bool) -> int | None:
    following = last + 1
    while following < len(tokens) and tokens.low[following] in _PARTICLES and following - last <= 3:
        following += 1
    if following >= len(tokens) or tokens.low[following] in _STOPS:
        return None
    if _belongs(tokens, following, known, in_spanish, tokens.gaps[last]):
        return following
    return None


def _belongs(tokens: Tokens, at: int, known: Lists, in_spanish: bool, gap: str) -> bool:
    word, shape = tokens.words[at], tokens.shape[at]
    if shape == NUMBER:
        return len(word) <= 6 and "\n\n" not in gap
    if word in _PARTS or word in _UNITS or word in _STREETS_AFTER:
        return "\n\n" not in gap and (word in _PARTS or tokens.big[at] or word in _UNITS)
    if shape == SMALL:
        return len(word) == 1 and tokens.shape[at - 1] == NUMBER and (not gap or tokens.gaps[at][:1] in "\n,\t")
    if tokens.tongue == "de":
        return word in known.places or (tokens.shape[at - 1] == NUMBER and len(tokens.low[at - 1]) > 3)
    return _is_of_an_address(tokens, at, known, in_spanish, gap)


def _is_of_an_address(tokens: Tokens, at: int, known: Lists, in_spanish: bool, gap: str) -> bool:
    """Whether a capitalised word goes on with an address: a town, a letter, the end of its line, no ordinary word."""
    word = tokens.words[at]
    if "." in gap and len(tokens.low[at - 1]) > 4 and not in_spanish and tokens.shape[at - 1] != NUMBER:
        return False
    if tokens.gaps[at][:1] == "\n" and "\n\n" not in gap and tokens.tongue == "en" and word not in _NO_NAMES:
        return True
    if len(word) == 1 or word in known.places or _town(tokens, at, known, is_sure=True) >= at:
        return word != "i"
    if in_spanish:
        return word not in _NO_NAMES and "\n" not in gap
    return not _is_plain(tokens, at, known) or (tokens.shape[at] == SHOUTED and len(word) <= 3)


def _towns(tokens: Tokens, known: Lists) -> Iterator[Span]:
    reached = -1
    for position in tokens.bigs:
        if position <= reached:
            continue
        last = _town(tokens, position, known) if tokens.words[position] in known.place_lengths else -1
        if last >= position:
            if _is_zip(tokens, last + 1) and tokens.gaps[last] in (" ", "\n", ", "):
                last += 1
            yield Span(*tokens.span(position, last), "place", "place")
            reached = last
        elif _is_where_one_lives(tokens, position, known):
            yield Span(*tokens.span(position, _end(tokens, position, known)), "place", "home")


def _is_zip(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and tokens.shape[at] == NUMBER and len(tokens.low[at]) == 5


def _town(tokens: Tokens, first: int, known: Lists, *, is_sure: bool = False) -> int:
    """The last token of the longest town that starts here, or -1."""
    head = tokens.words[first]
    longest = known.place_lengths.get(head, 0)
    if longest > 1 and (head, tokens.words[first + 1]) not in known.place_pairs:
        longest = 1
    for length in range(longest, 0, -1):
        last = first + length - 1
        if last >= len(tokens) or not tokens.big[last]:
            continue
        if not _is_listed(tokens, first, last, known):
            continue
        if length > 1 or is_sure or _is_meant(tokens, first, known):
            return last
    return -1


def _is_listed(tokens: Tokens, first: int, last: int, known: Lists) -> bool:
    words = tokens.words[first : last + 1]
    if any(gap.strip(" -") for gap in tokens.gaps[first:last]):
        return False
    return " ".join(words) in known.places or "-".join(words) in known.places


def _is_meant(tokens: Tokens, at: int, known: Lists) -> bool:
    """Whether one word that is also a town is meant as one here."""
    word = tokens.words[at]
    if len(word) < 3 or word in _NO_PLACES or word in _NO_NAMES or word in _MONTHS:
        return False
    is_after_cue = tokens.words[at - 1] in _BEFORE_PLACES and tokens.gaps[at - 1] == " "
    if word in known.ordinary:
        return is_after_cue and tokens.shape[at] != SHOUTED and tokens.tongue == "en" and word in known.places
    if is_after_cue:
        return True
    if tokens.tongue == "de":
        return tokens.shape[max(0, at - 1)] == NUMBER and len(tokens.words[at - 1]) in (4, 5)
    if word in known.countries:
        return True
    is_alone = not (tokens.big[at + 1] and tokens.gaps[at] == " ")
    return is_alone and (word not in known.given or tokens.tongue == "es") and not tokens.shouts


def _is_where_one_lives(tokens: Tokens, at: int, known: Lists) -> bool:
    if tokens.low[at - 1] not in _ENDS_OF_MOVES or _is_plain(tokens, at, known) or len(tokens.words[at]) < 3:
        return False
    return any(tokens.low[max(0, at - length) : at] in _MOVES for length in (1, 2, 3))


def _end(tokens: Tokens, first: int, known: Lists) -> int:
    last = first
    while last - first < 3 and tokens.big[last + 1] and tokens.gaps[last] in (" ", "-"):
        if _is_plain(tokens, last + 1, known):
            break
        last += 1
    return last
