"""Opening, weighing, settling, closing, superseding: who, when, what, and what the trail says."""

import datetime

import pytest

from antiphon.platform import clock
from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.workspace.decisions import actions, queries
from antiphon.workspace.decisions.models import Decision, Option, Weighing
from antiphon.workspace.insights.models import Insight
from tests.cast import closed_decision, decision, in_clear, insight, member, programme, settled, told

REASON = "People told us so, and it could be done."
LATER = datetime.date(2027, 5, 1)


@pytest.fixture
def med(cast):
    """A function partner of another function."""
    return member(cast.hesperia, "Mia", "function_partner", function="F_MED")


@pytest.fixture
def ready(ben):
    """An open decision that lacks nothing but its closing."""
    made = decision(ben, weighs=[insight(ben)], outcome="Two of six visits at home.")
    settled(ben, made.weighings.get())
    return made


def opened(by, **changes):
    fields = {
        "programme": programme(by),
        "question": "How often must people come?",
        "decision_point": "DP08",
        "function": "F_RD",
        "owner": by,
        "due_date": LATER,
    }
    return actions.open_decision(by=by, **fields | changes)


def option(by, made):
    return Option.objects.create(workspace=by.workspace, decision=made, text="At home")


# Every action on an open decision, to be tried by the wrong person and at the wrong time.
STEPS = {
    "edit": lambda by, made: actions.edit(by=by, decision=made, question="Changed?"),
    "weigh": lambda by, made: actions.weigh(by=by, decision=made, insights=[]),
    "weigh_up": lambda by, made: actions.weigh_up(
        by=by, weighing=made.weighings.get(), disposition="planned", reason=REASON
    ),
    "unweigh": lambda by, made: actions.unweigh(by=by, weighing=made.weighings.get()),
    "add_option": lambda by, made: actions.add_option(by=by, decision=made, text="At home"),
    "choose_option": lambda by, made: actions.choose_option(by=by, option=made.options.get()),
    "close": lambda by, made: actions.close(by=by, decision=made),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["sam", "cora", "eve", "med"])
def test_only_leads_and_the_owning_function_decide(step, who, cast, med, ready):
    option(cast.ben, ready)
    with pytest.raises(NotAllowed):
        STEPS[step](med if who == "med" else getattr(cast, who), ready)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["ana", "ben", "adam"])
def test_leads_and_the_owning_function_do(step, who, cast, ready):
    option(cast.ben, ready)
    STEPS[step](getattr(cast, who), ready)


@pytest.mark.parametrize("step", STEPS)
def test_a_closed_decision_refuses_every_step_even_to_a_stale_page(step, ben, ready):
    option(ben, ready)
    stale = queries.get(ben, ready.pk)
    actions.close(by=ben, decision=ready)
    assert stale.state == "OPEN"
    with pytest.raises(NotNow):
        STEPS[step](ben, stale)


@pytest.mark.parametrize("step", STEPS)
def test_who_no_longer_owns_a_decision_cannot_work_on_it_from_a_stale_page(step, cast, med):
    made = decision(cast.ana, owner=med, weighs=[insight(cast.ana)], outcome="At home.")
    settled(med, made.weighings.get())
    option(med, made)
    stale = queries.get(med, made.pk)
    Decision.objects.filter(pk=made.pk).update(owner=cast.ben)
    with pytest.raises(NotAllowed):
        STEPS[step](med, stale)


def test_opening_says_where_who_and_until_when(ben):
    made = opened(ben, question="  How often must people come?  ")
    assert (made.question, made.state) == ("How often must people come?", "OPEN")
    event = told("decision.opened")
    assert event["facts"] == {
        "decision_point": "DP08",
        "function": "F_RD",
        "owner": str(ben.pk),
        "due": "2027-05-01",
    }
    assert event["actor"] == str(ben.pk)
    assert "How often" not in in_clear()


@pytest.mark.parametrize("who", ["sam", "cora", "eve"])
def test_readers_do_not_open_decisions(cast, who):
    with pytest.raises(NotAllowed):
        opened(cast.ben, programme=programme(cast.ben)) and opened(getattr(cast, who))


@pytest.mark.parametrize("wrong", [{"question": "  "}, {"decision_point": "DP99"}, {"function": "F_NOBODY"}], ids=str)
def test_a_decision_needs_a_question_and_codes_that_exist(ben, wrong):
    with pytest.raises(NotValid) as refusal:
        opened(ben, **wrong)
    assert set(refusal.value.fields) == set(wrong)
    assert not Decision.objects.exists()


