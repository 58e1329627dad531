"""No engagement closes until it has answered."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.engagements.models import Courtesy, Engagement
from antiphon.workspace.measures.queries import today
from tests.cast import answer, closed_decision, engagement, in_clear, insight, told, voice


@pytest.fixture
def answered(ana, ben):
    """An engagement whose one answer was given."""
    return answer(ana, approved_by=ben, given=True).engagement


def state_of(engagement):
    return Engagement.objects.get(pk=engagement.pk).state


def test_an_engagement_that_answered_closes_and_says_who_closed_it(ana, answered):
    actions.close_engagement(by=ana, engagement_id=answered.pk)
    assert state_of(answered) == "CLOSED"
    check = queries.closing_check(ana, answered.pk)
    assert (check.is_closed, check.closed_by, check.lacks) == (True, "Ana", ())
    assert told("closing.made")["facts"]["answers"] == 1
    assert told("engagement.closed")["object"][1] == str(answered.pk)


def test_it_closes_once(ana, answered):
    actions.close_engagement(by=ana, engagement_id=answered.pk)
    with pytest.raises(NotNow, match="closed already"):
        actions.close_engagement(by=ana, engagement_id=answered.pk)


def test_an_engagement_without_an_answer_does_not_close(ana):
    held = engagement(ana)
    with pytest.raises(NotNow, match="No answer was given"):
        actions.close_engagement(by=ana, engagement_id=held.pk)


def test_a_draft_insight_and_an_untold_one_keep_it_open(ana, answered):
    said = voice(ana, engagement=answered)
    draft = insight(ana, agreed=False, voices=[said], programme=answered.programme)
    untold = insight(ana, voices=[said], programme=answered.programme)
    check = queries.closing_check(ana, answered.pk)
    assert (check.drafts, check.untold) == (((draft.pk, draft.statement),), ((untold.pk, untold.statement),))
    with pytest.raises(NotNow, match=r"still a draft.*not told back"):
        actions.close_engagement(by=ana, engagement_id=answered.pk)


def test_open_thanks_keep_it_open(ana, answered):
    Courtesy.objects.create(
        workspace=ana.workspace, engagement=answered, kind="THANKS", due_date=datetime.date(2026, 9, 4)
    )
    with pytest.raises(NotNow, match="owes thanks"):
        actions.close_engagement(by=ana, engagement_id=answered.pk)


def test_only_leads_close_and_reopen(ana, ben, answered):
    with pytest.raises(NotAllowed):
        actions.close_engagement(by=ben, engagement_id=answered.pk)
    actions.close_engagement(by=ana, engagement_id=answered.pk)
    with pytest.raises(NotAllowed):
        actions.reopen_engagement(by=ben, engagement_id=answered.pk, reason="More came in.")


def test_another_workspaces_engagement_is_out_of_reach(cleo, answered):
    for act in (actions.close_engagement, actions.reopen_engagement):
        with pytest.raises(Exception, match=str(answered.pk)):
            act(by=cleo, engagement_id=answered.pk, **({"reason": "x"} if act is actions.reopen_engagement else {}))


def test_reopening_needs_a_reason_and_lets_it_close_anew(ana, answered):
    actions.close_engagement(by=ana, engagement_id=answered.pk)
    with pytest.raises(NotValid):
        actions.reopen_engagement(by=ana, engagement_id=answered.pk, reason=" ")
    actions.reopen_engagement(by=ana, engagement_id=answered.pk, reason="Late letters arrived.")
    assert "Late letters" not in in_clear()
    assert state_of(answered) == "HELD"
    actions.close_engagement(by=ana, engagement_id=answered.pk)
    assert answered.closings.count() == 2


def test_what_closed_an_engagement_is_not_withdrawn_before_it_is_reopened(ana, answered):
    actions.close_engagement(by=ana, engagement_id=answered.pk)
    given = answered.answers.get()
    with pytest.raises(NotNow, match="Reopen the engagement"):
        actions.withdraw(by=ana, answer=given, reason="A name stood in it.")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(given).objects.filter(pk=given.pk).update(state="WITHDRAWN")


def test_the_database_itself_closes_nothing_that_did_not_answer(ana):
    held = engagement(ana)
    with pytest.raises(DatabaseError), transaction.atomic():
        Engagement.objects.filter(pk=held.pk).update(state="CLOSED")


def test_the_page_says_what_is_missing_and_closes(ana, answered, signed_in):
    browser, address = signed_in(ana), reverse("answers:close_engagement", args=[answered.pk])
    draft = insight(ana, agreed=False, voices=[voice(ana, engagement=answered)], programme=answered.programme)
    assert draft.statement in browser.get(address).content.decode()
    refused = browser.post(address, follow=True).content.decode()
    assert "still a draft" in refused
    draft.delete()
    assert "This engagement is closed" in browser.post(address, follow=True).content.decode()
    again = reverse("answers:reopen_engagement", args=[answered.pk])
    assert browser.post(again, {"reason": ""}).status_code == 422
    assert browser.post(again, {"reason": "More came in."}).status_code == 302
    assert state_of(answered) == "HELD"


def test_a_decision_that_was_told_to_nobody_is_due_at_its_owner(ana, ben):
    behind = closed_decision(ben, weighs=[insight(ana, voices=[voice(ana)])])
    (owed,) = [thing for thing in today(ana).owed if thing.kind == "ANSWER_UNDRAFTED"]
    assert (owed.id, owed.owner_name, owed.is_late) == (behind.pk, "Ben", False)
