"""Fair selection: CPU seconds and smallest chance over its bound, beside sortition-algorithms 0.12.15, in one run.

Instances are read from the folder in ANTIPHON_PANELS (one folder each: respondents.csv, categories.csv; the name
ends in the size), else from ../shared/data/panels; pools of 300, 500 and 750 people are made here. The peer may
take ANTIPHON_PEER_SECONDS a run (60), and is not asked above 1,000 people.
"""

import csv
import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import sortition

ROOT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("ANTIPHON_PANELS", ROOT.parent / "shared" / "data" / "panels"))
PEER_SECONDS = float(os.environ.get("ANTIPHON_PEER_SECONDS", "60"))
MOST_FOR_PEER, MOST_FOR_LEXIMIN, MOST = 1000, 1000, 6000
MADE = ((300, 45), (500, 75), (750, 112))
# One run in a process of its own: (method, pool, quotas, size) to CPU seconds, chances and memory.
PROGRAM = """
import json, sys, time
from pathlib import Path
from antiphon.engines import selection
method, pool, quotas, size = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
wanted = selection.read_quotas(quotas)
people = selection.read_pool(pool, selection.columns_of(wanted, selection.Rules()))
began = time.process_time()
problem = selection.Problem(people, wanted, size)
try:
    found = selection.select(problem, method=method)
except selection.QuotasCannotBeMet:
    why = selection.explain(problem)
    told = {"relaxation": why.relaxations[0].total, "conflict": len(why.conflict)}
    print(json.dumps({"seconds": round(time.process_time() - began, 2), "impossible": told}))
else:
    seconds = time.process_time() - began
    print(json.dumps({"seconds": round(seconds, 2), "smallest_chance": found.smallest_chance, "bound": found.bound,
                      "share": found.smallest_chance / found.bound, "leximin_proven": found.leximin_proven}))
"""


def measure() -> dict:
    """Every instance, by both methods of ours and both back ends of the peer."""
    sortition.install()
    found = {}
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as folder:
        for name, pool, quotas, size, people in [*_stored(Path(folder)), *_made(Path(folder))]:
            found[name] = _one(name, pool, quotas, size, people)
    _summary(found)
    return found


def _one(name: str, pool: Path, quotas: Path, size: int, people: int) -> dict:
    one: dict = {"people": people, "size": size, "maximin": ours("maximin", pool, quotas, size)}
    if "impossible" not in one["maximin"]:
        if people <= MOST_FOR_LEXIMIN:
            one["leximin"] = ours("leximin", pool, quotas, size)
        if people <= MOST_FOR_PEER:
            one |= {end: sortition.maximin(pool, quotas, size, end, PEER_SECONDS) for end in sortition.BACK_ENDS}
    print(f"{name}: {json.dumps(one)}", flush=True)
    return one


def ours(method: str, pool: Path, quotas: Path, size: int) -> dict:
    """One run of the engine in a process of its own, one thread."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PROGRAM, method, str(pool), str(quotas), str(size)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return json.loads(done.stdout) | {"most_megabytes_so_far": round(kilobytes / 1024)}


def _stored(folder: Path) -> list[tuple[str, Path, Path, int, int]]:
    found = []
    for place in sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []:
        pool = next(iter(place.glob("respondents.csv*")), None) if place.is_dir() else None
        if pool is None:
            continue
        plain = folder / f"{place.name}.csv"
        plain.write_bytes(gzip.decompress(pool.read_bytes()) if pool.suffix == ".gz" else pool.read_bytes())
        quotas = folder / f"{place.name}-quotas.csv"
        _plain_quotas(place / "categories.csv", quotas)
        people = len(plain.read_text(encoding="utf-8").splitlines()) - 1
        if people <= MOST:
            found.append((place.name, plain, quotas, int(place.name.rsplit("_", 1)[1]), people))
    return sorted(found, key=lambda one: one[4])


def _plain_quotas(source: Path, goal: Path) -> None:
    """The headings that both read."""
    with source.open(newline="", encoding="utf-8") as file:
        rows = [[row["category"], row["feature"], row["min"], row["max"]] for row in csv.DictReader(file)]
    _write(goal, ["feature", "value", "min", "max"], rows)


def _made(folder: Path) -> list[tuple[str, Path, Path, int, int]]:
    """Pools of four attributes with people alike, as a small panel's pool grown large; quotas hold by design."""
    draw = random.Random(1)
    values = {"sex": ("a", "b", "c"), "age": tuple("abcdef"), "place": tuple("abcdefgh"), "school": tuple("abcd")}
    kinds = [[draw.choices(held, range(len(held), 0, -1))[0] for held in values.values()] for _ in range(150)]
    found = []
    for people, size in MADE:
        rows = [[f"p{i}", *draw.choice(kinds)] for i in range(people)]
        quotas = []
        for column, (feature, held) in enumerate(values.items(), start=1):
            for value in held:
                count = sum(row[column] == value for row in rows[:size])
                quotas.append([feature, value, max(0, count - 1), count + 1])
        pool, wanted = folder / f"made-{people}.csv", folder / f"made-{people}-quotas.csv"
        _write(pool, ["id", *values], rows)
        _write(wanted, ["feature", "value", "min", "max"], quotas)
        found.append((f"made-{people}_{size}", pool, wanted, size, people))
    return found


def _write(path: Path, heading: list[str], rows: list[list]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading, *rows])


def _summary(found: dict) -> None:
    """Medians and worst of what the peer finished, and the worst share of the bound."""
    for method, wanted in (("maximin", (25, 3)), ("leximin", (10, 1))):
        ratios = [_ratio(one, method) for one in found.values()]
        known = [ratio for ratio in ratios if ratio is not None]
        if known:
            print(f"{method}: median {statistics.median(known):.0f} x its fastest (target {wanted[0]} x), "
                  f"worst {min(known):.1f} x (target {wanted[1]} x)")  # fmt: skip
    shares = [one["maximin"]["share"] for one in found.values() if "share" in one["maximin"]]
    print(f"smallest chance over its bound: {min(shares):.6f} at worst (target 0.999)")


def _ratio(one: dict, method: str) -> float | None:
    theirs = [one[end]["seconds"] for end in sortition.BACK_ENDS if end in one and one[end]["seconds"]]
    mine = one.get(method, {}).get("seconds")
    return min(theirs) / max(mine, 0.01) if theirs and mine is not None else None
