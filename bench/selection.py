"""Fair selection: CPU seconds and smallest chance over its bound, beside sortition-algorithms 0.12.15, in one run.

Instances are read from the folders in ANTIPHON_PANELS (one folder each: respondents.csv, categories.csv; the name
ends in the size), else from ../shared/data; pools of 300, 500 and 750 people are made here. Ours is measured anew in
every run. The peer may take ANTIPHON_PEER_SECONDS of CPU a run (60), and is not asked above 1,000 people; what it
took is kept in build/selection-peer.json and not measured again: delete it to start anew. After ANTIPHON_BENCH_SECONDS
(3600) the peer begins nothing new. ANTIPHON_SELECTION=quick leaves out LEXIMIN where it takes minutes.
"""

import csv
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import sortition

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
FOLDERS = os.environ.get("ANTIPHON_PANELS", f"{SHARED / 'panels'}{os.pathsep}{SHARED / 'sortition'}").split(os.pathsep)
PEER_SECONDS = float(os.environ.get("ANTIPHON_PEER_SECONDS", "60"))
BENCH_SECONDS = float(os.environ.get("ANTIPHON_BENCH_SECONDS", "3600"))
QUICK = os.environ.get("ANTIPHON_SELECTION") == "quick"
KEPT = ROOT / "build" / "selection-peer.json"
OUR_SECONDS, MOST_FOR_PEER = 600, 1000
# LEXIMIN takes minutes here, and is left out of the quick run.
LONG = {"patient-advisory_20", "patient-alliance_40", "patient-manyattr_40"}
# The method and the CPU seconds it may take.
LIMITS = {
    "made-300_45": ("leximin", 0.5),
    "made-500_75": ("leximin", 0.5),
    "made-750_112": ("leximin", 0.5),
    "patient-manyattr_40": ("maximin", 20),
    "patient-register_60": ("maximin", 20),
    "patient-national_100": ("maximin", 150),
    "civic-sfe_110": ("maximin", 120),
    "patient-mega_150": ("maximin", 600),
}
MEGABYTES = 600
MADE = ((300, 45), (500, 75), (750, 112))
# One run in a process of its own: (method, pool, quotas, size) to CPU seconds, chances and memory.
PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from antiphon.engines import selection
method, pool, quotas, size = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
limit, constraints = float(sys.argv[5]), sys.argv[6]
wanted = selection.read_quotas(quotas)
rules = selection.read_rules(Path(constraints)) if constraints else selection.Rules()
people = selection.read_pool(pool, selection.columns_of(wanted, rules))
began = time.process_time()
problem = selection.Problem(people, wanted, size, rules)
try:
    found = selection.select(problem, method=method, expired=lambda: time.process_time() - began > limit)
except selection.QuotasCannotBeMet:
    why = selection.explain(problem)
    told = {"relaxation": why.relaxations[0].total, "conflict": len(why.conflict)}
    print(json.dumps({"seconds": round(time.process_time() - began, 3), "impossible": told}))
else:
    seconds = time.process_time() - began
    told = {"seconds": round(seconds, 3), "smallest_chance": found.smallest_chance, "bound": found.bound,
            "share": found.smallest_chance / found.bound, "status": found.status,
            "leximin_proven": found.leximin_proven, "leximin_gap": found.leximin_gap,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    if method == "leximin" and seconds < 5:
        told["tickets_lost"] = selection.select(problem, tickets=1000).tickets.loss * 1000
    print(json.dumps(told))
"""


def measure() -> dict:
    """Every instance: both methods of ours, then both back ends of the peer, its fastest first."""
    sortition.install()
    began = time.monotonic()
    found = {}
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as folder:
        every = sorted([*_made(Path(folder)), *_stored(Path(folder))], key=lambda instance: instance[4])
        for name, *files, people in every:
            found[name] = _one(people, *files, leximin=not (QUICK and name in LONG))
            print(f"{name}: {json.dumps(found[name])}", flush=True)
        for end in sortition.BACK_ENDS:
            for name, *files, people in every:
                if "share" in found[name]["maximin"] and people <= MOST_FOR_PEER:
                    found[name][end] = _peer(name, end, files, late=time.monotonic() - began > BENCH_SECONDS)
                    print(f"{name}, {end}: {json.dumps(found[name][end])}", flush=True)
    _summary(found)
    return found


def _one(people: int, pool: Path, quotas: Path, size: int, leximin: bool = True) -> dict:
    one: dict = {"people": people, "size": size, "maximin": ours("maximin", pool, quotas, size)}
    if leximin and "impossible" not in one["maximin"]:
        one["leximin"] = ours("leximin", pool, quotas, size)
    return one


def _peer(name: str, end: str, files: list, late: bool) -> dict:
    """What the peer took, from an earlier run if there was one."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if end not in kept.get(name, {}):
        if late:
            return {"seconds": None, "smallest_chance": None, "why": "not asked, for want of time"}
        kept.setdefault(name, {})[end] = sortition.maximin(*files, end, PEER_SECONDS)
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(kept, indent=1))
    return kept[name][end]


