"""One moment of the database, seen whole while others go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """The alias under which the moment can be read."""
    with _OF[connection.vendor](folder) as alias:
        yield alias


@contextmanager
def _of_sqlite(folder: Path) -> Iterator[str]:
    """A copy made by SQLite itself in one step; writers wait only as long as copying takes."""
    path = folder / "snapshot.sqlite3"
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    copy.execute("PRAGMA synchronous=OFF")  # thrown away after reading
    connection.connection.backup(copy)
    copy.close()
    connections.databases[ALIAS] = {**connections.databases["default"], "NAME": path}
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.databases[ALIAS]
        path.unlink()


@contextmanager
def _of_postgresql(folder: Path) -> Iterator[str]:
    """A transaction that sees one moment."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield "default"


_OF = {"sqlite": _of_sqlite, "postgresql": _of_postgresql}
