"""Rows as text that is the same on every database, in an order that is the same on every database."""

import base64
import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from antiphon.platform.backup.archive import Refused, content_hash
from antiphon.platform.database import guards

# Tables that a backup does not carry, and why.
LEFT_OUT = {
    "sessions.Session": "a sign-in that was ended after the backup must not come to life again",
    "workspaces.Attempt": "tries to sign in are forgotten within minutes and count where they were made",
    "django_q.Task": "the queue's own log of what it did; what Antiphon did stands in runs and in the trail",
}
AT_ONCE = 1_000
_SPELT = {
    uuid.UUID: str,
    datetime.datetime: lambda value: value.isoformat(timespec="microseconds"),
    datetime.date: datetime.date.isoformat,
    bytes: lambda value: base64.b64encode(value).decode(),
    memoryview: lambda value: base64.b64encode(value).decode(),
}
_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=lambda value: _SPELT[type(value)](value)
)


def tables() -> list[type[models.Model]]:
    """Every table that belongs to a backup, by name."""
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted((m for m in found if m._meta.label not in LEFT_OUT), key=lambda m: m._meta.label)


def lines(model: type[models.Model], using: str = "default") -> Iterator[bytes]:
    """A table's rows as JSON lines by primary key; numbers and UUIDs sort alike on both databases."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(using).order_by("pk").values_list(*names)
    for values in found.iterator(chunk_size=AT_ONCE):
        yield _ENCODER.encode(dict(zip(names, values, strict=True))).encode() + b"\n"


def digest(model: type[models.Model], using: str = "default", into: Path | None = None) -> tuple[int, str]:
    """How many rows a table has, and their SHA-256; the rows are written to a file where one is named."""
    found, count = hashlib.sha256(), 0
    with open(into or "/dev/null", "wb") as file:
        for line in lines(model, using):
            found.update(line)
            file.write(line)
            count += 1
    return count, found.hexdigest()


def content_hash_now() -> str:
    """The content hash of the database as it is."""
    return content_hash((model._meta.label, *digest(model)) for model in tables())


def fill(folder: Path) -> int:
    """Put the rows of a folder in place of whatever a fresh database holds; in one transaction, checked at its end."""
    # The rules are about what may follow what; the rows come in the order of their names, so rules come last.
    guards.lift()
    with connection.cursor() as cursor:
        for model in tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  our name
        count = 0
        for model in tables():
            with (folder / f"{model._meta.label}.jsonl").open("rb") as file:
                count += _insert(cursor, model, file)
        connection.check_constraints()
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
    guards.install()
    return count


def _insert(cursor: object, model: type[models.Model], rows: Iterable[bytes]) -> int:
    fields, count = model._meta.concrete_fields, 0
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  our names
    remaining = iter(rows)
    while batch := [_values(fields, line) for line in islice(remaining, AT_ONCE)]:
        cursor.executemany(statement, batch)
        count += len(batch)
    return count


def _values(fields: Iterable[models.Field], line: bytes) -> list[object]:
    row = json.loads(line)
    try:
        return [field.get_db_prep_save(_value(field, row[field.attname]), connection) for field in fields]
    except KeyError as missing:
        raise Refused(f"A row in the file has no {missing.args[0]}. Nothing was restored.") from missing


def _value(field: models.Field, value: object) -> object:
    """A spelt value as its field knows it; JSON is what it is already."""
    return value if isinstance(field, models.JSONField) or value is None else field.to_python(value)
