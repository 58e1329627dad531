"""Tables that the database itself keeps from other tables, so that what is asked often is not worked out each time."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

EVENTS = ("INSERT", "UPDATE", "DELETE")
# What SQL says differently: the texts of a column with commas between, in the order in which they come.
_WORDS = {"sqlite": {"together": "group_concat"}, "postgresql": {"together": "string_agg"}}


@dataclass(frozen=True, slots=True)
class After:
    """A change of another table's row touches the kept rows with these ids ({row} is OLD or NEW)."""

    table: str
    ids: str
    events: tuple[str, ...] = EVENTS
    changed: tuple[str, ...] = ()

    def condition(self, event: str, differs: str) -> str:
        """Of an update, only one that changes a column that counts."""
        if event != "UPDATE" or not self.changed:
            return ""
        return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in self.changed)

    def touched(self, event: str) -> str:
        rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
        return " UNION ALL ".join(self.ids.format(row=row) for row in rows)


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows of this model are what `select` finds ({among} narrows it), one for each `key`; nobody writes them.

    `held` is locked first where several write at once, so that each sees what the other did.
    """

    key: str
    columns: tuple[str, ...]
    select: str
    after: tuple[After, ...]
    held: str

    def triggers(self, model: type[models.Model]) -> Iterator["Renewal"]:
        for each in self.after:
            for event in each.events:
                yield Renewal(self, model._meta.db_table, each, event)

    def worked_out(self, vendor: str, ids: str = "") -> str:
        """What finds the rows of these ids, or all rows."""
        return self.select.format(among=_among(ids), **_WORDS[vendor])

    def renewed(self, table: str, vendor: str, ids: str = "") -> list[str]:
        """The statements that bring the rows of these ids, or all rows, up to date."""
        return [
            f"DELETE FROM {table} WHERE {self.key} {_among(ids)}",  # noqa: S608  our own names
            f"INSERT INTO {table} ({', '.join(self.columns)}) {self.worked_out(vendor, ids)}",
        ]


def _among(ids: str) -> str:
    return f"IN ({ids})" if ids else "IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the database does after an event on one of the tables that rows are kept from."""

    rule: Derived
    kept: str
    after: After
    event: str

    @property
    def name(self) -> str:
        return f"{self.after.table}_{self.kept}_{self.event.lower()}"

    @property
    def table(self) -> str:
        return self.after.table

    @property
    def message(self) -> str:
        """What it does, for the description of the database."""
        return f"follows {self.after.table}"

    def sql(self, vendor: str) -> list[str]:
        return _WRITERS[vendor](self)

    def body(self, vendor: str) -> str:
        return "; ".join(self.rule.renewed(self.kept, vendor, self.after.touched(self.event))) + ";"


def _sqlite(renewal: Renewal) -> list[str]:
    condition = renewal.after.condition(renewal.event, "IS NOT")
    when = f"WHEN {condition}" if condition else ""
    return [
        f"DROP TRIGGER IF EXISTS {renewal.name}",
        f"CREATE TRIGGER {renewal.name} AFTER {renewal.event} ON {renewal.table} {when} "
        f"BEGIN {renewal.body('sqlite')} END",
    ]


def _postgresql(renewal: Renewal) -> list[str]:
    condition = renewal.after.condition(renewal.event, "IS DISTINCT FROM") or "TRUE"
    held = renewal.rule.held.format(row="OLD" if renewal.event == "DELETE" else "NEW")
    return [
        f"CREATE OR REPLACE FUNCTION {renewal.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN PERFORM 1 FROM {held} FOR NO KEY UPDATE; {renewal.body('postgresql')} END IF; "
        f"RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {renewal.name} AFTER {renewal.event} ON {renewal.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {renewal.name}()",
    ]


_WRITERS = {"sqlite": _sqlite, "postgresql": _postgresql}


def renew(using: str = "default") -> None:
    """Work out anew what is not right: after a migration, which may have changed what rows are kept from."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table, rule in _kept():
            if connection.vendor == "postgresql":
                # Others may be at work already; they wait, and are seen.
                cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            if _differs(cursor, table, rule.worked_out(connection.vendor), rule):
                for statement in rule.renewed(table, connection.vendor):
                    cursor.execute(statement)


def differing(using: str = "default") -> list[str]:
    """The tables whose rows are not what they are kept from: none, unless somebody wrote past the rules."""
    connection = connections[using]
    with connection.cursor() as cursor:
        # A database of an earlier edition has no such table yet.
        there = set(connection.introspection.table_names(cursor))
        return [
            table
            for table, rule in _kept()
            if table not in there or _differs(cursor, table, rule.worked_out(connection.vendor), rule)
        ]


def _differs(cursor: CursorWrapper, table: str, anew: str, rule: Derived) -> bool:
    kept = f"SELECT {', '.join(rule.columns)} FROM {table}"  # noqa: S608  our own names
    for one, other in ((kept, anew), (anew, kept)):
        cursor.execute(f"SELECT 1 FROM ({one} EXCEPT {other}) AS differing LIMIT 1")  # noqa: S608  our own names
        if cursor.fetchone():
            return True
    return False


def _kept() -> Iterator[tuple[str, Derived]]:
    for model in apps.get_models():
        for rule in getattr(model, "database_rules", ()):
            if isinstance(rule, Derived):
                yield model._meta.db_table, rule
