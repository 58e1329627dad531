"""States and strengths of an insight, what it needs before people agree on it, and how alike two are."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from enum import StrEnum
from math import sqrt


class State(StrEnum):
    DRAFT = "DRAFT"
    AGREED = "AGREED"
    SET_ASIDE = "SET_ASIDE"
    MERGED = "MERGED"


# What is merged becomes what it was when it is unmerged, and nothing else.
NEXT = {
    State.DRAFT: {State.AGREED, State.SET_ASIDE, State.MERGED},
    State.AGREED: {State.SET_ASIDE, State.DRAFT, State.MERGED},
    State.SET_ASIDE: {State.DRAFT},
    State.MERGED: {State.DRAFT, State.AGREED},
}
# Neither worded nor agreed on: somebody opens or unmerges them first.
RESTS = frozenset({State.SET_ASIDE, State.MERGED})


class Strength(StrEnum):
    SINGLE = "SINGLE"
    SEVERAL = "SEVERAL"
    CONSENSUS = "CONSENSUS"


class Stance(StrEnum):
    """How a voice stands to an insight."""

    SUPPORTS = "SUPPORTS"
    DISSENTS = "DISSENTS"


SHORTEST_STATEMENT = 15
LONGEST_STATEMENT = 400
SHORTEST_REASON = 10
LONGEST_REASON = 300
LONGEST_DISSENT = 400

# Consents that reach beyond the programme for which a passage was given; every other one stays within it.
REACHES_EVERY_PROGRAMME = frozenset({"internal_learning", "all_programmes"})

WORD = re.compile(r"\w+")
SHORTEST_TELLING_WORD = 4
MOST_STEMS = 6
ALIKE = 0.45


def can_become(current: State, wanted: State) -> bool:
    """Whether one state may follow another."""
    return wanted in NEXT[current]


def can_absorb(kept: State, absorbed: State) -> bool:
    """Whether one insight may take another in; what people agreed on goes only into what they agreed on."""
    return can_become(absorbed, State.MERGED) and (kept == State.AGREED or kept == absorbed == State.DRAFT)


def strength_of_both(one: Strength, other: Strength, supporting: int) -> Strength:
    """What the voices of both suggest; a consensus only where both were one."""
    if supporting < 2:
        return Strength.SINGLE
    return Strength.CONSENSUS if one == other == Strength.CONSENSUS else Strength.SEVERAL


def dissent_of_both(one: str, other: str) -> str:
    """What speaks against either, each said once; as much of it as one insight holds."""
    said = list(dict.fromkeys(text.strip() for text in (one, other) if text.strip()))
    return " ".join(said)[:LONGEST_DISSENT]


def is_a_sentence(text: str) -> bool:
    """An insight says one thing, in a sentence."""
    return SHORTEST_STATEMENT <= len(text.strip()) <= LONGEST_STATEMENT


def is_a_reason(text: str) -> bool:
    """Setting aside and merging say why."""
    return SHORTEST_REASON <= len(text.strip()) <= LONGEST_REASON


def may_rest_on(allowed: Collection[str], *, same_programme: bool) -> bool:
    """Whether what a person allowed lets their words stand behind an insight."""
    return same_programme or not REACHES_EVERY_PROGRAMME.isdisjoint(allowed)


def fits(strength: Strength, supporting: int) -> bool:
    """One voice is a single one; several and a consensus are at least two."""
    return supporting == 1 if strength == Strength.SINGLE else supporting >= 2


def checks(strength: Strength, *, supporting: int, dissenting: int, needs: int, dissent: str) -> dict[str, bool]:
    """What an insight needs before people agree on it, and whether it is there."""
    points = {"voice": supporting >= 1, "need": needs >= 1, "strength": fits(strength, supporting)}
    return points | ({"dissent": bool(dissent.strip())} if dissenting else {})


def folded(text: str) -> str:
    """A sentence without what does not change its meaning: case, spacing, the full stop."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(" .")


def telling_words(text: str) -> list[str]:
    """The words that say something; in a text of short words only, all of them."""
    words = WORD.findall(folded(text))
    return [word for word in words if len(word) >= SHORTEST_TELLING_WORD] or words


def stems(text: str) -> list[str]:
    """The beginnings of the longest words, to find sentences that may be alike."""
    longest = sorted(dict.fromkeys(telling_words(text)), key=len, reverse=True)
    return list(dict.fromkeys(word[: max(4, len(word) - 2)] for word in longest))[:MOST_STEMS]


def shape(text: str) -> Counter[str]:
    """How often each run of three letters stands in the telling words, their edges counted."""
    found: Counter[str] = Counter()
    for word in telling_words(text):
        edged = f" {word} "
        found.update(edged[at : at + 3] for at in range(len(edged) - 2))
    return found


def closeness(one: Counter[str], other: Counter[str]) -> float:
    """The cosine between two shapes: 0 has nothing in common, 1 is the same."""
    small, large = sorted((one, other), key=len)
    shared = sum(count * large[run] for run, count in small.items() if run in large)
    if not shared:
        return 0.0
    square = sum(count * count for count in one.values()) * sum(count * count for count in other.values())
    return min(1.0, shared / sqrt(square))


def likeness(one: str, other: str) -> float:
    """How alike two sentences are, from 0 to 1."""
    return closeness(shape(one), shape(other))
