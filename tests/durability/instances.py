"""Instances of their own, in processes of their own: on SQLite, or on the PostgreSQL server of this test run."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

SERVER = os.environ.get("ANTIPHON_DATABASE", "")
ROOT = Path(__file__).parent.parent.parent
MODULES = "tests.durability"


@dataclass
class Instance:
    """A folder, and a database where it is not in the folder."""

    data: Path
    database: str = ""
    started: list[subprocess.Popen] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
        ours = {"ANTIPHON_DATA": str(self.data), "ANTIPHON_DATABASE": self.database}
        return kept | ours | {"DJANGO_SETTINGS_MODULE": "antiphon.config.settings"} | more

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess:
        """A module with its arguments, to its end."""
        command = [sys.executable, "-m", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(**more), capture_output=True, text=True, check=False
        )

    def cli(self, *words: str) -> subprocess.CompletedProcess:
        return self.run("antiphon", *words)

    def start(self, *words: str, **more: str) -> subprocess.Popen:
        """A module with its arguments, in a group of its own."""
        log = (self.data.parent / f"{self.data.name}.log").open("a")
        command = [sys.executable, "-m", *words]
        with log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(**more),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if words[0].startswith(MODULES) else log,
                stderr=log,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def log(self) -> str:
        return (self.data.parent / f"{self.data.name}.log").read_text()

    def told(self, *words: str) -> dict:
        """What a module says in JSON."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def ask(self, sql: str) -> list[tuple]:
        """Look into the database from outside."""
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as connection:
                return connection.execute(sql).fetchall()
        connection = sqlite3.connect(self.data / "antiphon.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def up(self, port: int) -> subprocess.Popen:
        """`antiphon up`, until it answers."""
        words = ["--data", str(self.data), "--port", str(port), "--no-browser", "--no-demonstration"]
        process = self.start("antiphon", "up", *words)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert process.poll() is None, self.log()
            if answers(port):
                return process
            time.sleep(0.1)
        raise AssertionError(self.log())

    def end(self) -> None:
        for process in self.started:
            kill_group(process)
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()


def kill_group(process: subprocess.Popen) -> None:
    """kill -9 for a process and whatever it started; only ever ours, by its id."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=2):
            return True
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def set_up(data: Path, database: str) -> Instance:
    """A demonstration in an empty folder."""
    for folder in ("keys", "static"):
        (data / folder).mkdir(parents=True, mode=0o700)
    secret = data / "keys" / "secret"
    secret.write_text(f"secret-of-{data.name}-" + "x" * 50)
    secret.chmod(0o600)
    instance = Instance(data, database)
    done = instance.run("tests.durability.setting_up")
    assert done.returncode == 0, done.stderr
    return instance


class Databases:
    """Databases of our own on the server, made and dropped by name."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def make(self, template: str = "") -> str:
        """The address of a fresh database; none where this run is on SQLite."""
        if not SERVER:
            return ""
        name = f"antiphon_durability_{os.getpid()}_{len(self.made)}"
        like = f" TEMPLATE {urlsplit(template).path.lstrip('/')}" if template else ""
        self._say(f"CREATE DATABASE {name}{like}")
        self.made.append(name)
        return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))

    def drop(self) -> None:
        for name in self.made:
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(statement)


def copy(instance: Instance, data: Path, databases: Databases) -> Instance:
    """The same instance once more; nobody may be at work in it meanwhile."""
    shutil.copytree(instance.data, data, ignore=shutil.ignore_patterns("backups.json"))
    return Instance(data, databases.make(instance.database) if instance.database else "")
