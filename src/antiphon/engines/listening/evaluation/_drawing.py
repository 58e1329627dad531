"""Measuring themes and search, and how fast the whole pipeline is."""

import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from antiphon.engines.listening._listen import listen
from antiphon.engines.listening._values import Passage
from antiphon.engines.listening.evaluation._sets import COMMENTS, QUESTIONS, Record, records, topic_truth
from antiphon.engines.listening.finding import build_index
from antiphon.engines.listening.learned._background import background
from antiphon.engines.listening.learned._figures import interval
from antiphon.engines.listening.learned._grams import Ints
from antiphon.engines.listening.learned._pack import Pack, write_pack
from antiphon.engines.listening.running._runner import on_one_thread
from antiphon.engines.listening.themes import themes_of
from antiphon.engines.listening.themes._topics import Topics, learn_topics, read_topics

THEMES = 12
MANY = 5_000
MANY_TEXTS = 100_000
DIGITS = 3
Figure = dict[str, Any]


def themes(dev: Sequence[Record], train: Sequence[Record]) -> Figure:
    """Comments with one code of the twelve most frequent, drawn into themes without their codes."""
    often = Counter(code for record in dev for code in record["labels_v7_approx"])
    top = [code for code, _ in often.most_common(THEMES)]
    single = [record for record in dev if len(record["labels_v7_approx"]) == 1]
    chosen = [record for record in single if record["labels_v7_approx"][0] in top]
    truth = np.array([top.index(record["labels_v7_approx"][0]) for record in chosen])
    known = topics_of(train)
    drawn = themes_of([Passage(str(at), record["text"]) for at, record in enumerate(chosen)], known=known)
    found = np.full(len(chosen), -1)
    for theme in drawn.themes:
        found[[int(member) for member in theme.members]] = theme.number
    v, ari = agreement(truth, found)
    many = [record["text"] for record in [*train, *dev]]
    passages = [Passage(str(at), text) for at, text in enumerate(islice(cycle(many), MANY))]
    started = time.process_time()
    themes_of(passages)
    return {
        "n": len(chosen),
        "v_measure": round(v, DIGITS),
        "adjusted_rand": round(ari, DIGITS),
        "themes": len(drawn.themes),
        "stability": drawn.stability,
        f"seconds_{MANY}": round(time.process_time() - started, 1),
        "same_result_twice": themes_of(passages[:500]) == themes_of(passages[:500]),
    }


def topics_of(train: Sequence[Record]) -> Topics:
    """The known topics as they ship, but learned from these comments alone."""
    learned = learn_topics([record["text"] for record in train], *topic_truth(train), background(), "evaluation")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "topics.model"
        write_pack(path, learned.head, learned.words, learned.arrays)
        return read_topics(Pack(path, "topics"))


def agreement(truth: Ints, found: Ints) -> tuple[float, float]:
    """V-measure and adjusted Rand index of two ways to group the same rows."""
    table = np.zeros((int(truth.max()) + 1, int(found.max()) + 2))
    np.add.at(table, (truth, found + 1), 1)
    table = table[:, table.sum(axis=0) > 0]
    n, rows, columns = table.sum(), table.sum(axis=1), table.sum(axis=0)

    def entropy(sizes: Any) -> float:
        part = sizes[sizes > 0] / n
        return float(-(part * np.log(part)).sum())

    mutual = entropy(rows) + entropy(columns) - entropy(table.ravel())
    both = entropy(rows) + entropy(columns)
    pairs = [float((sizes * (sizes - 1) / 2).sum()) for sizes in (table, rows, columns)]
    chance = pairs[1] * pairs[2] / (n * (n - 1) / 2)
    middle = (pairs[1] + pairs[2]) / 2
    return (2 * mutual / both if both else 1.0), ((pairs[0] - chance) / (middle - chance) if middle != chance else 1.0)


def search(data: Path) -> Figure:
    """A question's own title finds it; and how long a search in many texts takes."""
    found = {part: _ranks(records(data, QUESTIONS, part)) for part in ("dev", "train")}
    comments = [record["text"] for record in records(data, COMMENTS, "train", "dev")]
    questions = records(data, QUESTIONS, "dev")
    pool = [f"{one} {other}" for one, other in pairwise(comments)]
    pool += [f"{record['text']} {comment}" for record, comment in zip(cycle(questions), comments, strict=False)]
    index = build_index(Passage(str(at), text) for at, text in enumerate(islice(cycle(pool), MANY_TEXTS)))
    took = []
    for record in questions:
        started = time.process_time()
        index.find(record["title"])
        took.append(time.process_time() - started)
    return {part: _rank_figures(ranks) for part, ranks in found.items()} | {
        f"p95_ms_{MANY_TEXTS}": round(float(np.quantile(took, 0.95)) * 1_000, 1)
    }


def _ranks(questions: Sequence[Record]) -> Ints:
    index = build_index(Passage(record["id"], record["text"]) for record in questions)
    ranks = []
    for record in questions:
        ids = [finding.id for finding in index.find(record["title"])]
        ranks.append(ids.index(record["id"]) + 1 if record["id"] in ids else 0)
    return np.array(ranks)


def _rank_figures(ranks: Ints) -> Figure:
    reciprocal = np.where(ranks > 0, 1 / np.maximum(ranks, 1), 0)
    people = [str(at) for at in range(len(ranks))]
    return {
        "n": len(ranks),
        "mrr_at_10": _mean(reciprocal, people),
        "hit_at_10": _mean((ranks > 0) * 1.0, people),
    }


def _mean(values: Any, groups: Sequence[str]) -> Figure:
    return {
        "value": round(float(values.mean()), DIGITS),
        "interval": interval(groups, lambda rows: float(values[rows].mean())),
    }


def speed(train: Sequence[Record]) -> Figure:
    """The whole of `listen` on real comments, one process, one thread as for files; seconds of the processor."""
    passages = [Passage(str(at), record["text"], record["question"]) for at, record in enumerate(train)]
    with on_one_thread():
        listen(passages[:200])
        started = time.process_time()
        listen(passages)
        spent = time.process_time() - started
    return {"n": len(passages), "comments_a_second": round(len(passages) / spent)}
