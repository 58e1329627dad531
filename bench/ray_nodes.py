"""A Ray cluster of local nodes, in an environment of its own: started, watched and stopped by process id."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.servers import free_port

ROOT = Path(__file__).parent.parent
HOME = ROOT / "build" / "peers" / "cluster"
LISTS = ("requirements.txt", "requirements-cluster.txt")
STORE_BYTES = 400_000_000


def install() -> None:
    """Make an environment with Antiphon and the extra, once for each state of the lists."""
    wanted = "".join((ROOT / name).read_text() for name in LISTS)
    kept = HOME / "lists"
    if kept.exists() and kept.read_text() == wanted:
        return
    uv = str(ROOT / ".venv" / "bin" / "uv")
    pip = [uv, "pip", "install", "-q", "--python", str(HOME / "bin" / "python")]
    lists = [word for name in LISTS for word in ("-r", str(ROOT / name))]
    shutil.rmtree(HOME, ignore_errors=True)
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(HOME)], check=True)
    subprocess.run([*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", *lists], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    kept.write_text(wanted)


def environment(token: Path | None = None) -> dict[str, str]:
    """What a node and the command are given: nothing is told to anybody, a token proves who belongs."""
    own = {
        "PATH": f"{HOME / 'bin'}:/usr/bin:/bin",
        "HOME": os.environ.get("HOME", "/"),
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    if token is None:
        return own
    return own | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token)}


@contextmanager
def nodes(count: int) -> Iterator[tuple[str, dict[str, str], list[int]]]:
    """Address, environment and process ids of a cluster of `count` nodes with one core each."""
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        token = folder / "token"
        token.touch(0o600)
        token.write_text(secrets.token_hex(32))
        address = f"127.0.0.1:{free_port()}"
        head = ["--head", f"--port={address.split(':')[1]}", "--include-dashboard=false", f"--temp-dir={folder / 'r'}"]
        started: list[subprocess.Popen] = []
        try:
            for number in range(count):
                chosen = [f"--address={address}"] if number else head
                started.append(_node(chosen, environment(token), folder / f"log{number}"))
            yield address, environment(token), [each.pid for each in started]
        finally:
            for each in reversed(started):
                each.send_signal(signal.SIGTERM)
                each.wait(60)


def _node(chosen: list[str], own: dict[str, str], log: Path) -> subprocess.Popen:
    fixed = ["--block", "--num-cpus=1", f"--object-store-memory={STORE_BYTES}", "--disable-usage-stats"]
    with log.open("wb") as file:
        node = subprocess.Popen(
            [str(HOME / "bin" / "ray"), "start", *chosen, *fixed], env=own, stdout=file, stderr=subprocess.STDOUT
        )
    ended_by = time.monotonic() + 120
    while b"block forever" not in log.read_bytes():
        if node.poll() is not None or time.monotonic() > ended_by:
            raise RuntimeError(f"the node did not start: {log.read_text()[-2000:]}")
        time.sleep(0.2)
    return node


def descendants(of: int, word: str) -> list[int]:
    """Processes that this one started, at any remove, whose command holds a word."""
    parents = {pid: _parent(pid) for pid in map(int, filter(str.isdigit, os.listdir("/proc")))}
    found = {of}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(pid for pid in found - {of} if word in _command(pid))


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
