"""From one command in an empty folder to the first page, and what the web process weighs."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

TARGET_SECONDS, TARGET_MEGABYTES = 15, 150


def measure() -> dict:
    """Seconds to the first page of the demonstration; resident megabytes of the web process after it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as folder:
        command = [sys.executable, "-m", "antiphon", "up", "--data", folder, "--port", str(port), "--no-browser"]
        started = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            seconds = _first_page(f"http://127.0.0.1:{port}/", started)
            megabytes = _heaviest_web_process(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    print(f"first page after {seconds:.1f} s (target {TARGET_SECONDS} s, environment already installed)")
    print(f"web process {megabytes:.0f} MB resident (target {TARGET_MEGABYTES} MB)")
    return {"seconds": round(seconds, 1), "web_megabytes": round(megabytes)}


def _first_page(address: str, started: float) -> float:
    while time.monotonic() - started < 120:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - started
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)


def _heaviest_web_process(parent: int) -> float:
    """The web workers are children of the command; the task process is told apart by its name."""
    weights = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text, command = status.read_text(), (status.parent / "cmdline").read_text()
        except OSError:
            continue
        fields = dict(re.findall(r"^(PPid|VmRSS):\s+(\d+)", text, flags=re.MULTILINE))
        if fields.get("PPid") == str(parent) and "qcluster" not in command:
            weights.append(int(fields.get("VmRSS", 0)) / 1024)
    return max(weights)
