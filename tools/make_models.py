"""Makes the models that ship, byte for byte, from the data they were learned from.

make models
.venv/bin/python tools/make_models.py --check    says whether the shipped ones are those that the data makes

Numpy's library sums in another order on other processors, and where the surroundings tell it to, and the last bits
differ. So it is told which order to take, whatever they say; that needs a processor with AVX-512.
"""

import csv
import os
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
MODELS = ROOT / "src" / "antiphon" / "engines" / "listening" / "models"
# What the demonstration is made of is not learned from: there, too, suggestions are about words not seen before.
DEMONSTRATION = ROOT / "src" / "antiphon" / "interfaces" / "demonstration" / "comments.csv"
NAMES = ("background.model", "reader.model", "topics.model")
# Raised when what a model says changes; the version of the reader stands with the step that it belongs to.
BACKGROUND_VERSION = TOPICS_VERSION = "2"
# Fewer answers than this say too little of the words in them.
LEAST_IN_DRAWER = 15
# The order in which numpy's library sums is that of these processors.
ORDER, NEEDED = "SkylakeX", "avx512f"
PROCESSOR = Path("/proc/cpuinfo")


def main(arguments: list[str]) -> int:
    """Make all models; where the data is absent, say so and leave what ships."""
    if not DATA.is_dir():
        print(f"The data is not at {DATA}; the models that ship stay as they are.")
        return 1
    _fix_order()
    with TemporaryDirectory() as folder:
        made = Path(folder)
        make(made)
        if "--check" in arguments:
            different = [name for name in NAMES if (made / name).read_bytes() != (MODELS / name).read_bytes()]
            print(f"other than shipped: {', '.join(different)}" if different else "the shipped models are these")
            return 1 if different else 0
        for name in NAMES:
            (MODELS / name).write_bytes((made / name).read_bytes())
            print(f"{name}: {(MODELS / name).stat().st_size} bytes")
    return 0


def _fix_order() -> None:
    """Before numpy is loaded, say in which order it sums."""
    if PROCESSOR.exists() and NEEDED in PROCESSOR.read_text():
        os.environ["OPENBLAS_CORETYPE"] = ORDER
        os.environ.pop("OPENBLAS_NUM_THREADS", None)
    else:
        print(f"This processor lacks {NEEDED}: the last bits will be others than those that ship.")


def make(folder: Path) -> None:
    """Learn them in one thread, so that sums come out the same on every run."""
    from sentences import SentenceModel
    from threadpoolctl import threadpool_limits

    from antiphon.engines.listening._needs import READER_VERSION
    from antiphon.engines.listening.evaluation._sets import COMMENTS, SURVEY, answers_of, records, topic_truth
    from antiphon.engines.listening.learned._background import KIND, read_background
    from antiphon.engines.listening.learned._learn_background import learn_background
    from antiphon.engines.listening.learned._pack import Pack, write_pack
    from antiphon.engines.listening.teaching import learn_reader
    from antiphon.engines.listening.themes._topics import learn_topics

    said, sorted_ = _unseen(records(DATA, COMMENTS, "train", "dev")), _unseen(records(DATA, SURVEY, "train", "dev"))
    with threadpool_limits(1):
        texts = [record["text"] for record in sorted_]
        learned = learn_background(
            [record["text"] for record in said], texts, drawers(sorted_), SentenceModel().places, BACKGROUND_VERSION
        )
        write_pack(folder / NAMES[0], learned.head, learned.words, learned.arrays)
        with (folder / NAMES[0]).open("rb") as file:
            ground = read_background(Pack(file, KIND))
        learned, _ = learn_reader(answers_of(said), ground, READER_VERSION)
        write_pack(folder / NAMES[1], learned.head, learned.words, learned.arrays)
        learned = learn_topics([record["text"] for record in said], *topic_truth(said), ground, TOPICS_VERSION)
        write_pack(folder / NAMES[2], learned.head, learned.words, learned.arrays)


def _unseen(found: list[dict]) -> list[dict]:
    with DEMONSTRATION.open(encoding="utf-8", newline="") as file:
        shown = {row["comment"] for row in csv.DictReader(file)}
    return [record for record in found if record["text"] not in shown]


def drawers(sorted_: list[dict]):
    """What readers of one survey put each answer under, and how glad or critical it was."""
    import numpy as np

    often = Counter(record["code"] for record in sorted_)
    codes = sorted(code for code, count in often.items() if count >= LEAST_IN_DRAWER)
    rows = [[record["code"] == code for code in codes] + [(record["criticality"] or 0) / 3] for record in sorted_]
    return np.array(rows, dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