def ours(method: str, pool: Path, quotas: Path, size: int) -> dict:
    """One run of the engine in a process of its own, one thread."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PROGRAM, method, str(pool), str(quotas), str(size), str(OUR_SECONDS)]
    rules = pool.with_suffix(".rules.json")
    command.append(str(rules) if rules.exists() else "")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _stored(folder: Path) -> list[tuple[str, Path, Path, int, int]]:
    found = []
    for pool in sorted(pool for name in FOLDERS for pool in Path(name).glob("*/respondents.csv*")):
        place = pool.parent
        plain = folder / f"{place.name}.csv"
        plain.write_text(_with_ids(gzip.decompress(pool.read_bytes()) if pool.suffix == ".gz" else pool.read_bytes()))
        quotas = folder / f"{place.name}-quotas.csv"
        _plain_quotas(place / "categories.csv", quotas)
        extra = place / "extra.json"
        if place.name.startswith("infeasible") and json.loads(extra.read_text())["households"]:
            # What makes it impossible stands beside the quotas.
            plain.with_suffix(".rules.json").write_text('{"household_max": 1}')
        people = len(plain.read_text(encoding="utf-8").splitlines()) - 1
        found.append((place.name, plain, quotas, int(place.name.rsplit("_", 1)[1]), people))
    return found


def _with_ids(content: bytes) -> str:
    """The pool with an id in front of each row, where it has none."""
    text = content.decode("utf-8")
    if text.startswith("id,"):
        return text
    heading, *rows = text.splitlines()
    return "\n".join([f"id,{heading}", *(f"p{i},{row}" for i, row in enumerate(rows))]) + "\n"


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
    """Medians and worst of what the peer finished, and every target with what was measured."""
    possible = {name: one for name, one in found.items() if "share" in one["maximin"]}
    for method, ends, wanted in (
        ("maximin", ("cbc", "highs"), (25, 3)),
        ("maximin", ("highs",), (10, 10)),
        ("leximin", ("cbc", "highs"), (10, 1)),
    ):
        ratios = {name: ratio for name, one in possible.items() if (ratio := _ratio(one, method, ends)) is not None}
        if ratios:
            worst = min(ratios, key=lambda name: ratios[name])
            middle = statistics.median(ratios.values())
            _tell(middle >= wanted[0], f"{method} against {' or '.join(ends)}: median {middle:.0f} x of {len(ratios)}")
            _tell(ratios[worst] >= wanted[1], f"  worst {ratios[worst]:.1f} x (target {wanted[1]} x), {worst}")
            print(f"          {', '.join(f'{name} {ratio:.1f}' for name, ratio in ratios.items())}")
    unfinished = [f"{name} ({end}: {one[end]['why']})" for name, one in possible.items() for end in sortition.BACK_ENDS
                  if end in one and not one[end]["seconds"]]  # fmt: skip
    print(f"        not finished by the peer: {', '.join(unfinished) or 'none'}")
    for name, one in possible.items():
        wanted = 0.999 if one["people"] <= 5000 else 0.99 if one["people"] <= 20_000 else 0.95
        best = max(one[method]["share"] for method in ("maximin", "leximin") if method in one)
        _tell(best >= wanted, f"{name}: {best:.6f} of the bound (target {wanted})")
        if "tickets_lost" in one.get("leximin", {}):
            lost = one["leximin"]["tickets_lost"]
            _tell(lost <= 1 + 1e-6, f"{name}: {lost:.2f} of 1,000 tickets lost (target 1)")
        if name in LIMITS:
            method, limit = LIMITS[name]
            run = one[method]
            _tell(run["seconds"] <= limit, f"{name}: {method} in {run['seconds']} s (target {limit} s)")
            _tell(run["megabytes"] <= MEGABYTES, f"{name}: {run['megabytes']} MB (target {MEGABYTES})")


def _tell(met: bool, words: str) -> None:
    print(f"{'met    ' if met else 'NOT MET'} {words}")


def _ratio(one: dict, method: str, ends: tuple[str, ...]) -> float | None:
    if method not in one:
        return None
    theirs = [one[end]["seconds"] for end in ends if end in one and one[end]["seconds"]]
    return min(theirs) / max(one[method]["seconds"], 0.001) if theirs else None
