"""Drafting, wording, approving, giving, withdrawing: who, when, what, and what the trail says."""

import json

import pytest

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.answers.rules import Heard, Kind
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.insights.models import Support
from tests.cast import answer, closed_decision, decision, engagement, in_clear, insight, programme, told, voice

WORDS = {"kind": Kind.DID, "you_said": "The way is long.", "we_did": "We come to you.", "because": "You told us."}
LETTER = {"opening": "Thank you.", "next_step": "In March.", "contact": "Ana, ana@hesperia.example"}


@pytest.fixture
def two_groups(ana):
    """A closed decision with voices of two engagements behind its two insights."""
    about = programme(ana)
    first, second = engagement(ana, programme=about), engagement(ana, programme=about)
    shared = insight(ana, programme=about, voices=[voice(ana, engagement=first), voice(ana, engagement=second)])
    only = insight(ana, programme=about, voices=[voice(ana, engagement=second)])
    return closed_decision(ana, programme=about, weighs=[shared, only]), first, second


def test_one_answer_for_each_engagement_with_the_cards_that_are_theirs(ana, two_groups):
    behind, first, second = two_groups
    drafted = actions.draft(by=ana, decision=behind)
    assert {made.engagement: made.cards.count() for made in drafted} == {first: 1, second: 2}
    made = next(made for made in drafted if made.engagement == first)
    card = made.cards.get()
    assert (card.kind, card.we_did) == ("DID", behind.outcome)
    assert card.because.startswith("People told us")
    assert first.name in made.opening
    assert made.contact == f"Ana, {ana.user.email}"
    event = AuditEvent.objects.get(object_id=str(made.pk), action="answer.drafted")
    facts = {"decision": str(behind.pk), "engagement": str(first.pk), "cards": 1}
    assert json.loads(event.body)["facts"] == facts
    assert actions.draft(by=ana, decision=behind) == [], "everybody has one"


def test_those_who_disagreed_are_answered_too(ana):
    about = programme(ana)
    group = engagement(ana, programme=about)
    stated = insight(ana, programme=about)
    Support.objects.create(
        workspace=ana.workspace, insight=stated, voice=voice(ana, engagement=group), stance="DISSENTS", added_by=ana
    )
    drafted = actions.draft(by=ana, decision=closed_decision(ana, programme=about, weighs=[stated]))
    assert group in {made.engagement for made in drafted}


def test_a_could_not_says_so_with_its_reason(ana):
    behind = closed_decision(ana, weighs=[insight(ana)], disposition="not_feasible")
    card = actions.draft(by=ana, decision=behind)[0].cards.get()
    assert (card.kind, card.we_did) == ("COULD_NOT", "We could not do this.")


def test_an_answer_needs_a_closed_decision_even_for_a_stale_page(ana):
    closed = closed_decision(ana, weighs=[insight(ana)])
    Decision.objects.filter(pk=closed.pk).update(state="SUPERSEDED")
    for made in (decision(ana, weighs=[insight(ana)]), closed):
        with pytest.raises(NotNow):
            actions.draft(by=ana, decision=made)


WRONG_ROLES = {
    "draft": (["sam", "cora", "eve"], lambda by, made: actions.draft(by=by, decision=made.decision)),
    "word_card": (["sam", "cora", "eve"], lambda by, made: actions.word_card(by=by, card=made.cards.get(), **WORDS)),
    "word_letter": (["sam", "cora", "eve"], lambda by, made: actions.word_letter(by=by, answer=made, **LETTER)),
    "approve": (["ana", "sam", "eve"], lambda by, made: actions.approve(by=by, answer=made)),
    "take_back": (["sam", "cora", "eve"], lambda by, made: actions.take_back(by=by, answer=made)),
    "give": (["ben", "sam", "cora", "eve"], lambda by, made: actions.give(by=by, answer=made)),
    "renew": (["ben", "sam", "cora", "eve"], lambda by, made: actions.renew_link(by=by, answer=made)),
    "withdraw": (
        ["ben", "sam", "cora", "eve"],
        lambda by, made: actions.withdraw(by=by, answer=made, reason="We were wrong."),
    ),
    "send": (
        ["ben", "sam", "cora", "eve"],
        lambda by, made: actions.send(by=by, answer=made, addresses=["a@b.example"]),
    ),
}


