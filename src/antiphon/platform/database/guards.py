"""Triggers that models ask for in `database_rules`; installed after every migrate, so none is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

from antiphon.platform.database.deriving import Derived, Renewal


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Rows are written once: never changed, never taken away."""

    name = "append_only"

    def triggers(self, model: type[models.Model]) -> Iterator["Trigger"]:
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            yield Trigger(f"{table}_{self.name}_{event.lower()}", table, event, "", f"{table} is append-only")


@dataclass(frozen=True, slots=True)
class Frozen:
    """These columns keep what was first written; `when` limits it to rows in a state (on the old row)."""

    fields: tuple[str, ...]
    when: str = ""
    name: str = "frozen"

    def triggers(self, model: type[models.Model]) -> Iterator["Trigger"]:
        table = model._meta.db_table
        columns = [model._meta.get_field(field).column for field in self.fields]
        changed = " OR ".join(f'OLD."{column}" {{differs}} NEW."{column}"' for column in columns)
        condition = f"({changed}) AND ({self.when})" if self.when else changed
        message = f"{table}: {', '.join(self.fields)} cannot change"
        yield Trigger(f"{table}_{self.name}", table, "UPDATE", condition, message)


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows are never deleted, or not `when` the old row is in a state."""

    when: str = ""
    name = "kept"

    def triggers(self, model: type[models.Model]) -> Iterator["Trigger"]:
        table = model._meta.db_table
        yield Trigger(f"{table}_{self.name}", table, "DELETE", self.when, f"{table}: rows are kept")


@dataclass(frozen=True, slots=True)
class Refuse:
    """Whatever the condition finds (on OLD and NEW) is refused; `on` names another table, further down the house."""

    name: str
    event: str
    condition: str
    message: str
    on: str = ""

    def triggers(self, model: type[models.Model]) -> Iterator["Trigger"]:
        table = self.on or model._meta.db_table
        yield Trigger(f"{table}_{self.name}", table, self.event, self.condition, self.message)


@dataclass(frozen=True, slots=True)
class SameWorkspace:
    """A row and the row it points at belong to one workspace, or to none."""

    field: str

    def triggers(self, model: type[models.Model]) -> Iterator["Trigger"]:
        table, field = model._meta.db_table, model._meta.get_field(self.field)
        parent = field.related_model._meta.db_table
        condition = (
            f'NEW."{field.column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {parent} parent '
            f'WHERE parent.id = NEW."{field.column}" AND parent.workspace_id = NEW.workspace_id)'
        )
        for event in ("INSERT", "UPDATE"):
            name = f"{table}_{field.column}_workspace_{event.lower()}"
            yield Trigger(name, table, event, condition, f"{table}.{field.column}: not in this workspace")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One refusal before an event on a table."""

    name: str
    table: str
    event: str
    condition: str
    message: str

    def sql(self, vendor: str) -> list[str]:
        return _WRITERS[vendor](self)


def _sqlite(trigger: Trigger) -> list[str]:
    when = f"WHEN {trigger.condition.format(differs='IS NOT')}" if trigger.condition else ""
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
    ]


def _postgresql(trigger: Trigger) -> list[str]:
    condition = trigger.condition.format(differs="IS DISTINCT FROM") or "TRUE"
    # 23514 is a check violation: Django reports it as IntegrityError, as SQLite's ABORT is.
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{trigger.message}' USING ERRCODE = '23514'; END IF; "
        f"RETURN {'OLD' if trigger.event == 'DELETE' else 'NEW'}; END $$",
        f"CREATE OR REPLACE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()",
    ]


_WRITERS = {"sqlite": _sqlite, "postgresql": _postgresql}


Rule = AppendOnly | Derived | Frozen | Kept | Refuse | SameWorkspace


def is_scoped(model: type[models.Model]) -> bool:
    """Whether rows of this model belong to a workspace."""
    return any(field.name == "workspace" for field in model._meta.concrete_fields)


def rules_of(model: type[models.Model]) -> list[Rule]:
    """What the database refuses for this model: what it declares, and that everything stays in its workspace."""
    rules = list(getattr(model, "database_rules", ()))
    if is_scoped(model):
        # Those who point at a row are not looked at when the row itself moves, so it never moves.
        rules.append(Frozen(("workspace",), name="workspace_stays"))
        rules += [
            SameWorkspace(field.name)
            for field in model._meta.concrete_fields
            if field.is_relation and field.name != "workspace" and is_scoped(field.related_model)
        ]
    return rules


def triggers() -> list[Trigger | Renewal]:
    """Every trigger that the models ask for."""
    return [trigger for model in apps.get_models() for rule in rules_of(model) for trigger in rule.triggers(model)]


def install(using: str = "default") -> None:
    """Put every trigger in place; SQLite drops them when Django rebuilds a table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _put_in_place(cursor, "postgresql", {})
            _forget_old_ones(cursor)
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        there = dict(cursor.fetchall())
        # At once: hundreds of changes that each wait for the disk would take many seconds.
        with transaction.atomic(using=using):
            _put_in_place(cursor, "sqlite", there)


def _put_in_place(cursor: CursorWrapper, vendor: str, there: dict[str, str]) -> None:
    for trigger in triggers():
        statements = trigger.sql(vendor)
        if there.get(trigger.name) != statements[-1]:
            for statement in statements:
                cursor.execute(statement)


def _forget_old_ones(cursor: CursorWrapper) -> None:
    """Take away what an earlier edition asked for; ours are known by the function that has their name."""
    wanted = {trigger.name[:63] for trigger in triggers()}
    cursor.execute(_OURS)
    for name, table in cursor.fetchall():
        if name not in wanted:
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
            cursor.execute(f'DROP FUNCTION "{name}"()')


def lift(using: str = "default") -> None:
    """Take away what models ask for, until `install` puts it back: rows of a backup come in another order."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in triggers():
            on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


def remove(using: str = "default") -> None:
    """Take every trigger away before tables change: SQLite cannot rename a table that one of them speaks of."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT["sqlite"])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


_OURS = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND p.proname = t.tgname"
)
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def missing(using: str = "default") -> list[str]:
    """The names of triggers that should be there and are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return sorted(trigger.name for trigger in triggers() if trigger.name[:63] not in present)
