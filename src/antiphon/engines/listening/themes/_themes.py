"""Drawing themes, naming them, and saying how stable each is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from antiphon.engines.listening._values import Passage
from antiphon.engines.listening.finding._stems import COMMON_STEMS, stem
from antiphon.engines.listening.learned._grams import Floats, Ints
from antiphon.engines.listening.learned._words import words_in
from antiphon.engines.listening.themes._kmeans import grouped, nearest
from antiphon.engines.listening.themes._topics import Topics, ground_of, topics

# Below this nothing is drawn together: too few passages make a theme of chance.
LEAST_PASSAGES = 40
FEWEST, MOST = 3, 14
# Themes grow slower than passages: 12 for 770.
GROWTH = 0.37
TYPICAL = 5
APART = 3
NAMED_BY = 3
AGAIN = 6
SHARE_AGAIN = 0.8
SEED = 20
# Words that say nothing of what a passage is about, beside those that stand everywhere.
EMPTY = frozenset({
    "all", "also", "always", "any", "anything", "because", "being", "even", "every", "get", "getting", "go", "going",
    "got", "into", "like", "made", "make", "more", "much", "nothing", "now", "one", "only", "other", "out", "over",
    "please", "really", "some", "still", "such", "too", "up", "us", "very", "way", "well", "while", "yes",
})  # fmt: skip
DIGITS = 3
# A theme carries the name of a known topic where its passages speak of it as surely as this on average.
CLEAR = 0.5


@dataclass(frozen=True, slots=True)
class Theme:
    """Passages that speak of one thing.

    `stability` is how much of the theme comes again when themes are drawn anew from part of the passages;
    `apart` are those of its passages that say it least like the others.
    """

    number: int
    name: str
    topic: str | None
    words: tuple[str, ...]
    stability: float
    members: tuple[str, ...]
    typical: tuple[Passage, ...]
    apart: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes, largest first, and the passages in none: those without a word, or all when there are too few."""

    themes: tuple[Theme, ...]
    left: tuple[Passage, ...]
    stability: float


def themes_of(passages: Sequence[Passage], *, count: int | None = None, known: Topics | None = None) -> Themes:
    """Draw `count` themes, or as many as suit; every passage with a word is in one.

    The same passages give the same themes. `known` are the topics on whose ground they are drawn: those that ship.
    """
    with_words = [passage for passage in passages if any(map(str.isalpha, passage.text))]
    if len(with_words) < LEAST_PASSAGES:
        return Themes((), tuple(passages), 0.0)
    ground = known or topics()
    places, strengths = ground_of([passage.text for passage in with_words], ground)
    wanted = count or _count(len(with_words))
    groups, centres = grouped(places, min(wanted, len(with_words)), SEED)
    stable = _stability(places, groups, len(centres))
    words = _telling_words([passage.text for passage in with_words], groups, len(centres))
    far = ((places - centres[groups]) ** 2).sum(axis=1)
    themes: list[Theme] = []
    for number in range(len(centres)):
        rows = np.flatnonzero(groups == number)
        if len(rows):
            near = rows[np.argsort(far[rows], kind="stable")]
            members = [with_words[row] for row in near]
            topic = _topic(ground, strengths[rows])
            themes.append(_theme(len(themes) + 1, members, topic, words[number], stable[number]))
    themes = _told_apart(themes)
    chosen = {id(passage) for passage in with_words}
    left = tuple(passage for passage in passages if id(passage) not in chosen)
    sizes = [len(theme.members) for theme in themes]
    overall = sum(theme.stability * size for theme, size in zip(themes, sizes, strict=True)) / sum(sizes)
    return Themes(tuple(themes), left, round(overall, DIGITS))


def _count(passages: int) -> int:
    return max(FEWEST, min(MOST, round(float(passages**GROWTH))))


def _theme(number: int, members: list[Passage], topic: str | None, words: tuple[str, ...], stable: float) -> Theme:
    different = list({passage.text.strip().lower(): passage for passage in reversed(members)}.values())[::-1]
    typical = different[:TYPICAL]
    apart = [passage for passage in different[-APART:] if passage not in typical][::-1]
    name = topic or " · ".join(words) or typical[0].text[:40]
    ids = tuple(passage.id for passage in members)
    return Theme(number, name, topic, words, round(stable, DIGITS), ids, tuple(typical), tuple(apart))


def _told_apart(themes: list[Theme]) -> list[Theme]:
    """Themes of one name are told apart by their words."""
    often = Counter(theme.name for theme in themes)
    return [
        replace(theme, name=f"{theme.name}: {' · '.join(theme.words)}") if often[theme.name] > 1 else theme
        for theme in themes
    ]


def _topic(ground: Topics, strengths: Floats) -> str | None:
    mean = strengths.mean(axis=0)
    best = int(mean.argmax())
    return ground.names[best] if mean[best] >= CLEAR else None


def _stability(places: Floats, groups: Ints, count: int) -> list[float]:
    """Mean overlap (Jaccard) of each theme with the most like one drawn from other seeds and part of the passages."""
    overlaps = np.zeros(count)
    for again in range(AGAIN):
        draw = np.random.default_rng([SEED, again])
        part = np.sort(draw.permutation(len(places))[: int(len(places) * SHARE_AGAIN)])
        _, centres = grouped(places[part], min(count, len(part)), SEED + 1 + again, starts=1)
        other, _ = nearest(places, centres)
        both = np.zeros((count, len(centres)))
        np.add.at(both, (groups, other), 1)
        either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
        overlaps += (both / np.maximum(either, 1)).max(axis=1)
    return [float(each) for each in overlaps / AGAIN]


def _telling_words(texts: Sequence[str], groups: Ints, count: int) -> list[tuple[str, ...]]:
    """The words and pairs that stand in a theme far more often than elsewhere."""
    inside: list[Counter[str]] = [Counter() for _ in range(count)]
    everywhere: Counter[str] = Counter()
    for text, group in zip(texts, groups.tolist(), strict=True):
        own = _nameable(text)
        inside[group].update(own)
        everywhere.update(own)
    sizes = np.bincount(groups, minlength=count)
    return [_best(inside[at], everywhere, int(sizes[at]), len(texts)) for at in range(count)]


def _nameable(text: str) -> set[str]:
    words = [word for word in words_in(text) if word not in ("!", "?")]
    single = {word for word in words if stem(word) not in COMMON_STEMS and word not in EMPTY and len(word) > 2}
    single = {word for word in single if not word.isdigit()}
    return single | {f"{first} {second}" for first, second in pairwise(words) if {first, second} <= single}


def _best(inside: Counter[str], everywhere: Counter[str], size: int, total: int) -> tuple[str, ...]:
    """How often a word stands in the theme, times how much more often than elsewhere."""

    def worth(word: str) -> float:
        return inside[word] / max(size, 1) * float(np.log((inside[word] / size) / (everywhere[word] / total)))

    ranked = sorted((word for word, times in inside.items() if times > 1), key=lambda word: (-worth(word), word))
    chosen: list[str] = []
    for word in ranked:
        stems = {stem(part) for part in word.split()}
        if not any(stems & {stem(part) for part in other.split()} for other in chosen):
            chosen.append(word)
        if len(chosen) == NAMED_BY:
            break
    return tuple(chosen)