def test_a_decision_that_cannot_weigh_what_was_chosen_is_not_opened(ben):
    with pytest.raises(NotNow):
        opened(ben, insights=[insight(ben), insight(ben, agreed=False)])
    assert not Decision.objects.exists()
    made = opened(ben, insights=[insight(ben)])
    assert made.weighings.count() == 1


def test_editing_seals_what_changed_and_is_silent_when_nothing_did(ben, ready):
    actions.edit(by=ben, decision=ready, question=ready.question)
    with pytest.raises(AssertionError):
        told("decision.edited")
    actions.edit(by=ben, decision=ready, question="Entirely new words?", due_date=LATER)
    assert set(told("decision.edited")["fields"]) == {"question", "due_date"}
    assert "Entirely new" not in in_clear()
    ready.refresh_from_db()
    assert (ready.question, ready.due_date) == ("Entirely new words?", LATER)


def test_weighing_takes_agreed_insights_once(ben):
    one, two, made = insight(ben), insight(ben), decision(ben)
    assert actions.weigh(by=ben, decision=made, insights=[one, one]) == 1
    assert actions.weigh(by=ben, decision=made, insights=[one, two]) == 1
    assert told("insight.weighed")["facts"] == {"decision": str(made.pk), "insight": str(two.pk)}


def test_an_insight_that_is_not_agreed_any_more_is_not_weighed_from_a_stale_page(ben):
    stale, made = insight(ben), decision(ben)
    Insight.objects.filter(pk=stale.pk).update(state="DRAFT", agreed_at=None, agreed_by=None)
    with pytest.raises(NotNow):
        actions.weigh(by=ben, decision=made, insights=[stale])
    assert not made.weighings.exists()


def test_settling_keeps_disposition_and_reason(ben, ready):
    weighed = ready.weighings.get()
    actions.weigh_up(by=ben, weighing=weighed, disposition="not_feasible", reason="  There is no nurse to send.  ")
    weighed.refresh_from_db()
    assert (weighed.disposition, weighed.reason) == ("not_feasible", "There is no nurse to send.")
    event = told("insight.disposed")
    assert event["facts"] == {
        "decision": str(ready.pk),
        "insight": str(weighed.insight_id),
        "disposition": "not_feasible",
    }
    assert set(event["fields"]) == {"disposition", "reason"}
    assert "no nurse" not in in_clear()


@pytest.mark.parametrize(
    ("disposition", "reason", "field"),
    [("nonsense", REASON, "disposition"), ("", REASON, "disposition"), ("planned", " short ", "reason")],
)
def test_settling_needs_a_listed_disposition_and_a_reason(ben, ready, disposition, reason, field):
    with pytest.raises(NotValid) as refusal:
        actions.weigh_up(by=ben, weighing=ready.weighings.get(), disposition=disposition, reason=reason)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("step", ["weigh_up", "unweigh"])
def test_what_somebody_took_off_meanwhile_is_gone(ben, ready, step):
    stale = queries.get_weighing(ben, ready.weighings.get().pk)
    actions.unweigh(by=ben, weighing=ready.weighings.get())
    assert told("insight.taken_off")["facts"] == {"decision": str(ready.pk), "insight": str(stale.insight_id)}
    more = {"disposition": "planned", "reason": REASON} if step == "weigh_up" else {}
    with pytest.raises(NoSuch):
        getattr(actions, step)(by=ben, weighing=stale, **more)


def test_the_trail_tells_what_stood_there_and_not_what_a_stale_page_showed(ben, ready):
    stale = queries.get_weighing(ben, ready.weighings.get().pk)
    actions.weigh_up(by=ben, weighing=ready.weighings.get(), disposition="planned", reason=REASON)
    between = told("insight.disposed")["fields"]["disposition"]
    actions.weigh_up(by=ben, weighing=stale, disposition="not_feasible", reason=REASON)
    assert told("insight.disposed")["fields"]["disposition"][0] == between[1]


def test_options_are_written_and_one_is_chosen(ben, ready):
    with pytest.raises(NotValid):
        actions.add_option(by=ben, decision=ready, text="  ")
    first = actions.add_option(by=ben, decision=ready, text=" At home ")
    second = actions.add_option(by=ben, decision=ready, text="At the clinic")
    assert first.text == "At home"
    assert told("option.added")["facts"] == {"decision": str(ready.pk)}
    actions.choose_option(by=ben, option=first)
    actions.choose_option(by=ben, option=second)
    assert list(ready.options.filter(chosen=True)) == [second]
    assert told("option.chosen")["object"][1] == str(second.pk)


