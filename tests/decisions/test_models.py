"""A closed decision stays as it is, whoever tries to change it and however."""

import pytest
from django.db import IntegrityError, connection, transaction

from antiphon.platform import clock
from antiphon.workspace.decisions.models import Change, Decision, Option, Weighing
from tests.cast import closed_decision, decision, insight, settled


@pytest.fixture
def closed(ben):
    made = decision(ben, weighs=[insight(ben)])
    Option.objects.create(workspace=ben.workspace, decision=made, text="Home visits")
    settled(ben, made.weighings.get())
    close(made, ben)
    return made


def close(made, by, **more):
    fields = {"state": "CLOSED", "outcome": "At home.", "closed_at": clock.now(), "closed_by": by} | more
    Decision.objects.filter(pk=made.pk).update(**fields)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


CHANGES = [
    {"question": "Another question?"},
    {"outcome": "Another outcome."},
    {"decision_point": "DP10"},
    {"function": "F_MED"},
    {"due_date": "2030-01-01"},
    {"closed_at": "2030-01-01T00:00Z"},
    {"state": "OPEN", "closed_at": None, "closed_by": None},
    {"state": "OPEN"},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_closed_decision_is_not_edited(closed, change):
    refused(lambda: Decision.objects.filter(pk=closed.pk).update(**change))


def test_a_closed_decision_keeps_its_owner_and_what_it_superseded(closed, ana, ben):
    refused(lambda: Decision.objects.filter(pk=closed.pk).update(owner=ana))
    refused(lambda: Decision.objects.filter(pk=closed.pk).update(supersedes=decision(ben)))


def test_not_even_with_sql(closed):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_decision SET outcome = 'forged' WHERE state = 'CLOSED'")


def test_a_closed_decision_is_not_deleted_and_an_open_one_is(closed, ben):
    Decision.objects.filter(pk=decision(ben).pk).delete()
    refused(lambda: Decision.objects.filter(pk=closed.pk)._raw_delete("default"))


@pytest.mark.parametrize("model", [Weighing, Option])
def test_what_stands_on_a_closed_decision_stays(closed, model):
    rows = model.objects.filter(decision=closed)
    change = {Weighing: {"reason": "forged reason, long enough"}, Option: {"chosen": True}}[model]
    refused(lambda: rows.update(**change))
    refused(lambda: rows._raw_delete("default"))


def test_nothing_is_added_to_a_closed_decision(closed, ben):
    refused(lambda: Option.objects.create(workspace=ben.workspace, decision=closed, text="late"))
    refused(
        lambda: Weighing.objects.create(workspace=ben.workspace, decision=closed, insight=insight(ben), weighed_by=ben)
    )


def test_nothing_is_moved_onto_a_closed_decision(closed, ben):
    other = decision(ben, weighs=[insight(ben)])
    option = Option.objects.create(workspace=ben.workspace, decision=other, text="late")
    refused(lambda: other.weighings.update(decision=closed))
    refused(lambda: Option.objects.filter(pk=option.pk).update(decision=closed))


@pytest.mark.parametrize(("disposition", "reason"), [("", "a reason that says why"), ("implemented", "")])
@pytest.mark.parametrize("state", ["CLOSED", "SUPERSEDED"])
def test_a_decision_does_not_leave_open_without_dispositions_and_reasons(ben, disposition, reason, state):
    made = decision(ben, weighs=[insight(ben), insight(ben)])
    settled(ben, made.weighings.first())
    made.weighings.filter(disposition="").update(disposition=disposition, reason=reason)
    refused(lambda: close(made, ben, state=state))


@pytest.mark.parametrize("state", ["CLOSED", "SUPERSEDED"])
def test_a_decision_that_weighed_nothing_does_not_leave_open(ben, state):
    refused(lambda: close(decision(ben, weighs=[]), ben, state=state))


def test_spaces_are_no_reason(ben):
    made = decision(ben, weighs=[insight(ben)])
    made.weighings.update(disposition="implemented", reason="   ")
    refused(lambda: close(made, ben))


@pytest.mark.parametrize("state", ["CLOSED", "SUPERSEDED"])
def test_a_decision_is_open_before_it_is_closed(ben, state):
    settled_at = {"outcome": "At home.", "closed_at": clock.now(), "closed_by": ben}
    refused(lambda: decision(ben, state=state, **settled_at))


@pytest.mark.parametrize("lack", [{"outcome": ""}, {"closed_at": None}, {"closed_by": None}], ids=str)
def test_closing_needs_an_outcome_a_moment_and_a_person(ben, lack):
    made = decision(ben, weighs=[insight(ben)])
    settled(ben, made.weighings.get())
    refused(lambda: close(made, ben, **lack))


def test_a_superseded_decision_does_not_come_back(closed):
    Decision.objects.filter(pk=closed.pk).update(state="SUPERSEDED")
    refused(lambda: Decision.objects.filter(pk=closed.pk).update(state="CLOSED"))


def test_an_insight_is_weighed_once_and_nothing_supersedes_itself_or_twice(ben):
    one = insight(ben)
    made = decision(ben, weighs=[one])
    refused(lambda: Weighing.objects.create(workspace=ben.workspace, decision=made, insight=one, weighed_by=ben))
    refused(lambda: Decision.objects.filter(pk=made.pk).update(supersedes=made))
    old = closed_decision(ben, weighs=[one])
    decision(ben, supersedes=old)
    refused(lambda: decision(ben, supersedes=old))


def test_a_change_on_record_is_kept_with_its_decision(closed, ben):
    change = Change.objects.create(
        workspace=ben.workspace,
        decision=closed,
        what="Visits moved home",
        evidence="Protocol 2.0",
        happened_date="2026-10-01",
        recorded_by=ben,
    )
    refused(lambda: Change.objects.filter(pk=change.pk).update(decision=decision(ben)))
    refused(lambda: Change.objects.filter(pk=change.pk).delete())
