"""A running Antiphon with its demonstration, and Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
WIDTHS = {"wide": (1280, 900), "phone": (360, 740)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def antiphon(tmp_path_factory):
    """The product as a person starts it: one command, an empty folder."""
    data, port = tmp_path_factory.mktemp("antiphon"), free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    command = [
        sys.executable,
        "-m",
        "antiphon",
        "up",
        "--data",
        str(data),
        "--port",
        str(port),
        "--no-browser",
    ]
    with (data / "log.txt").open("w") as log:
        process = subprocess.Popen(command, env=inherited, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, data / "log.txt")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Antiphon did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": os.environ.get("ANTIPHON_CHROMIUM", "/usr/bin/chromium"),
        "args": FLAGS,
    }


@pytest.fixture
def page(antiphon, context, request):
    """A page that fails the test when anything on it is refused by the browser."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.antiphon = antiphon
    yield page
    if not request.node.get_closest_marker("faults_expected"):
        assert [fault for fault in faults if "404" not in fault and "410" not in fault and "422" not in fault] == []


@pytest.fixture
def as_person(page):
    """Signs in as somebody of the demonstration, by their name on the first page."""

    def sign_in(name: str):
        page.context.clear_cookies()
        page.goto(f"{page.antiphon}/")
        page.get_by_role("button", name=name).click()
        page.wait_for_url("**/today/")
        return page

    return sign_in


@pytest.fixture
def axe():
    """Serious and critical barriers on a page, as axe-core sees them."""

    def look(page) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary'][:200]}"
            for fault in found["violations"]
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"]
        ]

    return look
