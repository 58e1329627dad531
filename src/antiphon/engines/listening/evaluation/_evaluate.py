"""Every figure of listening, with what it was measured on."""

import platform
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from antiphon.engines.listening._listen import STEPS
from antiphon.engines.listening._progress import NoProgress, Progress
from antiphon.engines.listening.evaluation._coding import (
    codebook,
    elsewhere,
    readers_of,
    sections,
    sentiment,
    with_curve,
)
from antiphon.engines.listening.evaluation._drawing import search, speed, themes
from antiphon.engines.listening.evaluation._rows import rows_of, targets_of
from antiphon.engines.listening.evaluation._rules import MEASURES
from antiphon.engines.listening.evaluation._sets import COMMENTS, records, reports
from antiphon.engines.listening.learned._reader import Reader

HOW = (
    "Rules and lists were chosen on `dev` and are measured on it; sets that serve evaluation only gave no word. "
    "Models are fitted to `train` alone, thresholds come from folds of it, figures from `dev`. Intervals: 95 %, "
    "people drawn anew 1,000 times. The background had read the words of `dev`, never its labels. Chosen on `dev`: "
    "along how many directions of meaning the reader reads, from which probability on a suggestion may be "
    "pre-accepted, whether words learn from whole comments beside their parts what a sentence model says, what the "
    "rareness of runs of letters and the F1 of the neutral count for, and among how many other words names do not "
    "tell the language."
)
LEARNED = ("codebook", "sections", "sentiment", "sentiment_with_question", "themes", "search", "speed")
TASKS = (*MEASURES, *LEARNED)
# The steps whose versions say by what a task was done; the others are models.
STEP_OF = {
    "personal": "redact",
    "safety": "safety",
    "language": "language",
    "duplicates": "duplicates",
    "sections": "needs",
    "sentiment": "sentiment",
    "sentiment_with_question": "sentiment",
}


def evaluate(
    data: Path,
    *,
    today: date,
    tasks: Sequence[str] = TASKS,
    before: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The figures of each task beside its targets, and all of them as rows; `data` is the folder of the open sets.

    What an evaluation `before` found of other tasks stays, each with the day and the version it was measured with.
    """
    measured = _measures(data)
    told = progress or NoProgress()
    found: dict[str, Any] = dict((before or {}).get("tasks", {}))
    for done, task in enumerate(tasks, start=1):
        by = {"measured_date": today.isoformat(), "version": version_of(task)}
        found[task] = {"targets": targets_of(task), **by, **measured[task]()}
        told.advance(done, len(tasks))
    return {
        "engine": version("antiphon"),
        "python": platform.python_version(),
        "how": HOW,
        "figures": rows_of(found),
        "tasks": {task: found[task] for task in TASKS if task in found},
    }


def version_of(task: str) -> str:
    """By what a task is done."""
    steps = {step.name: step.version for step in STEPS}
    step = STEP_OF.get(task)
    return f"{step} {steps[step]}" if step else f"Antiphon {version('antiphon')}"


def _measures(data: Path) -> dict[str, Callable[[], dict[str, Any]]]:
    return {task: partial(measure, data) for task, measure in MEASURES.items()} | _learned(data)


def _learned(data: Path) -> dict[str, Callable[[], dict[str, Any]]]:
    train, dev = records(data, COMMENTS, "train"), records(data, COMMENTS, "dev")
    readers = cache(lambda: readers_of(train))

    def of_sections(reader: Reader) -> dict[str, Any]:
        return sections(reader, dev) | {"elsewhere": elsewhere(reader, reports(data))}

    def of_feeling(*, with_question: bool) -> dict[str, Any]:
        measure = partial(sentiment, dev=dev, with_question=with_question)
        return with_curve(readers(), measure, ("accuracy", "neutral_f1"))

    return {
        "codebook": lambda: codebook(data),
        "sections": lambda: with_curve(readers(), of_sections, ("micro_f1", "macro_f1")),
        "sentiment": lambda: of_feeling(with_question=False),
        "sentiment_with_question": lambda: of_feeling(with_question=True),
        "themes": lambda: themes(dev, train),
        "search": lambda: search(data),
        "speed": lambda: speed(train),
    }
