"""`antiphon doctor`: is this instance well?"""

import json
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import click

from antiphon.interfaces.cli.instance import DATA, DATABASE, prepare, start_django

Finding = tuple[str, str, str]  # how it is: ok, warning, fault; what; what to do
KEYS = ("secret", "audit-values", "audit-signing.pem", "audit-public.pem")
ENOUGH_BYTES = 2 * 1024**3
HOURS_TO_BACK_UP = 26  # once a day, and the time it may be late


@click.command(epilog="Example: antiphon doctor --data ./antiphon-data. Exit codes: 0 well, 1 a fault was found.")
@DATA
@DATABASE
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(data: Path, database: str, as_json: bool) -> None:
    """Look at the database, its rules, the keys and the disk, and say what to do."""
    prepare(data, database)
    start_django()
    found = [check(data.resolve()) for check in CHECKS]
    if as_json:
        click.echo(json.dumps([dict(zip(("state", "what", "todo"), finding, strict=True)) for finding in found]))
    else:
        signs = {"ok": "✓", "warning": "!", "fault": "✗"}
        for state, what, todo in found:
            click.echo(f"{signs[state]} {what}{f'. {todo}' if todo else ''}")
    sys.exit(1 if any(state == "fault" for state, _what, _todo in found) else 0)


def _version(data: Path) -> Finding:
    from django.db import connection

    from antiphon.config.databases import wal_is_safe

    if connection.vendor != "sqlite":
        return "ok", f"PostgreSQL {connection.pg_version // 10000}", ""
    if wal_is_safe(sqlite3.sqlite_version_info):
        return "ok", f"SQLite {sqlite3.sqlite_version} with a write-ahead log", ""
    todo = "Several processes write more slowly; SQLite 3.51.3 or PostgreSQL is faster."
    return (
        "warning",
        f"SQLite {sqlite3.sqlite_version} has a known fault, so the slower, safe journal is used",
        todo,
    )


def _migrations(data: Path) -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return "fault", f"{len(missing)} steps of the database are missing", "Run: antiphon up"
    return "ok", "The database has the shape this version needs", ""


def _rules(data: Path) -> Finding:
    from antiphon.platform.database.guards import missing, triggers

    lost = missing()
    if lost:
        return (
            "fault",
            f"The database lost {len(lost)} of its rules, the first is {lost[0]}",
            "Run: antiphon up",
        )
    return "ok", f"All {len(triggers())} rules of the database are in place", ""


def _kept(data: Path) -> Finding:
    from antiphon.platform.database.deriving import differing

    if differing():
        return "fault", "Counts on Today and the map rest on rows that are out of date", "Run: antiphon up"
    return "ok", "What the database counts from is up to date", ""


def _search(data: Path) -> Finding:
    from antiphon.platform.database.searching import missing

    if missing():
        todo = "Let the database's owner run: CREATE EXTENSION pg_trgm; then: antiphon up"
        return "warning", "Words in passages are searched for without an index", todo
    return "ok", "Words in passages are found by an index", ""


def _keys(data: Path) -> Finding:
    gone = [name for name in KEYS if not (data / "keys" / name).exists()]
    if gone:
        todo = "Put them back from a backup: a new one cannot read what the old one sealed."
        return "fault", f"Keys are missing: {', '.join(gone)}", todo
    secrets = [path for path in (data / "keys").iterdir() if "public" not in path.name]
    readable = [path.name for path in secrets if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if readable:
        return (
            "fault",
            f"Others on this machine can read {', '.join(readable)}",
            f"Run: chmod 600 {data}/keys/*",
        )
    return "ok", f"{len(secrets)} keys that only their owner can read", ""


def _disk(data: Path) -> Finding:
    free = shutil.disk_usage(data).free
    if free < ENOUGH_BYTES:
        return "warning", f"{free // 1024**2} MB are free on this disk", "Make room before the next import."
    return "ok", f"{free // 1024**3} GB are free on this disk", ""


def _backups(data: Path) -> Finding:
    from antiphon.platform import clock
    from antiphon.platform.backup.notes import last_backup_at

    todo = f"Run: antiphon backup --data {data} --out FILE"
    last = last_backup_at(data)
    if last is None:
        return "warning", "No backup was made from this folder yet", todo
    hours = int((clock.now() - last).total_seconds() // 3600)
    if hours >= HOURS_TO_BACK_UP:
        return "warning", f"The last backup is {hours} hours old", todo
    return "ok", f"The last backup is {hours} hours old", ""


CHECKS: tuple[Callable[[Path], Finding], ...] = (_version, _migrations, _rules, _kept, _search, _keys, _disk, _backups)
