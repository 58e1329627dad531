"""An approved answer stays word for word, and nobody approves their own words, whoever asks the database."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from antiphon.platform import clock
from antiphon.workspace.answers.models import Answer, AnswerLink, Card, Reply
from tests.cast import answer, insight


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


# The same in every process, because it names a test.
SOME_DAY = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)


@pytest.fixture(params=["APPROVED", "GIVEN"])
def settled(request, ana, ben):
    return answer(ana, approved_by=ben, given=request.param == "GIVEN")


def change(made, **fields):
    return lambda: Answer.objects.filter(pk=made.pk).update(**fields)


@pytest.mark.parametrize("field", ["opening", "next_step", "contact"])
def test_the_letter_of_a_settled_answer_stays(settled, field):
    refused(change(settled, **{field: "forged"}))


def test_so_do_its_cards_even_with_sql(settled, ana):
    cards = Card.objects.filter(answer=settled)
    refused(lambda: cards.update(we_did="forged"))
    refused(lambda: cards._raw_delete("default"))
    refused(
        lambda: Card.objects.create(
            workspace=ana.workspace, answer=settled, insight=insight(ana), kind="DID", you_said="x", we_did="y"
        )
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE answers_card SET because = 'forged'")


def test_no_card_is_moved_onto_a_settled_answer(settled, ana):
    draft = answer(ana)
    refused(lambda: Card.objects.filter(answer=draft).update(answer=settled))


def test_nobody_approves_their_own_words(ana, ben):
    made = answer(ana)
    refused(change(made, state="APPROVED", approved_at=clock.now(), approved_by=ana))
    approved = answer(ana, approved_by=ben)
    refused(change(approved, worded_by=ben))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "APPROVED"},
        {"state": "GIVEN"},
        {"given_at": SOME_DAY},
        {"approved_at": SOME_DAY, "state": "APPROVED"},
    ],
    ids=str,
)
def test_a_draft_is_not_approved_or_given_by_nobody(ana, fields):
    refused(change(answer(ana), **fields))


DRAFT = {"state": "DRAFT", "approved_at": None, "approved_by": None, "given_at": None, "given_by": None}


@pytest.mark.parametrize("fields", [DRAFT, {"state": "APPROVED", "given_at": None, "given_by": None}], ids=str)
def test_what_was_given_cannot_be_made_ungiven(ana, ben, fields):
    made = answer(ana, approved_by=ben, given=True)
    refused(change(made, **fields))


def test_when_and_by_whom_it_was_given_stays(ana, ben):
    made = answer(ana, approved_by=ben, given=True)
    for fields in ({"given_at": clock.now()}, {"approved_at": clock.now()}, {"given_by": ben}):
        refused(change(made, **fields))


def test_what_was_withdrawn_does_not_come_back(ana, ben):
    made = answer(ana, approved_by=ben, given=True)
    Answer.objects.filter(pk=made.pk).update(state="WITHDRAWN", withdrawn_at=clock.now())
    refused(change(made, state="GIVEN"))


def test_answers_links_and_replies_are_kept(ana, ben):
    made = answer(ana, approved_by=ben, given=True)
    link = made.links.get()
    refused(lambda: Answer.objects.filter(pk=made.pk)._raw_delete("default"))
    refused(lambda: AnswerLink.objects.filter(pk=link.pk)._raw_delete("default"))
    refused(lambda: AnswerLink.objects.filter(pk=link.pk).update(token_hash="0" * 64))
    kept = Reply.objects.create(workspace=ana.workspace, answer=made, heard="YES")
    refused(lambda: Reply.objects.filter(pk=kept.pk).update(heard="NO"))
    refused(lambda: Reply.objects.filter(pk=kept.pk)._raw_delete("default"))


def test_an_engagement_gets_one_answer_of_a_decision_unless_it_was_withdrawn(ana, ben):
    made = answer(ana, approved_by=ben, given=True)
    again = {
        "workspace": ana.workspace,
        "decision": made.decision,
        "engagement": made.engagement,
        "drafted_by": ana,
        "worded_by": ana,
    }
    refused(lambda: Answer.objects.create(**again))
    Answer.objects.filter(pk=made.pk).update(state="WITHDRAWN", withdrawn_at=clock.now())
    assert Answer.objects.create(**again)
