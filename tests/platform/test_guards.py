"""What the database itself refuses, whoever asks: for every relation and every rule that the models declare."""

import dataclasses
import datetime
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from antiphon.platform.database import guards
from antiphon.platform.database.guards import AppendOnly, Frozen, Kept, SameWorkspace
from antiphon.platform.scoped import Scoped
from antiphon.platform.workspaces.models import Member
from tests.meta.world import World

SCOPED = [model for model in apps.get_models() if issubclass(model, Scoped)]
RELATIONS = [
    (model, rule.field) for model in SCOPED for rule in guards.rules_of(model) if isinstance(rule, SameWorkspace)
]


def of_kind(kind):
    return [model for model in SCOPED if any(isinstance(rule, kind) for rule in guards.rules_of(model))]


@pytest.fixture
def worlds(db):
    return World("HERE"), World("THERE")


def refused(change, why: str = "cannot change|not in this workspace|append-only") -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        change()


def raw(sql: str, *values: object):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run


# Something else of the same kind, for every kind of value that is frozen.
OTHER = {
    str: "x" * 7,
    bool: True,
    int: 77,
    float: 0.123,
    list: ["forged"],
    dict: {"forged": 1},
    uuid.UUID: uuid.UUID(int=7),
    datetime.date: datetime.date(2020, 2, 2),
    datetime.datetime: datetime.datetime(2020, 2, 2, tzinfo=datetime.UTC),
}


def as_kept(pk: uuid.UUID) -> str:
    return pk.hex if connection.vendor == "sqlite" else str(pk)


def test_every_relation_between_rows_of_workspaces_is_guarded():
    expected = {
        (model, field.name)
        for model in SCOPED
        for field in model._meta.concrete_fields
        if field.is_relation and (issubclass(field.related_model, Scoped) or field.related_model is Member)
    }
    assert set(RELATIONS) == expected
    assert len(expected) > 40


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=[f"{m.__name__}.{f}" for m, f in RELATIONS])
def test_a_row_cannot_point_into_another_workspace(worlds, model, field):
    ours, theirs = worlds
    related = model._meta.get_field(field).related_model
    stranger = theirs.members["pe_lead"] if related is Member else theirs.rows[related._meta.label]
    row = ours.rows[model._meta.label]
    refused(lambda: model.objects.filter(pk=row.pk).update(**{field: stranger}))
    column = model._meta.get_field(field).column
    refused(
        raw(
            f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE {model._meta.pk.column} = %s',  # noqa: S608  names
            as_kept(stranger.pk),
            as_kept(row.pk),
        )
    )


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_a_row_cannot_move_to_another_workspace(worlds, model):
    ours, theirs = worlds
    row = ours.rows[model._meta.label]
    refused(lambda: model.objects.filter(pk=row.pk).update(workspace=theirs.workspace))


def test_a_member_cannot_move_to_another_workspace(worlds):
    ours, theirs = worlds
    refused(lambda: Member.objects.filter(pk=ours.members["executive"].pk).update(workspace=theirs.workspace))


@pytest.mark.parametrize("model", of_kind(AppendOnly), ids=lambda model: model.__name__)
def test_what_is_append_only_is_neither_changed_nor_deleted(worlds, model):
    row, table = worlds[0].rows[model._meta.label], model._meta.db_table
    refused(lambda: model.objects.filter(pk=row.pk).update(created_at=row.created_at), "append-only")
    refused(raw(f"DELETE FROM {table} WHERE id = %s", as_kept(row.pk)), "append-only")  # noqa: S608  as above


def test_files_and_bad_rows_are_append_only():
    assert {"StoredFile", "BadRow"} <= {model.__name__ for model in of_kind(AppendOnly)}


KEPT = [model for model in of_kind(Kept) if any(isinstance(r, Kept) and not r.when for r in guards.rules_of(model))]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_kept_rows_are_not_deleted(worlds, model):
    row = worlds[0].rows[model._meta.label]
    delete = f"DELETE FROM {model._meta.db_table} WHERE id = %s"  # noqa: S608  as above
    refused(raw(delete, as_kept(row.pk)), "rows are kept")


FROZEN = [
    (model, name)
    for model in SCOPED
    for rule in guards.rules_of(model)
    if isinstance(rule, Frozen) and not rule.when
    for name in rule.fields
    if not model._meta.get_field(name).is_relation
]


@pytest.mark.parametrize(("model", "name"), FROZEN, ids=[f"{m.__name__}.{n}" for m, n in FROZEN])
def test_frozen_fields_keep_what_was_first_written(worlds, model, name):
    row = worlds[0].rows[model._meta.label]
    other = OTHER[type(getattr(row, name))]
    refused(lambda: model.objects.filter(pk=row.pk).update(**{name: other}), "cannot change")


def test_names_of_triggers_stay_apart_where_postgresql_cuts_them():
    names = [trigger.name[:63] for trigger in guards.triggers()]
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_a_missing_trigger_is_named_and_put_back():
    lost = guards.triggers()[0]
    on = f" ON {lost.table}" if connection.vendor == "postgresql" else ""
    raw(f"DROP TRIGGER {lost.name}{on}")()
    assert guards.missing() == [lost.name]
    guards.install()
    assert guards.missing() == []


def test_what_is_no_longer_asked_for_is_taken_away(db):
    """As after an upgrade whose models ask for less."""
    trigger = guards.Trigger("answers_reply_kept_once", "answers_reply", "DELETE", "", "rows were kept once")
    with connection.cursor() as cursor:
        for statement in trigger.sql(connection.vendor):
            cursor.execute(statement)
    guards.remove()
    guards.install()
    with connection.cursor() as cursor:
        cursor.execute(guards._PRESENT[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    assert trigger.name not in present
    assert guards.missing() == []


def stands_in_words(trigger: guards.Trigger) -> str:
    """What the database holds of a rule."""
    source = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = %s",
        "postgresql": "SELECT prosrc FROM pg_proc WHERE proname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(source[connection.vendor], [trigger.name])
        return cursor.fetchone()[0]


def test_a_rule_of_an_earlier_edition_is_replaced_and_the_others_are_left(db):
    rule = guards.triggers()[0]
    earlier = dataclasses.replace(rule, message="what an earlier edition said")
    for statement in earlier.sql(connection.vendor):
        raw(statement)()
    assert earlier.message in stands_in_words(rule)
    with CaptureQueriesContext(connection) as queries:
        guards.install()
    assert rule.message in stands_in_words(rule)
    assert guards.missing() == []
    made = [query["sql"] for query in queries if "TRIGGER" in query["sql"] and query["sql"].startswith("CREATE")]
    # PostgreSQL replaces each in one step; the embedded database waits for the disk, so it is asked what stands.
    assert len(made) == (1 if connection.vendor == "sqlite" else len(guards.triggers()))
