"""What must be true of every model, also of those nobody has written yet."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import CheckConstraint

from antiphon.platform.database import guards
from antiphon.platform.scoped import Scoped, ScopedQuerySet

OURS = [model for model in apps.get_models() if model.__module__.startswith("antiphon")]
NAMES = [model._meta.label for model in OURS]
# Rows that belong to no single workspace, and why.
UNSCOPED = {
    "workspaces.User": "one person, whichever organisations they work with",
    "workspaces.Workspace": "the organisation itself",
    "workspaces.Attempt": "a try to sign in, before anybody knows who it is",
    "workspaces.Member": "has a workspace, and is what others are scoped by",
    "audit.AuditHead": "carries the workspace's id; no relation may keep its rows from being kept",
    "audit.AuditEvent": "as AuditHead",
    "audit.AuditKey": "as AuditHead",
    "audit.AuditValue": "hangs below an event",
}
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("model", OURS, ids=NAMES)
def test_every_row_belongs_to_a_workspace_or_says_why_not(model):
    if model._meta.label in UNSCOPED:
        assert not issubclass(model, Scoped)
        return
    assert issubclass(model, Scoped)
    assert isinstance(model.objects.all(), ScopedQuerySet)
    assert not model._meta.get_field("workspace").null


@pytest.mark.django_db
def test_every_rule_of_the_database_is_in_place():
    assert guards.missing() == []
    assert len(guards.triggers()) > 100


@pytest.mark.django_db
def test_the_check_for_lost_rules_can_fail():
    lost = guards.triggers()[0]
    with connection.cursor() as cursor:
        on = f" ON {lost.table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {lost.name}{on}")
    assert guards.missing() == [lost.name]


@pytest.mark.parametrize("model", OURS, ids=NAMES)
def test_trigger_names_fit_both_databases(model):
    names = [trigger.name for rule in guards.rules_of(model) for trigger in rule.triggers(model)]
    assert all(len(name) <= 63 for name in names), [name for name in names if len(name) > 63]


def pairs():
    """Every `…_at` that has a `…_by` beside it."""
    for model in OURS:
        fields = {field.name for field in model._meta.concrete_fields}
        for name in sorted(fields):
            if name.endswith("_at") and f"{name[:-3]}_by" in fields:
                yield model, name, f"{name[:-3]}_by"


@pytest.mark.parametrize(("model", "at", "by"), list(pairs()), ids=[f"{m._meta.label}.{at}" for m, at, _ in pairs()])
def test_a_moment_and_its_person_are_held_together_by_a_constraint(model, at, by):
    conditions = [str(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    together = [condition for condition in conditions if f"'{at}'" in condition and f"'{by}'" in condition]
    if not model._meta.get_field(at).null:
        return
    assert together, f"{model._meta.label}: {at} and {by} need a check constraint"


@pytest.mark.parametrize("model", OURS, ids=NAMES)
def test_a_model_says_what_it_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_every_model_is_a_word_of_the_glossary():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").lower()
    words = {model.__name__: " ".join(re.findall("[A-Z][a-z]*", model.__name__)).lower() for model in OURS}
    assert [name for name, word in words.items() if word not in glossary] == []


@pytest.mark.parametrize("model", OURS, ids=NAMES)
def test_deleting_a_row_never_takes_rows_of_other_features_along(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE:
            assert field.related_model._meta.app_label == model._meta.app_label