@pytest.mark.parametrize(("step", "who"), [(step, who) for step, (people, _) in WRONG_ROLES.items() for who in people])
def test_the_wrong_person_is_refused(cast, step, who):
    with pytest.raises(NotAllowed):
        WRONG_ROLES[step][1](getattr(cast, who), answer(cast.ana))


@pytest.mark.parametrize("step", WRONG_ROLES)
def test_another_workspaces_answer_is_out_of_reach(ana, ben, cleo, step):
    made = answer(
        ana,
        approved_by=None if step in {"word_card", "word_letter", "approve"} else ben,
        given=step in {"renew", "withdraw", "send"},
    )
    with pytest.raises(NoSuch):
        WRONG_ROLES[step][1](cleo, made)


def test_wording_a_card_seals_its_words(ben, ana):
    card = answer(ana).cards.get()
    actions.word_card(by=ben, card=card, **WORDS)
    card.refresh_from_db()
    assert (card.you_said, card.because) == ("The way is long.", "You told us.")
    event = told("answer.card_worded")
    assert event["facts"] == {"answer": str(card.answer_id)}
    assert set(event["fields"]) == {"you_said", "we_did", "because"}
    assert "The way is long" not in in_clear()
    assert Answer.objects.get().worded_by == ben


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": Kind.COULD_NOT, "because": "  "}, "because"),
        ({"you_said": " "}, "you_said"),
        ({"we_did": " "}, "we_did"),
    ],
)
def test_a_card_says_what_and_a_no_says_why(ana, wrong, field):
    with pytest.raises(NotValid) as refusal:
        actions.word_card(by=ana, card=answer(ana).cards.get(), **WORDS | wrong)
    assert set(refusal.value.fields) == {field}


def test_keeping_the_same_words_makes_nobody_their_author(ana, ben):
    made = answer(ana)
    card = made.cards.get()
    same = {field: getattr(card, field) for field in ("kind", "you_said", "we_did", "because")}
    actions.word_card(by=ben, card=card, **same)
    actions.word_letter(by=ben, answer=made, opening=made.opening, next_step="", contact=made.contact)
    made.refresh_from_db()
    assert made.worded_by == ana
    with pytest.raises(AssertionError):
        told("answer.card_worded")
    with pytest.raises(AssertionError):
        told("answer.worded")
    assert actions.approve(by=ben, answer=made).approved_by == ben


def test_wording_the_letter(ana):
    made = actions.word_letter(by=ana, answer=answer(ana), **LETTER | {"contact": "Ana, 0123"})
    assert (made.opening, made.next_step) == ("Thank you.", "In March.")
    assert set(told("answer.worded")["fields"]) == {"opening", "next_step", "contact"}
    assert "In March" not in in_clear()


def test_who_worded_last_does_not_approve(ana, ben):
    made = answer(ana)
    with pytest.raises(NotAllowed):
        actions.approve(by=ana, answer=made)
    stale = queries.get(ben, made.pk)
    actions.word_letter(by=ben, answer=made, **LETTER)
    with pytest.raises(NotAllowed):
        actions.approve(by=ben, answer=stale)
    approved = actions.approve(by=ana, answer=made)
    assert (approved.state, approved.approved_by) == ("APPROVED", ana)
    assert told("answer.approved")["facts"] == {"cards": 1, "versions": [2, 1]}


def test_an_answer_without_a_card_says_nothing(ana, ben):
    made = answer(ana)
    made.cards.all().delete()
    with pytest.raises(NotNow):
        actions.approve(by=ben, answer=made)


@pytest.mark.parametrize("step", ["word_card", "word_letter", "approve"])
def test_an_approved_answer_refuses_other_words_even_to_a_stale_page(ana, ben, cast, step):
    made = answer(ana)
    stale = queries.get(ana, made.pk)
    actions.approve(by=ben, answer=made)
    with pytest.raises(NotNow):
        WRONG_ROLES[step][1](cast.cora if step == "approve" else ana, stale)


def test_taking_back_opens_the_words_again(ana, ben):
    made = actions.take_back(by=ana, answer=answer(ana, approved_by=ben))
    assert (made.state, made.approved_by) == ("DRAFT", None)
    assert told("answer.taken_back")["object"][1] == str(made.pk)
    actions.word_letter(by=ana, answer=made, **LETTER)