def test_closing_counts_what_was_done(ben, ready):
    made = actions.close(by=ben, decision=ready)
    assert (made.state, made.closed_by) == ("CLOSED", ben)
    assert told("decision.closed")["facts"] == {"insights": 1, "dispositions": ["implemented"]}


def test_closing_says_everything_that_lacks(ben):
    made = decision(ben, weighs=[insight(ben)])
    with pytest.raises(NotNow) as refusal:
        actions.close(by=ben, decision=made)
    for words in ("what was decided", "for every insight", "a reason"):
        assert words in str(refusal.value)
    actions.weigh_up(by=ben, weighing=made.weighings.get(), disposition="under_review", reason=REASON)
    actions.edit(by=ben, decision=made, outcome="At home.")
    with pytest.raises(NotNow, match="under review"):
        actions.close(by=ben, decision=made)


def test_superseding_opens_a_new_decision_and_keeps_the_old(ben, ready):
    old = actions.close(by=ben, decision=ready)
    new = actions.supersede(by=ben, decision=old, reason="The firm cannot deliver.", due_date=LATER)
    old.refresh_from_db()
    assert (old.state, new.state, new.supersedes) == ("SUPERSEDED", "OPEN", old)
    assert [w.insight_id for w in new.weighings.all()] == [w.insight_id for w in old.weighings.all()]
    assert not Weighing.objects.filter(decision=new).exclude(disposition="", reason="").exists()
    assert told("decision.superseded")["facts"] == {"by": str(new.pk)}
    assert told("decision.opened")["facts"] == {"supersedes": str(old.pk)}
    assert "cannot deliver" not in in_clear()
    with pytest.raises(NotNow):
        actions.supersede(by=ben, decision=ready, reason="The firm cannot deliver.", due_date=LATER)


def test_superseding_is_refused_when_open_without_a_reason_and_to_others(cast, med, ready):
    with pytest.raises(NotNow):
        actions.supersede(by=cast.ben, decision=ready, reason=REASON, due_date=LATER)
    closed = closed_decision(cast.ben, weighs=[insight(cast.ben)])
    with pytest.raises(NotValid) as refusal:
        actions.supersede(by=cast.ben, decision=closed, reason="short", due_date=LATER)
    assert "reason" in refusal.value.fields
    with pytest.raises(NotAllowed):
        actions.supersede(by=med, decision=closed, reason=REASON, due_date=LATER)


def changed(by, made, **changes):
    fields = {"what": "Visits moved", "evidence": "Protocol 2.0, 6.3", "happened_date": clock.today()}
    return actions.record_change(by=by, decision=made, **fields | changes)


def test_a_change_needs_a_closed_decision_evidence_and_a_day_that_has_come(cast, med, ready):
    with pytest.raises(NotNow):
        changed(cast.ben, ready)
    closed = actions.close(by=cast.ben, decision=ready)
    tomorrow = clock.today() + datetime.timedelta(days=1)
    for wrong in ({"what": " "}, {"evidence": " "}, {"happened_date": tomorrow}):
        with pytest.raises(NotValid) as refusal:
            changed(cast.ben, closed, **wrong)
        assert set(refusal.value.fields) == set(wrong)
    with pytest.raises(NotAllowed):
        changed(med, closed)
    made = changed(cast.ben, closed, what=" Visits moved ")
    assert made.what == "Visits moved"
    assert told("change.recorded")["facts"] == {"decision": str(closed.pk)}
    assert "Visits moved" not in in_clear()


def test_a_change_is_recorded_from_a_page_that_still_showed_the_decision_open(ben, ready):
    stale = queries.get(ben, ready.pk)
    actions.close(by=ben, decision=ready)
    assert changed(ben, stale).decision_id == ready.pk


@pytest.mark.parametrize("find", [queries.get, queries.record])
def test_another_workspaces_decision_is_not_there(ben, cleo, find):
    made = decision(ben)
    with pytest.raises(NoSuch):
        find(cleo, made.pk)


@pytest.mark.parametrize("step", [*STEPS, "supersede", "change"])
def test_another_workspaces_lead_changes_nothing(step, ben, cleo, ready):
    option(ben, ready)
    more = {
        "supersede": lambda by, made: actions.supersede(by=by, decision=made, reason=REASON, due_date=LATER),
        "change": changed,
    }
    with pytest.raises((NoSuch, NotAllowed)):
        (STEPS | more)[step](cleo, ready)
