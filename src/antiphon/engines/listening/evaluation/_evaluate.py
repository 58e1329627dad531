"""Every figure of the learned part, with what it was measured on."""

import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from antiphon.engines.listening._listen import STEPS
from antiphon.engines.listening._progress import NoProgress, Progress
from antiphon.engines.listening.evaluation._coding import codebook, reader_of, sections, sentiment
from antiphon.engines.listening.evaluation._drawing import search, speed, themes
from antiphon.engines.listening.evaluation._sets import COMMENTS, records

HOW = (
    "Models are fitted to `train` alone, thresholds come from folds of it, figures from `dev`. Intervals: 95 %, "
    "people drawn anew 1,000 times. The background had read the words of `dev`, never its labels. Chosen on `dev`: "
    "what the word list counts beside the reader, and from which probability on a suggestion may be pre-accepted."
)
TARGETS: dict[str, dict[str, float]] = {
    "codebook": {"micro_f1": 0.75, "macro_f1": 0.57},
    "sections": {"micro_f1": 0.82, "macro_f1": 0.72, "precision": 0.90, "coverage": 0.60},
    "sentiment": {"accuracy": 0.84, "neutral_f1": 0.50},
    "sentiment_with_question": {"accuracy": 0.84, "neutral_f1": 0.50},
    "themes": {"v_measure": 0.33, "adjusted_rand": 0.15, "seconds_5000": 10},
    "search": {"mrr_at_10": 0.58, "hit_at_10": 0.72, "p95_ms_100000": 100},
    "speed": {"comments_a_second": 1_000},
}
TASKS = tuple(TARGETS)


def evaluate(data: Path, *, tasks: Sequence[str] = TASKS, progress: Progress | None = None) -> dict[str, Any]:
    """The figures of each task beside its targets; `data` is the folder of the open sets."""
    measured = _measures(data)
    told = progress or NoProgress()
    found: dict[str, Any] = {}
    for done, task in enumerate(tasks, start=1):
        found[task] = {"targets": TARGETS[task], **measured[task]()}
        told.advance(done, len(tasks))
    return {
        "engine": version("antiphon"),
        "steps": {step.name: step.version for step in STEPS},
        "python": platform.python_version(),
        "language": "en",
        "how": HOW,
        "tasks": found,
    }


def _measures(data: Path) -> dict[str, Callable[[], dict[str, Any]]]:
    train, dev = records(data, COMMENTS, "train"), records(data, COMMENTS, "dev")
    kept: list[Any] = []

    def reader() -> Any:
        if not kept:
            kept.append(reader_of(train))
        return kept[0]

    return {
        "codebook": lambda: codebook(data),
        "sections": lambda: sections(reader(), dev),
        "sentiment": lambda: sentiment(reader(), dev, with_question=False),
        "sentiment_with_question": lambda: sentiment(reader(), dev, with_question=True),
        "themes": lambda: themes(dev, train),
        "search": lambda: search(data),
        "speed": lambda: speed(train),
    }
