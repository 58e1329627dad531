"""From one command in an empty folder to the first page, and what the web process weighs."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

TARGET_SECONDS, TARGET_MEGABYTES = 15, 150
LINK = """
import django; django.setup()
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import queries
from antiphon.workspace.answers.models import Answer
answer = Answer.objects.filter(state="GIVEN").first()
print(queries.link_address(Member.objects.filter(workspace=answer.workspace_id).first(), answer.pk))
"""


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
            _reply(_answer_page(folder, environment), port)
            after_reply = _heaviest_web_process(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    print(f"first page after {seconds:.1f} s (target {TARGET_SECONDS} s, environment already installed)")
    print(f"web process {megabytes:.0f} MB resident (target {TARGET_MEGABYTES} MB)")
    print(f"web process {after_reply:.0f} MB after somebody who spoke wrote back")
    return {
        "seconds": round(seconds, 1),
        "web_megabytes": round(megabytes),
        "web_megabytes_after_reply": round(after_reply),
    }


def _first_page(address: str, started: float) -> float:
    while time.monotonic() - started < 120:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - started
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)


def _answer_page(folder: str, environment: dict[str, str]) -> str:
    """The path of an answer's page in the demonstration; nobody can guess it, so the instance is asked."""
    environment = environment | {"ANTIPHON_DATA": folder, "DJANGO_SETTINGS_MODULE": "antiphon.config.settings"}
    done = subprocess.run([sys.executable, "-c", LINK], env=environment, capture_output=True, text=True, check=True)
    return urllib.parse.urlsplit(done.stdout.strip()).path


def _reply(path: str, port: int) -> None:
    """Read the answer and write back, as a browser does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://127.0.0.1:{port}{path}"
    page = browser.open(address, timeout=10).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    words = {"csrfmiddlewaretoken": token, "heard": "PARTLY", "word": "Thank you. Please write to my sister, too."}
    request = urllib.request.Request(f"{address}reply/", urllib.parse.urlencode(words).encode())
    request.add_header("Referer", address)
    answered = browser.open(request, timeout=60)
    assert "thanks=1" in answered.url, answered.url


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
