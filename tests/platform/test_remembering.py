"""What was counted is kept while it holds, and not a moment longer."""

import pytest
from django.db import transaction

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.audit.remembering import LOOKED_THROUGH, Memory
from antiphon.platform.audit.trail import record, record_each
from tests.cast import decision, insight, voice


def change(member):
    """Something that counts happened."""
    record("insight.agreed", insight(member), by=member)


@pytest.fixture
def counting(ana):
    """Counts how often it was asked to count."""
    asked = []
    change(ana)

    def look(*apart_from, name="here", memory=None):
        memory = memory or Memory(ana.workspace_id)
        return memory.of(name, count=lambda: asked.append(name) or len(asked), apart_from=apart_from or ["voices"])

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
    found = Memory(cleo.workspace_id).of("here", count=lambda: "theirs", apart_from=["voices"])
    assert found == "theirs"


def test_a_great_many_events_are_not_looked_through(counting, ana):
    said = voice(ana, "The bus is late.")
    record("voice.read", said, by=ana)
    assert counting() == 1
    record_each("voice.read", [(said, {})] * LOOKED_THROUGH, by=ana)
    assert AuditEvent.objects.count() > LOOKED_THROUGH
    assert [counting(), counting()] == [2, 2]


def test_one_model_of_an_app_may_be_named_and_the_others_count(counting, ana):
    among = ("insights.Support", "decisions")
    assert counting(*among) == 1
    record("decision.closed", decision(ana), by=ana)
    record("insight.voice_added", insight(ana).supports.get(), by=ana)
    assert counting(*among) == 1
    change(ana)
    assert counting(*among) == 2


def test_the_trail_is_read_once_for_all_figures_of_a_look(counting, ana, django_assert_num_queries):
    names = ["one", "two", "three"]
    assert [counting(name=name) for name in names] == [1, 2, 3]
    change(ana)
    memory = Memory(ana.workspace_id)
    with django_assert_num_queries(1):
        assert [counting(name=name, memory=memory) for name in names] == [4, 5, 6]
    assert [counting(name=name) for name in names] == [4, 5, 6]


def test_figures_counted_at_different_times_are_each_right(counting, ana):
    early, late = counting(name="early"), None
    change(ana)
    late = counting(name="late")
    memory = Memory(ana.workspace_id)
    assert counting(name="late", memory=memory) == late, "the newer one is asked for first"
    assert counting(name="early", memory=memory) == early + 2
    assert counting(name="late", memory=memory) == late


def test_one_that_is_too_old_is_counted_anew_beside_one_that_is_not(counting, ana):
    assert counting(name="old") == 1
    said = voice(ana, "The bus is late.")
    record_each("voice.read", [(said, {})] * LOOKED_THROUGH, by=ana)
    assert counting(name="new") == 2
    memory = Memory(ana.workspace_id)
    assert [counting(name=name, memory=memory) for name in ("new", "old", "new", "old")] == [2, 3, 2, 3]
