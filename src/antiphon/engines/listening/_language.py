"""Which language a passage is in, or nobody's guess when there is too little of it."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening import _tongues
from antiphon.engines.listening._values import Settings, Step

# Reading more than this makes no answer better and costs time in proportion.
READ_AT_MOST = 160
# Names come from everywhere. So many other words, if they are half of all, tell the language without them.
# Numbers are such words, too: what is left of names and numbers alone is better left open than guessed.
ENOUGH_WORDS = 6
# Other names for what is one language here.
_SAME = {"no": "nb"}
# Scripts by the code points of their letters, and the languages that a script alone tells, likeliest first.
_SCRIPTS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("other", ((0x80, 0xFFFF),)),
    ("latin", ((0x41, 0x24F), (0x1E00, 0x1EFF), (0xFF21, 0xFF5A))),
    ("cyrillic", ((0x400, 0x52F),)),
    ("greek", ((0x370, 0x3FF), (0x1F00, 0x1FFF))),
    ("hebrew", ((0x590, 0x5FF),)),
    ("arabic", ((0x600, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))),
    ("devanagari", ((0x900, 0x97F),)),
    ("hangul", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    ("kana", ((0x3041, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9D))),
    ("han", ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))),
)
_ALONE = {"greek": "el", "hebrew": "he", "arabic": "ar", "devanagari": "hi", "hangul": "ko", "kana": "ja", "han": "zh"}
_NAMES = tuple(name for name, _ in _SCRIPTS)
_LATIN, _HANGUL, _KANA, _HAN = (_NAMES.index(name) + 1 for name in ("latin", "hangul", "kana", "han"))
# Likelihoods take letters for independent of each other, which they are not: differences are divided by this much, so
# that of answers given with 0.6 six in ten are right.
_DULLER = 0.5

STEP = Step("language", f"2, languages {_tongues.version()}")
Array = NDArray[Any]


def language_of(text: str, settings: Settings) -> tuple[str | None, float]:
    """ISO 639-1 code and confidence in 0..1; (None, 0.0) when the text is too short to tell."""
    return languages_of([text], settings)[0]


def languages_of(texts: Sequence[str], settings: Settings) -> list[tuple[str | None, float]]:
    """The language of each text and how sure it is, in one pass; the same as of each by itself."""
    low = [_plain(text[:READ_AT_MOST]) for text in texts]
    counts, letters = _counted(low)
    chosen, least = _chosen(settings.languages), settings.min_language_confidence
    found: list[tuple[str | None, float]] = [(None, 0.0)] * len(texts)
    for script, places in _by_script(counts, letters >= settings.min_language_letters).items():
        likeliest = _likeliest(script, [low[at] for at in places], chosen)
        for at, (language, confidence) in zip(places, likeliest, strict=True):
            rounded = round(confidence, 4)
            found[at] = (language if rounded >= least else None, rounded)
    return found


def _plain(text: str) -> str:
    """The text in lower case; of one with enough other words without those in capitals, which are often names."""
    words = (text if text.isascii() else unicodedata.normalize("NFKC", text)).split()
    small = [word for word in words if not word[0].isupper()]
    is_enough = len(small) >= ENOUGH_WORDS and 2 * len(small) >= len(words)
    return " ".join(small if is_enough else words).lower()


@cache
def _chosen(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_SAME.get(each, each) for each in languages)


def _counted(low: Sequence[str]) -> tuple[Array, Array]:
    """How many letters of each script each text has (texts x scripts), and how much all of them say."""
    points = np.frombuffer("".join(low).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    scripts = _script_table()[np.minimum(points, 0xFFFF)]
    shape = (len(low), len(_NAMES) + 1)
    owners = np.repeat(np.arange(len(low)) * shape[1], list(map(len, low)))
    counts = np.bincount(owners + scripts, minlength=shape[0] * shape[1]).reshape(shape)
    counts[:, 0] = 0
    # A letter that few languages have says as much as three others, a character that is a syllable or a word as five.
    is_rare = (points > 0x7F) & (scripts > 0)
    rare = np.bincount(owners[is_rare] // shape[1], minlength=shape[0])
    whole = counts[:, _HANGUL] + counts[:, _KANA] + counts[:, _HAN]
    return counts, counts.sum(axis=1) + 2 * (rare - whole) + 4 * whole


def _by_script(counts: Array, tells: Array) -> dict[str, list[int]]:
    """The texts that have enough letters, by the script most of these are of."""
    # Japanese is written in both; Chinese in one.
    is_japanese = counts[:, _KANA] > 0
    counts[is_japanese, _KANA] += counts[is_japanese, _HAN]
    counts[is_japanese, _HAN] = 0
    found: dict[str, list[int]] = {}
    for at, script in zip(np.flatnonzero(tells).tolist(), counts[tells].argmax(axis=1).tolist(), strict=True):
        found.setdefault(_NAMES[script - 1], []).append(at)
    return found


def _likeliest(script: str, low: Sequence[str], chosen: frozenset[str]) -> list[tuple[str | None, float]]:
    """The likeliest of the chosen languages and its share of all; nothing when none is written in this script."""
    if script in _ALONE:
        alone = _ALONE[script]
        return [(alone, 1.0) if alone in chosen else (None, 0.0)] * len(low)
    known = _tongues.tongues().get(script)
    among = [at for at, each in enumerate(known.languages) if each in chosen] if known else []
    if known is None or not among:
        return [(None, 0.0)] * len(low)
    weights = np.take(known.likelihoods(low), among, axis=1)
    shares = np.exp((weights - weights.max(axis=1, keepdims=True)) * _DULLER)
    best = shares.argmax(axis=1)
    sure = shares[np.arange(len(low)), best] / shares.sum(axis=1)
    return [(known.languages[among[at]], share) for at, share in zip(best.tolist(), sure.tolist(), strict=True)]


@cache
def _script_table() -> Array:
    """The script of each code point, counted from 1; 0 where it is no letter."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for number, (_, ranges) in enumerate(_SCRIPTS, start=1):
        for first, last in ranges:
            table[first : last + 1] = number
    table[[point for point in range(0x10000) if table[point] and not chr(point).isalpha()]] = 0
    return table
