"""`antiphon up`: set up what is missing, then serve."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path
from typing import NoReturn

import click

from antiphon.interfaces.cli.instance import (
    DATA,
    DATABASE,
    CouldNotStart,
    load_pages,
    prepare,
    say_whether_demonstration,
    start_django,
)
from antiphon.interfaces.cli.setting_up import set_up
from antiphon.interfaces.cli.tether import tether_children

BIND = "127.0.0.1"
PATIENCE = 60.0
# How long requests and background work may take to end; together under ten seconds, as service managers expect.
SECONDS_TO_SERVE, SECONDS_TO_WORK = 4, 4
# What setting up says by its exit code where the folder holds a demonstration.
IS_DEMONSTRATION = 10


@click.command(epilog="Example: antiphon up --data ./antiphon-data --port 8600")
@DATA
@DATABASE
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8600,
    show_default=True,
    help="Where it answers, on this machine.",
)
@click.option("--web", "web_count", default=1, show_default=True, help="How many web processes.")
@click.option("--workers", "task_count", default=1, show_default=True, help="How many processes for background work.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--no-demonstration", is_flag=True, help="Leave an empty folder empty.")
def up(
    data: Path,
    database: str,
    port: int,
    web_count: int,
    task_count: int,
    no_browser: bool,
    no_demonstration: bool,
) -> None:
    """Start Antiphon in a folder and open it.

    In an empty folder it sets up a demonstration made from real public comments, on this machine only.
    Stop it with Ctrl+C; start it again in the same folder to go on.
    """
    _refuse_taken(port)
    prepare(data, database, make=True)
    origin = f"http://{BIND}:{port}"
    os.environ.setdefault("ANTIPHON_ORIGIN", origin)
    os.environ["ANTIPHON_TASK_WORKERS"] = str(task_count)
    is_demonstration = _set_up(data, demonstration=not no_demonstration)
    say_whether_demonstration(is_demonstration)
    tasks = _start_tasks()
    try:
        threading.Thread(target=_announce, args=(origin, no_browser), daemon=True).start()
        _serve(port, web_count)
    finally:
        _end_tasks(tasks)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((BIND, port))
        except OSError:
            message = f"Port {port} is taken on this machine. Choose another one: antiphon up --port {port + 1}"
            raise CouldNotStart(message) from None


def _set_up(data: Path, *, demonstration: bool) -> bool:
    """Set the folder up in a process of its own while this one loads the pages; whether it is a demonstration.

    The web processes are forked from this one, so what it holds is loaded once; what setting up left behind in
    memory ends with its process.
    """
    click.echo(f"Antiphon in {data.resolve()}")
    start_django()
    setting_up = multiprocessing.Process(target=_set_up_apart, args=(demonstration,))
    setting_up.start()
    load_pages()
    setting_up.join()
    if setting_up.exitcode not in {0, IS_DEMONSTRATION}:
        raise CouldNotStart("Antiphon could not be set up in this folder. What was there before is kept.")
    return setting_up.exitcode == IS_DEMONSTRATION


def _set_up_apart(demonstration: bool) -> NoReturn:
    sys.exit(IS_DEMONSTRATION if set_up(demonstration=demonstration) else 0)


def _start_tasks() -> subprocess.Popen:
    """Background work runs beside the web process, so that neither waits for the other, and never outlives it."""
    command = [sys.executable, "-m", "antiphon.interfaces.cli.working", str(os.getpid())]
    # In a group of its own: Ctrl+C reaches it through us, once, and whatever it forked can be ended with it.
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603  our own words


def _end_tasks(tasks: subprocess.Popen) -> None:
    """Let a short piece of work end; a longer one is stopped and goes on from its last chunk at the next start."""
    tasks.terminate()
    try:
        tasks.wait(timeout=SECONDS_TO_WORK)
    except subprocess.TimeoutExpired:
        os.killpg(tasks.pid, signal.SIGKILL)
        tasks.wait()


def _announce(origin: str, no_browser: bool) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{origin}/health/", timeout=2):  # noqa: S310  our own address
                break
        except OSError:
            time.sleep(0.1)
    click.echo(f"\nAntiphon is open at {origin}   (Ctrl+C stops it)")
    if not no_browser:
        webbrowser.open(origin)


def _serve(port: int, web_count: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    tether_children()
    Granian(
        "antiphon.config.wsgi:application",
        address=BIND,
        port=port,
        interface=Interfaces.WSGI,
        workers=web_count,
        blocking_threads=4,
        log_access=False,
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_SERVE,
    ).serve()
