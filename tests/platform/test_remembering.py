"""What was counted is kept while it holds, and not a moment longer."""

import pytest
from django.db import transaction

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.audit.remembering import LOOKED_THROUGH, remembered
from antiphon.platform.audit.trail import record, record_each
from tests.cast import insight, voice


def change(member):
    """Something that counts happened."""
    record("insight.agreed", insight(member), by=member)


@pytest.fixture
def counting(ana):
    """Counts how often it was asked to count."""
    asked = []
    change(ana)

    def look(apart_from="voices", name="here"):
        return remembered(
            ana.workspace_id, name, count=lambda: asked.append(name) or len(asked), apart_from=apart_from
        )

    return look


def test_it_counts_once_while_nothing_changes(counting):
    assert [counting(), counting(), counting()] == [1, 1, 1]


def test_a_change_that_counts_is_seen_at_once(counting, ana):
    assert counting() == 1
    change(ana)
    assert [counting(), counting()] == [2, 2]


def test_passages_change_nothing_of_it_but_what_comes_after_them_does(counting, ana):
    said = voice(ana, "The bus is late.")
    assert counting() == 1
    record("voice.read", said, by=ana)
    assert counting() == 1
    record("voice.read", said, by=ana)
    change(ana)
    record("voice.read", said, by=ana)
    assert [counting(), counting()] == [2, 2]


def test_a_change_that_was_undone_is_not_taken_for_the_next_one(counting, ana):
    """The place in the trail is the same; its hash is not."""
    with transaction.atomic():
        change(ana)
        assert counting() == 1
        transaction.set_rollback(True)
    change(ana)
    assert [counting(), counting()] == [2, 2]


def test_workspaces_and_names_are_counted_apart(counting, ana, cleo):
    assert [counting(), counting(name="there"), counting()] == [1, 2, 1]
    assert ana.workspace_id != cleo.workspace_id
    found = remembered(cleo.workspace_id, "here", count=lambda: "theirs", apart_from="voices")
    assert found == "theirs"


def test_a_great_many_events_are_not_looked_through(counting, ana):
    said = voice(ana, "The bus is late.")
    record("voice.read", said, by=ana)
    assert counting() == 1
    record_each("voice.read", [(said, {})] * LOOKED_THROUGH, by=ana)
    assert AuditEvent.objects.count() > LOOKED_THROUGH
    assert [counting(), counting()] == [2, 2]
