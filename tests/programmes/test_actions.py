"""Setting up programmes and asking questions: who, when, what, and what the trail says."""

import pytest
from django.db import IntegrityError, transaction

from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.workspace.engagements.models import AskedQuestion
from antiphon.workspace.programmes import actions, queries
from antiphon.workspace.programmes.models import Programme, Question
from antiphon.workspace.programmes.rules import Kind, is_a_question
from tests.cast import engagement, in_clear, programme, question, told

PLAN = {"kind": Kind.ASSET, "stage": "design_planning", "function": "F_RD"}
ASKED = {"text": "What makes a visit hard?", "decision_point": "DP08", "function": "F_RD"}


@pytest.mark.parametrize(
    ("text", "is_one"), [("", False), ("Too short", False), ("  Too short ", False), ("Ten signs!", True)]
)
def test_a_question_says_enough(text, is_one):
    assert is_a_question(text) == is_one


@pytest.mark.parametrize("who", ["ben", "sam", "cora", "eve"])
def test_only_leads_set_up_and_change_programmes(cast, who):
    member, made = getattr(cast, who), programme(cast.ana)
    with pytest.raises(NotAllowed):
        actions.open_programme(by=member, name="HSP-9", **PLAN)
    with pytest.raises(NotAllowed):
        actions.edit_programme(by=member, programme=made, name="HSP-9", **PLAN)


@pytest.mark.parametrize("who", ["sam", "cora", "eve"])
def test_readers_neither_ask_nor_take_back(cast, who):
    member, made = getattr(cast, who), question(cast.ana)
    with pytest.raises(NotAllowed):
        actions.ask(by=member, programme=made.programme, **ASKED)
    with pytest.raises(NotAllowed):
        actions.withdraw_question(by=member, question=made)


def test_opening_a_programme_shares_it_and_seals_its_name(ana):
    made = actions.open_programme(
        by=ana, name="  HSP-204 ", indication="Heart failure", sharing=["F_MED", "F_RD", "F_MED"], **PLAN
    )
    assert made.name == "HSP-204"
    assert [shared.function for shared in made.sharing.all()] == ["F_MED"]
    event = told("programme.opened")
    assert event["facts"]["stage"] == "design_planning"
    assert set(event["fields"]) == {"name", "indication"}
    assert "HSP-204" not in in_clear()
    assert "Heart failure" not in in_clear()


@pytest.mark.parametrize("name", ["hsp-204", " HSP-204 ", "  "])
def test_a_name_is_said_once_in_a_workspace(ana, cleo, name):
    actions.open_programme(by=ana, name="HSP-204", **PLAN)
    with pytest.raises(NotValid) as refusal:
        actions.open_programme(by=ana, name=name, **PLAN)
    assert "name" in refusal.value.fields
    with pytest.raises(NotValid):
        actions.edit_programme(by=ana, programme=programme(ana), name=name, **PLAN)
    actions.open_programme(by=cleo, name="HSP-204", **PLAN)


def test_editing_tells_only_what_changed_since_it_was_last_kept(ana):
    made = actions.open_programme(by=ana, name="HSP-204", sharing=["F_MED"], **PLAN)
    stale = queries.get(ana, made.pk)
    actions.edit_programme(by=ana, programme=made, name="HSP-205", sharing=["F_REG"], **PLAN)
    assert set(told("programme.edited")["fields"]) == {"name"}
    assert [shared.function for shared in made.sharing.all()] == ["F_REG"]
    actions.edit_programme(by=ana, programme=stale, name="HSP-205", **PLAN)
    assert set(told("programme.edited")["fields"]) == set(), "it had this name already"


def test_asking_keeps_who_asks_what_and_where(ben):
    about = programme(ben)
    made = actions.ask(by=ben, programme=about, need="N3.1", **ASKED | {"text": "  What makes a visit hard? "})
    assert (made.text, made.need, made.asked_by) == ("What makes a visit hard?", "N3.1", ben)
    assert told("question.asked")["facts"] == {
        "decision_point": "DP08",
        "function": "F_RD",
        "programme": str(about.pk),
    }
    assert "visit hard" not in in_clear()


@pytest.mark.parametrize(
    "wrong", [{"text": "Why?"}, {"decision_point": "DP99"}, {"function": "F_NOBODY"}, {"need": "N99"}], ids=str
)
def test_a_question_needs_words_and_codes_that_exist(ben, wrong):
    with pytest.raises(NotValid) as refusal:
        actions.ask(by=ben, programme=programme(ben), **ASKED | wrong)
    assert set(refusal.value.fields) == set(wrong)
    assert not Question.objects.exists()


def test_a_question_is_taken_back_once_and_not_after_it_was_asked(ben, ana):
    made = question(ben)
    stale = queries.get_question(ben, made.pk)
    assert actions.withdraw_question(by=ben, question=made).withdrawn_at
    assert told("question.withdrawn")["object"][1] == str(made.pk)
    assert queries.questions(ben) == []
    with pytest.raises(NotNow):
        actions.withdraw_question(by=ben, question=stale)
    asked = question(ben)
    AskedQuestion.objects.create(
        workspace=ana.workspace, question=asked, engagement=engagement(ana, programme=asked.programme)
    )
    with pytest.raises(NotNow):
        actions.withdraw_question(by=ben, question=asked)


@pytest.mark.parametrize("step", ["edit", "withdraw", "ask"])
def test_another_workspaces_programme_is_out_of_reach(ana, cleo, step):
    made, asked = programme(ana), question(ana)
    steps = {
        "edit": lambda: actions.edit_programme(by=cleo, programme=made, name="Mine", **PLAN),
        "withdraw": lambda: actions.withdraw_question(by=cleo, question=asked),
        "ask": lambda: actions.ask(by=cleo, programme=made, **ASKED),
    }
    with pytest.raises((NoSuch, IntegrityError)), transaction.atomic():
        steps[step]()
    assert not Programme.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("find", [queries.get, queries.row, queries.by_text, queries.get_question])
def test_reading_finds_only_ones_own(ana, cleo, find):
    made = question(ana)
    wanted = made.pk if find is queries.get_question else made.programme_id
    assert find(ana, str(wanted))
    with pytest.raises(NoSuch):
        find(cleo, str(wanted))


@pytest.mark.parametrize("text", ["nonsense", "", "0", "0198c0de"])
def test_an_id_that_is_none_finds_nothing(ana, text):
    with pytest.raises(NoSuch):
        queries.by_text(ana, text)