def test_giving_makes_a_page(ana, ben):
    approved = answer(ana, approved_by=ben)
    assert queries.link_address(ana, approved.pk) == ""
    made = actions.give(by=ana, answer=approved)
    assert told("answer.given")["facts"] == {
        "engagement": str(made.engagement_id),
        "decision": str(made.decision_id),
    }
    token = queries.link_address(ana, made.pk).rstrip("/").rsplit("/", 1)[-1]
    assert queries.answer_page(token).cards[0].kind == "DID"
    assert token not in in_clear()
    assert token not in str(list(made.links.values()))


@pytest.mark.parametrize("step", ["give", "take_back", "approve"])
def test_what_was_given_is_given_even_to_a_stale_page(ana, ben, cast, step):
    approved = answer(ana, approved_by=ben)
    stale = queries.get(ana, approved.pk)
    actions.give(by=ana, answer=approved)
    with pytest.raises(NotNow):
        WRONG_ROLES[step][1](cast.cora if step == "approve" else ana, stale)


@pytest.mark.parametrize("step", ["give", "renew", "withdraw", "send"])
def test_a_draft_is_not_given_renewed_withdrawn_or_sent(ana, step):
    with pytest.raises(NotNow):
        WRONG_ROLES[step][1](ana, answer(ana))


def test_withdrawing_needs_a_reason_and_lets_a_new_answer_be_drafted(ana, ben):
    made = answer(ana, approved_by=ben, given=True)
    with pytest.raises(NotValid):
        actions.withdraw(by=ana, answer=made, reason="  ")
    assert queries.undrafted(ana) == []
    actions.withdraw(by=ana, answer=made, reason="A name stood in it.")
    assert "A name stood" not in in_clear()
    assert told("answer.withdrawn")["object"][1] == str(made.pk)
    assert queries.link_address(ana, made.pk) == ""
    assert [row.id for row in queries.undrafted(ana)] == [made.decision_id]
    assert len(actions.draft(by=ana, decision=made.decision)) == 1


def test_an_engagement_that_waits_again_is_shown_beside_one_that_has_its_draft(ana, ben, two_groups):
    behind, _first, _second = two_groups
    assert [row.id for row in queries.undrafted(ana)] == [behind.pk]
    made = actions.draft(by=ana, decision=behind)[0]
    assert queries.undrafted(ana) == []
    actions.give(by=ana, answer=actions.approve(by=ben, answer=made))
    actions.withdraw(by=ana, answer=made, reason="A name stood in it.")
    assert [row.id for row in queries.undrafted(ana)] == [behind.pk]
    assert [again.engagement for again in actions.draft(by=ana, decision=behind)] == [made.engagement]


def test_renewing_leaves_one_link_that_works(ana, ben):
    made = answer(ana, approved_by=ben, given=True)
    old = queries.link_address(ana, made.pk).rstrip("/").rsplit("/", 1)[-1]
    actions.renew_link(by=ana, answer=made)
    new = queries.link_address(ana, made.pk).rstrip("/").rsplit("/", 1)[-1]
    assert queries.answer_page(new)
    with pytest.raises(queries.GoneAnswer):
        queries.answer_page(old)
    with pytest.raises(queries.GoneAnswer):
        actions.reply(token=old, heard=Heard.YES, word="")
    with pytest.raises(queries.NoSuchAnswerPage):
        queries.answer_page("nobody's token")


def test_replies_are_counted_beyond_those_that_are_shown(ana, ben, monkeypatch):
    made = answer(ana, approved_by=ben, given=True)
    monkeypatch.setattr(actions.hearing.rules, "REPLIES_A_MINUTE", 1_000)
    token = queries.link_address(ana, made.pk).rstrip("/").rsplit("/", 1)[-1]
    for number in range(104):
        actions.reply(token=token, heard=Heard.NO if number < 4 else Heard.YES, word="")
    record = queries.record(ana, made.pk)
    assert (record.heard["YES"], record.heard["PARTLY"], record.heard["NO"]) == (100, 0, 4)
    assert (record.row.reply_count, record.row.heard_count) == (104, 100)
