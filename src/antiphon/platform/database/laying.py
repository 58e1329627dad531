"""Tables: by the migrations, or straight from the models where an embedded database holds nothing yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.migrations.executor import MigrationExecutor

from antiphon.platform.database import guards, searching


def lay_tables() -> None:
    """The tables of this version. A test holds both ways against each other, so that they lay the same."""
    if connection.vendor == "sqlite" and is_empty():
        _lay_at_once()
    else:
        _migrate()


def _migrate() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception:
        # What was there before is kept, and so are its rules.
        searching.install()
        guards.install()
        raise


def is_empty() -> bool:
    """Whether the database holds no table at all."""
    return not connection.introspection.table_names()


def _lay_at_once() -> None:
    """What the migrations would leave behind, a few times faster: no table is made to be changed again."""
    executor = MigrationExecutor(connection)
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        executor.recorder.ensure_schema()
        for app, name in executor.loader.graph.nodes:
            executor.recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


@contextmanager
def in_haste() -> Iterator[None]:
    """Write without waiting for the disk, then wait once: only for a database that was empty a moment ago."""
    if connection.vendor != "sqlite":
        yield
        return
    _run("PRAGMA synchronous=OFF")
    connection_created.connect(_hurry)
    try:
        yield
    finally:
        connection_created.disconnect(_hurry)
        _run("PRAGMA synchronous=FULL")
        # One write that waits for the disk: with it, everything before is on the disk too.
        _run("PRAGMA user_version=1")


def _hurry(**_: object) -> None:
    """A connection that is opened meanwhile hurries as well."""
    _run("PRAGMA synchronous=OFF")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
