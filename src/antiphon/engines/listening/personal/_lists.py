"""The packed lists: names, towns and the ordinary words that are no proof of either."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from antiphon.engines.listening._lexicons import packed


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything in lower case; `place_lengths` says how many words the longest
    place has that starts so, `place_pairs` with which two words a longer one starts."""

    given: Set[str]
    family: Set[str]
    ordinary: Set[str]
    places: Set[str]
    countries: Set[str]
    place_lengths: dict[str, int]
    place_pairs: frozenset[tuple[str, str]]


@cache
def lists(tongue: str) -> Lists:
    """All lists, unpacked once; what is ordinary depends on the language a text is in."""
    ordinary = _ordinary("es") if tongue == "es" else _ordinary("en")
    given, family, countries = _read("given_names"), _read("family_names"), _read("countries")
    places, lengths, pairs = _places()
    return Lists(given, family, ordinary, places, countries, lengths, pairs)


@cache
def _ordinary(tongue: str) -> Set[str]:
    return _read("ordinary_words") if tongue == "en" else _read(f"ordinary_words_{tongue}")


@cache
def _places() -> tuple[Set[str], dict[str, int], frozenset[tuple[str, str]]]:
    places = _read("places")
    lengths: dict[str, int] = {}
    pairs: set[tuple[str, str]] = set()
    for place in places:
        words = place.replace("-", " ").split()
        lengths[words[0]] = max(lengths.get(words[0], 0), len(words))
        if len(words) > 1:
            pairs.add((words[0], words[1]))
    return places, lengths, frozenset(pairs)


@cache
def _read(name: str) -> Set[str]:
    # Not a set: Python looks through every set, but through no table of texts alone, each time it looks for garbage.
    return dict.fromkeys(packed(name)).keys()
