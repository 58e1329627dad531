"""The same comments by processes, by Daft on this machine and by a Ray cluster of two local nodes: the same bytes.

In each run one worker is killed by its process id. Only run when it is asked for: `python -m bench cluster`.
ANTIPHON_ROWS says how many comments (1,000,000), repeated from the real ones; a part of
them tells one worker from two.
"""

import hashlib
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from bench import ray_nodes
from bench.intake import texts
from bench.listening import DATA

ROWS = int(os.environ.get("ANTIPHON_ROWS", "1000000"))
# Fewer would be gone before the workers have loaded their models.
PART = min(ROWS, max(20_000, ROWS // 10))
LARGE, DAY = 100_000_000, 86_400
# How the workers of each runner are called.
WORKERS = {"processes": "forkserver", "daft": "udf_worker", "ray": "ray::UDFActor"}


def measure() -> dict:
    """Rows a second by each runner with two workers and with one, what was lost, and what a large file would need."""
    ray_nodes.install()
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as name:
        folder = Path(name)
        source, part = folder / "comments.jsonl", folder / "part.jsonl"
        _write(source, ROWS)
        _write(part, PART)
        killed = {runner: _run(folder, source, runner, 2, kill=True) for runner in WORKERS}
        alone = {runner: _run(folder, part, runner, 1) for runner in WORKERS}
        both = {runner: _run(folder, part, runner, 2) for runner in WORKERS}
    for runner, run in killed.items():
        print(
            f"{runner}, 2 workers, {ROWS} rows, {run['killed']} killed: {run['rows_a_second']} rows/s, {run['sha256']}"
        )
    for runner in WORKERS:
        one, two = alone[runner]["rows_a_second"], both[runner]["rows_a_second"]
        print(f"{runner}, {PART} rows: {one} rows/s by 1 worker, {two} by 2: {two / one:.2f} x")
    same = len({run["sha256"] for run in killed.values()}) == 1
    large = _large(alone, killed["processes"])
    print(f"the same bytes by all: {same}")
    print(f"100 million rows: {large}")
    return {"rows": ROWS, "part": PART, "same": same, "killed": killed, "one": alone, "two": both, "large": large}


def _comments() -> list[dict[str, str]]:
    """Real comments, with what was asked where it is known."""
    found = [
        {"text": row["text"], "question": row.get("question", "")}
        for path in sorted(DATA.glob("nhs_fft_*/*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if row.get("text")
    ]
    return found or [{"text": text, "question": ""} for text in texts()]


def _write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(islice(cycle(_comments()), count)):
            file.write(json.dumps({"id": str(number), **row}) + "\n")


def _run(folder: Path, source: Path, runner: str, workers: int, *, kill: bool = False) -> dict:
    out = folder / "heard.jsonl"
    command = [str(ray_nodes.HOME / "bin" / "antiphon"), "listen", str(source), "--text-column", "text"]
    command += ["--id-column", "id", "--runner", runner, "--jobs", str(workers), "--out", str(out)]
    with ExitStack() as stack:
        own, hosts = ray_nodes.environment(), []
        if runner == "ray":
            address, own, hosts = stack.enter_context(ray_nodes.nodes(workers))
            command += ["--cluster", address]
        began = time.monotonic()
        with subprocess.Popen(command, env=own, stderr=subprocess.PIPE, text=True) as run:
            killed = _kill_one(run, hosts or [run.pid], WORKERS[runner], out) if kill else 0
            told = run.stderr.read() if run.stderr else ""
            _, status, used = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
    if run.returncode:
        raise RuntimeError(f"{runner} ended with {run.returncode}: {told[-2000:]}")
    with out.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with source.open("rb") as file:
        rows = sum(1 for _ in file)
    return {
        "rows_a_second": round(rows / seconds),
        "seconds": round(seconds, 1),
        "killed": killed,
        "told": [line.strip() for line in told.splitlines() if "Workers lost" in line],
        "memory_mib": used.ru_maxrss // 1024,
        "sha256": sha256,
        # Of the process that reads and writes alone, on the cores of workers nothing of this is spent.
        "writer_ms_a_row": round(1000 * (used.ru_utime + used.ru_stime) / rows, 4),
    }


def _kill_one(run: subprocess.Popen, hosts: list[int], word: str, out: Path) -> int:
    """Kill one worker once it has done something; how many were killed."""

    def found() -> list[int]:
        return [pid for host in hosts for pid in ray_nodes.descendants(host, word)]

    _wait(run, lambda: bool(found()) and _is_at_work(out, word))
    workers = found()
    if run.poll() is not None or not workers:
        return 0
    # The youngest: the eldest of a fork server is the one that makes the others.
    os.kill(workers[-1], signal.SIGKILL)
    return 1


def _is_at_work(out: Path, word: str) -> bool:
    """Processes write as they go; of a wave nothing is seen before its end."""
    part = out.with_name(out.name + ".part")
    if word == WORKERS["processes"]:
        return part.exists() and part.stat().st_size > 0
    time.sleep(4)
    return True


def _wait(run: subprocess.Popen, is_so: Callable[[], bool]) -> None:
    while run.poll() is None and not is_so():
        time.sleep(0.2)


def _large(alone: dict, written: dict) -> str:
    """What a hundred million rows would need, from what one worker and the one that writes were seen to do."""
    rate = alone["ray"]["rows_a_second"]
    hours = LARGE * written["writer_ms_a_row"] / 1000 / 3600
    return (
        f"{LARGE / rate / 3600:.0f} hours of one worker, {LARGE / rate / DAY:.1f} workers to be done in a day; "
        f"the one that reads and writes needs {hours:.1f} hours, whatever the cluster"
    )
