"""A server on this machine for as long as it is asked, and one open connection to ask it by."""

import http.client
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60
ROUNDS = 9


def free_port() -> int:
    """A port on this machine that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """The server, once it takes connections; ended afterwards."""
    with log.open("w") as told, subprocess.Popen(command, stdout=told, stderr=told) as server:
        try:
            until(lambda: _listens(port) or server.poll() is not None, log)
            yield
        finally:
            server.terminate()


def until(done: Callable[[], object], log: Path) -> object:
    """What `done` gives once it gives something."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        found = done()
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(log.read_text()[-2_000:])


def _listens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


class Asker:
    """Asks over one connection that stays open, as a program would; keeps cookies."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.door = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.headers, self.cookies = headers, {}

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> bytes:
        """The answer's body; anything but success ends the measurement."""
        told = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.door.request(method, path, body or None, told)
        answer = self.door.getresponse()
        said = answer.read()
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
        return said


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second."""
    started = time.perf_counter()
    work()
    return round(count / (time.perf_counter() - started), 1)


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several times."""
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1_000)
    return round(statistics.median(times), 1)
