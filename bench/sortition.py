"""The peer for selection: sortition-algorithms 0.12.15 (GPL-3), in an environment of its own, only ever run."""

import json
import signal
import subprocess
import sys
from pathlib import Path

PEER = ("sortition-algorithms==0.12.15", "highspy==1.15.1", "mip<2")
ROOT = Path(__file__).parent.parent
HOME = ROOT / "build" / "peers" / "sortition"
BACK_ENDS = {"cbc": "mip", "highs": "highspy"}
# How the system ends a process whose CPU seconds are used up.
KILLED = (-signal.SIGXCPU, -signal.SIGKILL)
# Run by the peer's own interpreter: it reads the files, asks for maximin and says what came of it.
PROGRAM = """
import csv, json, resource, sys, time
from collections import Counter
import sortition_algorithms as peer
from sortition_algorithms.committee_generation import find_distribution_maximin
pool, quotas, size, back_end = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[5]) + 5, int(sys.argv[5]) + 5))
with open(quotas, newline="") as file:
    rows = list(csv.DictReader(file))
head = ["feature", "value", "min", "max"]
features, *_ = peer.read_in_features(head, rows)
with open(pool, newline="") as file:
    people_rows = list(csv.DictReader(file))
settings = peer.Settings(id_column="id", columns_to_keep=[])
people, _ = peer.read_in_people(list(people_rows[0]), people_rows, features, settings)
began = time.process_time()
committees, weights, _ = find_distribution_maximin(features, people, size, [], back_end)
seconds = time.process_time() - began
chance = Counter()
for committee, weight in zip(committees, weights):
    for name in committee:
        chance[name] += weight
smallest = min(chance[row["id"]] for row in people_rows)
print(json.dumps({"seconds": round(seconds, 2), "smallest_chance": smallest}))
"""


def install() -> None:
    """Make the peer's environment, once."""
    if not (HOME / "bin" / "python").exists():
        uv = str(ROOT / ".venv" / "bin" / "uv")
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(HOME)], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", str(HOME / "bin" / "python"), *PEER], check=True)


def maximin(pool: Path, quotas: Path, size: int, back_end: str, limit: float) -> dict:
    """CPU seconds of the peer's maximin and its smallest chance; or why there are none."""
    program = [str(HOME / "bin" / "python"), "-c", PROGRAM]
    command = [*program, str(pool), str(quotas), str(size), BACK_ENDS[back_end], f"{limit:.0f}"]
    one = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=one, capture_output=True, text=True, check=False)
    if done.returncode in KILLED:
        return {"seconds": None, "smallest_chance": None, "why": f"more than {limit:.0f} s"}
    if done.returncode:
        return {"seconds": None, "smallest_chance": None, "why": done.stderr.strip().splitlines()[-1][:200]}
    return json.loads(done.stdout.splitlines()[-1])
