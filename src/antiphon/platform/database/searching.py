"""Finding letters in a great many texts, by an index of runs of three that models ask for in `searched`."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TypeVar

from django.apps import apps
from django.db import DatabaseError, connections, models, transaction
from django.db.models import Q, QuerySet

Key = TypeVar("Key", bound=Hashable)
M = TypeVar("M", bound=models.Model)
# The index holds runs of three letters, so it says nothing of fewer.
SHORTEST = 3
# Of letters that more rows hold, the next row that does is met sooner than looked up.
FEW = 1_000
# How many of the latest rows are weighed for each word of a question.
WEIGHED = 100


@dataclass(frozen=True, slots=True)
class _Searched:
    """One column with its index."""

    table: str
    column: str

    @property
    def name(self) -> str:
        return f"{self.table}_{self.column}_parts"


def install(using: str = "default") -> None:
    """Lay every index that is not there, and bring up to date what a migration changed."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for each in _asked_for():
            for statement in _LAID[connection.vendor]:
                _run(cursor, statement, each, using)


def missing(using: str = "default") -> list[str]:
    """The indexes that could not be laid; what they would find is found all the same, more slowly."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return sorted(each.name for each in _asked_for() if each.name[:63] not in present)


def holding(found: QuerySet[M], field: str, text: str) -> QuerySet[M]:
    """Those rows whose field holds these letters, in any case."""
    return found.filter(_holds(found, field, text))


def latest_with(found: QuerySet, field: str, words: Iterable[str]) -> dict[object, str]:
    """The latest rows that hold all of the words, and of each word the latest that hold it: id to text."""
    each = [_holds(found, field, word) for word in words]
    every = [reduce(and_, each)] if len(each) > 1 else []
    weighed = {pk: (at, text) for held in each + every for pk, at, text in _latest(found.filter(held), field)}
    return {pk: text for pk, (_at, text) in sorted(weighed.items(), key=lambda item: item[1][0], reverse=True)}


def nearest(texts: Mapping[Key, str], words: Iterable[str]) -> list[Key]:
    """Of texts that hold a word, those with most of them first; then those with rarer ones, then as they come."""
    held = {key: [word for word in words if word in text.lower()] for key, text in texts.items()}
    often = Counter(word for found in held.values() for word in found)
    some = [key for key, found in held.items() if found]
    return sorted(some, key=lambda key: (-len(held[key]), sum(often[word] for word in held[key])))


def _latest(found: QuerySet, field: str) -> QuerySet:
    return found.order_by("-created_at", "pk").values_list("pk", "created_at", field)[:WEIGHED]


def _holds(found: QuerySet, field: str, text: str) -> Q:
    text = text.replace("\x00", "")  # which PostgreSQL refuses to look for
    few = _looked_up(found, field, text)
    return Q(**{f"{field}__icontains": text}) if few is None else Q(pk__in=few)


def _looked_up(found: QuerySet, field: str, text: str) -> list[str] | None:
    """The ids of the few rows that hold the letters; nothing when they are many, or another way is better."""
    connection, model = connections[found.db], found.model
    if connection.vendor != "sqlite" or field not in getattr(model, "searched", ()) or len(text) < SHORTEST:
        return None
    index = _Searched(model._meta.db_table, model._meta.get_field(field).column).name
    phrase = '"' + text.replace('"', '""') + '"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT thing FROM {index} JOIN {index}_rows r ON r.id = {index}.rowid "  # noqa: S608  our own names
            f"WHERE {index} MATCH %s LIMIT {FEW + 1}",
            [phrase],
        )
        ids = [thing for (thing,) in cursor.fetchall()]
    return ids if len(ids) <= FEW else None


def _asked_for() -> Iterator[_Searched]:
    for model in apps.get_models():
        for field in getattr(model, "searched", ()):
            yield _Searched(model._meta.db_table, model._meta.get_field(field).column)


def _run(cursor: object, statement: str, each: _Searched, using: str) -> None:
    sql = statement.format(table=each.table, column=each.column, name=each.name)
    if connections[using].vendor == "sqlite":
        cursor.execute(sql)
        return
    try:
        with transaction.atomic(using=using):
            cursor.execute(sql)
    except DatabaseError:
        # A server without the module, or one that lets nobody add it; `missing` tells the doctor.
        return


_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT indexname FROM pg_indexes",
}
_LAID = {
    # The index has numbers for rows, our rows have ids: one table joins them. (Path not taken: SQLite's own row
    # numbers, which change whenever a table is laid anew.)
    "sqlite": (
        "CREATE TABLE IF NOT EXISTS {name}_rows (id INTEGER PRIMARY KEY, thing char(32) NOT NULL UNIQUE)",
        "CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5(words, tokenize='trigram')",
        "INSERT INTO {name}_rows (thing) SELECT id FROM {table} WHERE id NOT IN (SELECT thing FROM {name}_rows)",
        'INSERT INTO {name} (rowid, words) SELECT r.id, t."{column}" FROM {table} t '
        "JOIN {name}_rows r ON r.thing = t.id WHERE r.id NOT IN (SELECT rowid FROM {name})",
        "DROP TRIGGER IF EXISTS {name}_added",
        "CREATE TRIGGER {name}_added AFTER INSERT ON {table} BEGIN INSERT INTO {name}_rows (thing) VALUES (NEW.id); "
        'INSERT INTO {name} (rowid, words) SELECT id, NEW."{column}" FROM {name}_rows WHERE thing = NEW.id; END',
        "DROP TRIGGER IF EXISTS {name}_changed",
        'CREATE TRIGGER {name}_changed AFTER UPDATE ON {table} WHEN OLD."{column}" IS NOT NEW."{column}" BEGIN '
        'UPDATE {name} SET words = NEW."{column}" '
        "WHERE rowid = (SELECT id FROM {name}_rows WHERE thing = NEW.id); END",
        "DROP TRIGGER IF EXISTS {name}_taken",
        "CREATE TRIGGER {name}_taken AFTER DELETE ON {table} BEGIN "
        "DELETE FROM {name} WHERE rowid = (SELECT id FROM {name}_rows WHERE thing = OLD.id); "
        "DELETE FROM {name}_rows WHERE thing = OLD.id; END",
    ),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        # As Django asks whether letters stand in a text, whatever their case.
        'CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin (UPPER("{column}") gin_trgm_ops)',
    ),
}
