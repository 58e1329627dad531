"""Which language a passage is in, or nobody's guess when there is too little of it."""

import unicodedata
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.listening import _tongues
from antiphon.engines.listening._values import Settings, Step

# Reading more than this makes no answer better and costs time in proportion.
READ_AT_MOST = 160
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

STEP = Step("language", f"languages {_tongues.version()}")
Array = NDArray[Any]


def language_of(text: str, settings: Settings) -> tuple[str | None, float]:
    """ISO 639-1 code and confidence in 0..1; (None, 0.0) when the text is too short to tell."""
    low = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).lower()
    points = np.frombuffer(low.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    scripts = _script_table()[np.minimum(points, 0xFFFF)]
    counts = np.bincount(scripts, minlength=len(_NAMES) + 1)
    counts[0] = 0
    if _letters(points, scripts, counts) < settings.min_language_letters:
        return None, 0.0
    language, confidence = _likeliest(points, counts, _chosen(settings.languages))
    rounded = round(confidence, 4)
    return (language, rounded) if rounded >= settings.min_language_confidence else (None, rounded)


@cache
def _chosen(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_SAME.get(each, each) for each in languages)


def _letters(points: Array, scripts: Array, counts: Array) -> int:
    # A letter that few languages have says as much as three others, a character that is a syllable or a word as five.
    whole = int(counts[_HANGUL] + counts[_KANA] + counts[_HAN])
    rare = int(np.count_nonzero(scripts[points > 0x7F])) - whole
    return int(counts.sum()) + 2 * rare + 4 * whole


def _likeliest(points: Array, counts: Array, chosen: frozenset[str]) -> tuple[str | None, float]:
    """The likeliest of the chosen languages and its share of all; nothing when none is written in this script."""
    if counts[_KANA]:
        # Japanese is written in both; Chinese in one.
        counts[_KANA] += counts[_HAN]
        counts[_HAN] = 0
    script = _NAMES[int(counts.argmax()) - 1]
    if script in _ALONE:
        return (_ALONE[script], 1.0) if _ALONE[script] in chosen else (None, 0.0)
    known = _tongues.tongues().get(script)
    among = [at for at, each in enumerate(known.languages) if each in chosen] if known else []
    if known is None or not among:
        return None, 0.0
    weights = known.likelihoods(points)[among]
    shares = np.exp((weights - weights.max()) * _DULLER)
    best = int(shares.argmax())
    return known.languages[among[best]], float(shares[best] / shares.sum())


@cache
def _script_table() -> Array:
    """The script of each code point, counted from 1; 0 where it is no letter."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for number, (_, ranges) in enumerate(_SCRIPTS, start=1):
        for first, last in ranges:
            table[first : last + 1] = number
    table[[point for point in range(0x10000) if table[point] and not chr(point).isalpha()]] = 0
    return table
