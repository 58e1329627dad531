"""Runs everything: the suite on SQLite and on a PostgreSQL started for it, killed processes on both, the browser.

make test                     all four
make test ARGS="sqlite"       one of: sqlite, postgresql, durability, browser
make test ARGS="sqlite -- tests/insights -k agree"
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
LEGS = ("sqlite", "postgresql", "durability", "browser")
IN_PROCESSES = ["-n", os.environ.get("ANTIPHON_TEST_PROCESSES", "2"), "--dist", "worksteal"]
JOURNEYS, DURABILITY = "tests/journeys", "tests/durability"
# Read code, draw or take files apart, whatever the database is.
WITHOUT_DATABASE = (
    "tests/engines",
    "tests/content",
    "tests/meta/test_code.py",
    "tests/meta/test_translated.py",
    "tests/meta/test_languages.py",
    "tests/platform/charts",
    "tests/platform/ui",
    "tests/reports/test_writers.py",
    "tests/hostile/test_files.py",
    "tests/hostile/test_doors.py",
)
APART = ["-m", "not browser", "--ignore", JOURNEYS, "--ignore", DURABILITY]


def main(arguments: list[str]) -> int:
    chosen, extra = _split(arguments)
    failed = [leg for leg in chosen if RUNNERS[leg](extra) != 0]
    print(
        f"\n{len(chosen) - len(failed)} of {len(chosen)} legs green"
        + (f", red: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    unknown = set(arguments[:cut]) - set(LEGS)
    if unknown:
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. Choose of: {', '.join(LEGS)}.")
    return arguments[:cut] or list(LEGS), arguments[cut + 1 :]


def _pytest(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"\n== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-rs", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def on_sqlite(extra: list[str]) -> int:
    """Everything but the browser, on the embedded database."""
    return _pytest("SQLite", [*IN_PROCESSES, *APART, *extra], {"ANTIPHON_DATABASE": ""})


def on_postgresql(extra: list[str]) -> int:
    """The same on a real server, which ends with the run; what knows no database is tried once, on the other."""
    with postgresql() as address:
        left_out = [*APART, *(part for path in WITHOUT_DATABASE for part in ("--ignore", path))]
        return _pytest("PostgreSQL", [*IN_PROCESSES, *left_out, *extra], {"ANTIPHON_DATABASE": address})


def with_kills(extra: list[str]) -> int:
    """Processes killed at random moments, backups and restores, on both databases."""
    failed = _pytest("Durability, SQLite", [*IN_PROCESSES, DURABILITY, *extra], {"ANTIPHON_DATABASE": ""})
    with postgresql() as address:
        arguments = [*IN_PROCESSES, DURABILITY, *extra]
        return _pytest("Durability, PostgreSQL", arguments, {"ANTIPHON_DATABASE": address}) or failed


def in_the_browser(extra: list[str]) -> int:
    """Journeys in Chromium against a running Antiphon."""
    chromium = _find("Chromium", ("chromium", "chromium-browser", "google-chrome"), package="chromium")
    return _pytest(
        "Chromium",
        ["-m", "browser", JOURNEYS, "tests/platform/ui", *extra],
        {"ANTIPHON_CHROMIUM": chromium, "ANTIPHON_DATABASE": ""},
    )


RUNNERS = {"sqlite": on_sqlite, "postgresql": on_postgresql, "durability": with_kills, "browser": in_the_browser}


def _find(name: str, commands: tuple[str, ...], package: str, folders: str = "") -> str:
    """The path of a program; installed where the machine lets us, else asked for in one sentence."""
    found = _look(commands, folders)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"{name} is missing; installing the system's package {package} …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], **quiet)
        found = _look(commands, folders)
    if found is None:
        todo = f"Install it (on Debian: apt-get install {package}), then run make test again."
        sys.exit(f"{name} is missing on this machine. {todo}")
    return found


def _look(commands: tuple[str, ...], folders: str) -> str | None:
    places = [str(path) for path in sorted(Path("/").glob(folders), reverse=True)] if folders else []
    path = os.pathsep.join([*places, os.environ.get("PATH", "")])
    return next((found for command in commands if (found := shutil.which(command, path=path))), None)


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of our own on a free port, thrown away afterwards. It refuses to run as root, so root steps down."""
    initdb = _find("PostgreSQL", ("initdb",), package="postgresql", folders="usr/lib/postgresql/*/bin")
    pg_ctl = str(Path(initdb).with_name("pg_ctl"))
    folder = Path(tempfile.mkdtemp(prefix="antiphon-postgresql-"))
    as_other = []
    if os.geteuid() == 0:
        as_other = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        shutil.chown(folder, "nobody", "nogroup")
    port = _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "check": True, "cwd": folder}
    data = str(folder / "data")
    # fsync off: a server for tests has nothing to keep. The kills prove killed processes, not power cuts.
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    options += " -c max_connections=60"
    subprocess.run(
        [
            *as_other,
            initdb,
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        ],
        **quiet,
    )
    start = [*as_other, pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(start, **quiet)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*as_other, pg_ctl, "-D", data, "-m", "immediate", "stop"], **{**quiet, "check": False})
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
