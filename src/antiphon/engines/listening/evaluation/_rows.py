"""Every figure as one row: of which task, in which language, of how many, what it cost, what was aimed at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a figure stands among what a task found, and what was aimed at; what it cost is told beside it.

    `path` leads to a number, or to a mapping with `value`, `interval` and perhaps `n`; so does `cost`. A cost stays
    below its target, or reaches it where it says `cost_at_least`.
    """

    task: str
    figure: str
    path: str
    target: float | None = None
    language: str = "en"
    cost: str = ""
    cost_target: float | None = None
    cost_at_least: bool = False
    less_is_better: bool = False
    n: str = "n"


AIMS = (
    Aim("personal", "all", "en.all", 0.90, cost="en.precision", cost_target=0.90, cost_at_least=True),
    Aim("personal", "person", "en.person", cost="en.precision", cost_target=0.90, cost_at_least=True),
    Aim("personal", "contact", "en.contact", cost="en.precision", cost_target=0.90, cost_at_least=True),
    Aim("personal", "date", "en.date", cost="en.precision", cost_target=0.90, cost_at_least=True),
    Aim("personal", "place", "en.place", cost="en.precision", cost_target=0.90, cost_at_least=True),
    Aim("personal", "all", "es.all", 0.90, "es", cost="es.precision", cost_target=0.85, cost_at_least=True),
    Aim("personal", "all", "de.all", 0.90, "de", cost="de.precision", cost_target=0.85, cost_at_least=True),
    Aim("personal", "person", "de.person", language="de", cost="de.precision", cost_target=0.85, cost_at_least=True),
    Aim("personal", "names_in_1000", "ordinary.names_in_1000", 10, less_is_better=True, n="ordinary.n"),
    Aim("safety", "unseen", "unseen", 0.95, cost="ordinary", cost_target=0.02),
    Aim("safety", "devices", "devices", 0.98, cost="ordinary_complaints", cost_target=0.01),
    Aim("safety", "mental_health", "mental_health", 0.10, less_is_better=True),
    Aim("language", "sentences", "sentences", 0.985, "*", cost="sentences.wrong_of_told"),
    Aim("language", "sentences", "en", language="en", cost="en.wrong_of_told"),
    Aim("language", "sentences", "de", language="de", cost="de.wrong_of_told"),
    Aim("language", "sentences", "es", language="es", cost="es.wrong_of_told"),
    Aim("language", "word_pairs", "word_pairs", 0.90, "*", cost="word_pairs.wrong_of_told"),
    Aim("duplicates", "same_words", "same_words", 1.0, "*", cost="falsely_merged", cost_target=0),
    Aim("duplicates", "one_slip", "one_slip", 0.95, "*", cost="falsely_merged", cost_target=0),
    Aim("sections", "micro_f1", "micro_f1", 0.82),
    Aim("sections", "macro_f1", "macro_f1", 0.72),
    Aim(
        "sections",
        "precision",
        "pre_accepted.precision",
        0.90,
        cost="pre_accepted.coverage",
        cost_target=0.60,
        cost_at_least=True,
    ),
    Aim("sections", "elsewhere", "elsewhere", less_is_better=True),
    Aim("codebook", "micro_f1", "micro_f1", 0.75),
    Aim("codebook", "macro_f1", "macro_f1", 0.57),
    Aim("sentiment_with_question", "accuracy", "accuracy", 0.84),
    Aim("sentiment_with_question", "neutral_f1", "neutral_f1", 0.50),
    Aim("sentiment", "accuracy", "accuracy", 0.84),
    Aim("sentiment", "neutral_f1", "neutral_f1", 0.50),
    Aim("themes", "v_measure", "v_measure", 0.33),
    Aim("themes", "adjusted_rand", "adjusted_rand", 0.15),
    Aim("search", "hit_at_10", "dev.hit_at_10", 0.72, n="dev.n"),
    Aim("search", "mrr_at_10", "dev.mrr_at_10", 0.58, n="dev.n"),
    Aim("search", "milliseconds", "p95_ms_100000", 100, less_is_better=True, n="dev.n"),
    Aim("speed", "comments_a_second", "comments_a_second", 1_000),
)


def rows_of(tasks: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every figure that these tasks found, in the order in which they are told."""
    return [_row(aim, tasks[aim.task]) for aim in AIMS if aim.task in tasks]


def targets_of(task: str) -> dict[str, float]:
    """What was aimed at in a task, by the place of the figure."""
    return {aim.path: aim.target for aim in AIMS if aim.task == task and aim.target is not None}


def _row(aim: Aim, found: Mapping[str, Any]) -> dict[str, Any]:
    figure = _at(found, aim.path)
    told = figure if isinstance(figure, Mapping) else {"value": figure}
    low, high = told.get("interval") or (None, None)
    cost = _at(found, aim.cost) if aim.cost else None
    return {
        "task": aim.task,
        "figure": aim.figure,
        "language": aim.language,
        "n": told["n"] if "n" in told else _at(found, aim.n),
        "value": told["value"],
        "low": low,
        "high": high,
        "target": aim.target,
        "less_is_better": aim.less_is_better,
        "cost": cost["value"] if isinstance(cost, Mapping) else cost,
        "cost_target": aim.cost_target,
        "cost_at_least": aim.cost_at_least,
        "curve": [(step["examples"], step[aim.path]) for step in found.get("learning_curve", ()) if aim.path in step],
        "measured_date": found["measured_date"],
        "version": found["version"],
    }


def _at(found: Any, path: str) -> Any:
    for name in _names(path):
        found = found[name]
    return found


def _names(path: str) -> Iterator[str]:
    return iter(path.split("."))
