"""Makes the model that tells languages apart, byte for byte, from the statistics that a package ships.

.venv/bin/python tools/make_languages.py             writes it and says how large it is
.venv/bin/python tools/make_languages.py --check     says whether the shipped one is the one that is made

The runs of letters come from the package lingua-language-detector 1.3.5 (Apache-2.0), which needs no data from
elsewhere; where it is not installed, the model that ships stays as it is.
"""

import importlib.util
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "src" / "antiphon" / "engines" / "listening" / "models" / "languages.model"
SOURCE = "lingua-language-detector 1.3.5"
VERSION = "1"
# fmt: off
LATIN = [
    "ca", "cs", "da", "de", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "id",
    "it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "vi",
]
# fmt: on
# Languages that share letters; every other one is known by its script.
SCRIPTS = {
    "latin": (
        LATIN,
        (0x41, 0x24F, 0x1E00, 0x1EFF),
    ),
    "cyrillic": (["bg", "ru", "sr", "uk"], (0x400, 0x52F)),
}
ORDERS = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")
# A run is kept when leaving it out changes what a letter of text says by more than this, in nats (Stolcke 1998).
WORTH = 5e-6
# A letter this rare in a language is a foreign word's.
RAREST_LETTER = 2e-6
# What a run is taken for whose last letter its language never has.
NEVER = -12.0

Runs = dict[str, float]


def main(arguments: list[str]) -> int:
    """Make the model; where its source is absent, say so and leave what ships."""
    if importlib.util.find_spec("lingua") is None or importlib.util.find_spec("brotli") is None:
        print(f"{SOURCE} is not installed; the model that ships stays as it is.")
        return 1
    from antiphon.engines.listening.learned._pack import write_pack

    with TemporaryDirectory() as folder:
        made = Path(folder) / SHIPPED.name
        write_pack(made, *model())
        if "--check" in arguments:
            same = made.read_bytes() == SHIPPED.read_bytes()
            print("the shipped model is this" if same else "other than shipped")
            return 0 if same else 1
        SHIPPED.write_bytes(made.read_bytes())
    print(f"{SHIPPED.name}: {SHIPPED.stat().st_size} bytes")
    return 0


def model() -> tuple[dict, dict, dict]:
    """Head, words and arrays: for each script its letters, its runs of letters, and what each language gives a run."""
    from antiphon.engines.listening._tongues import KIND, SCALE

    head: dict = {"kind": KIND, "version": VERSION, "source": SOURCE, "languages": {}}
    words, arrays = {}, {}
    for script, (languages, ranges) in SCRIPTS.items():
        kept = {language: pruned(within(statistics(language), ranges)) for language in languages}
        runs = sorted({run for each in kept.values() for run in each})
        letters = sorted({run for run in runs if len(run) == 1})
        places = {letter: place for place, letter in enumerate(letters, start=1)}
        spelt = np.zeros((5, len(runs)), dtype=np.uint8)
        values = np.zeros((len(languages), len(runs)), dtype=np.uint8)
        for at, run in enumerate(runs):
            spelt[: len(run), at] = [places[letter] for letter in run]
            for row, language in enumerate(languages):
                if run in kept[language]:
                    values[row, at] = min(max(round(-kept[language][run] * SCALE), 1), 255)
        head["languages"][script] = languages
        words[f"{script}_letters"] = letters
        arrays |= {f"{script}_runs": spelt, f"{script}_values": values}
        print(f"{script}: {len(letters)} letters, {len(runs)} runs, {np.count_nonzero(values)} values", flush=True)
    return head, words, arrays


def statistics(language: str) -> Iterator[Runs]:
    """How likely the last letter of a run is after those before it, for runs of 1, 2, … 5 letters."""
    import brotli

    folder = Path(importlib.util.find_spec("lingua").origin).parent / "language-models" / language
    for order in ORDERS:
        told = json.loads(brotli.decompress((folder / f"{order}.json.br").read_bytes()))["ngrams"]
        found: Runs = {}
        for fraction, runs in told.items():
            above, below = fraction.split("/")
            found |= dict.fromkeys(runs.split(" "), math.log(int(above) / int(below)))
        yield found


def within(orders: Iterator[Runs], ranges: tuple[int, ...]) -> Iterator[Runs]:
    """Only runs of letters of the script."""
    inside = {chr(point) for at in range(0, len(ranges), 2) for point in range(ranges[at], ranges[at + 1] + 1)}
    for found in orders:
        yield {run: value for run, value in found.items() if inside.issuperset(run)}


def pruned(orders: Iterator[Runs]) -> Runs:
    """The runs that say something their shorter endings do not."""
    first = {letter: value for letter, value in next(orders).items() if value >= math.log(RAREST_LETTER)}
    kept, known, together = dict(first), dict(first), dict(first)
    for found in orders:
        found = {run: value for run, value in found.items() if first.keys() >= set(run)}
        together = {run: value + together.get(run[:-1], 0.0) for run, value in found.items()}
        for run, value in found.items():
            if math.exp(together[run]) * abs(value - ending(run, known)) >= WORTH:
                kept[run] = value
        known |= found
    return kept


def ending(run: str, known: Runs) -> float:
    """What the longest shorter ending of a run says of its last letter."""
    for start in range(1, len(run)):
        if run[start:] in known:
            return known[run[start:]]
    return NEVER


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
