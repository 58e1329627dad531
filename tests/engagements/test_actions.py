"""Planning, holding, saying thank you: who, when, what, and what the trail says."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from antiphon.platform import clock
from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.workspace.engagements import actions, queries, rules
from antiphon.workspace.engagements.models import Courtesy, Engagement
from antiphon.workspace.engagements.rules import State
from tests.cast import answer, engagement, in_clear, programme, question, told

FRIDAY = datetime.date(2026, 9, 4)
PLAN = {
    "name": "Advisory board",
    "kind": "patient_advisory_board",
    "purpose": "To learn what makes a visit hard.",
    "starts_date": datetime.date(2026, 9, 1),
    "ends_date": None,
}


def planned(by, **changes):
    about = changes.pop("programme", None) or programme(by)
    return actions.plan(by=by, programme=about, functions=["F_RD"], **PLAN | changes)


def held(by, made, **changes):
    return actions.hold(by=by, engagement=made, **{"ends_date": FRIDAY, "groups": ["patient"]} | changes)


@given(st.dates(), st.none() | st.dates())
def test_an_end_follows_its_start(starts, ends):
    assert rules.dates_follow(starts, ends) == (not (ends and ends < starts))


def test_an_engagement_goes_forward_and_is_only_reopened():
    allowed = {(State.PLANNED, State.HELD), (State.HELD, State.CLOSED), (State.CLOSED, State.HELD)}
    assert {(a, b) for a in State for b in State if rules.can_become(a, b)} == allowed


def test_planning_says_what_for_and_seals_it(ana):
    about = programme(ana)
    asked = question(ana, programme=about)
    made = planned(ana, programme=about, questions=[asked.pk])
    assert (made.state, made.lead) == ("PLANNED", ana)
    assert [a.question for a in made.asked.all()] == [asked]
    assert told("engagement.planned")["facts"] == {
        "kind": "patient_advisory_board",
        "programme": str(about.pk),
        "functions": ["F_RD"],
        "starts": "2026-09-01",
    }
    assert "makes a visit hard" not in in_clear()


@pytest.mark.parametrize("who", ["sam", "cora", "eve"])
def test_readers_do_not_plan(cast, who):
    with pytest.raises(NotAllowed):
        planned(getattr(cast, who), programme=programme(cast.ana))
    with pytest.raises(NotAllowed):
        actions.edit(by=getattr(cast, who), engagement=planned(cast.ana), **PLAN)


@pytest.mark.parametrize("who", ["ben", "sam", "cora", "eve"])
def test_only_leads_run_engagements(cast, who):
    made = planned(cast.ana)
    with pytest.raises(NotAllowed):
        held(getattr(cast, who), made)
    courtesy = held(cast.ana, made).courtesies.first()
    with pytest.raises(NotAllowed):
        actions.do_courtesy(by=getattr(cast, who), courtesy=courtesy)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "ADVISORY board "}, "name"),
        ({"name": "  "}, "name"),
        ({"ends_date": datetime.date(2026, 8, 1)}, "ends_date"),
    ],
)
def test_a_plan_needs_a_name_of_its_own_and_days_that_follow(ana, wrong, field):
    planned(ana)
    for attempt in (
        lambda: planned(ana, **{"name": "Other"} | wrong),
        lambda: actions.edit(by=ana, engagement=engagement(ana), **PLAN | {"name": "Other"} | wrong),
    ):
        with pytest.raises(NotValid) as refusal:
            attempt()
        assert set(refusal.value.fields) == {field}


def test_a_question_of_another_programme_is_refused_and_not_lost_in_silence(ana):
    elsewhere = question(ana)
    with pytest.raises(NotValid) as refusal:
        planned(ana, questions=[elsewhere.pk])
    assert set(refusal.value.fields) == {"questions"}
    assert not Engagement.objects.exists()


def test_editing_changes_the_plan_and_tells_what(ana):
    about = programme(ana)
    made = planned(ana, programme=about)
    asked = question(ana, programme=about)
    new = PLAN | {"purpose": "Entirely another purpose."}
    actions.edit(by=ana, engagement=made, functions=iter(["F_MED"]), questions=iter([asked.pk]), **new)
    event = told("engagement.edited")
    assert set(event["fields"]) == {"purpose"}
    assert event["facts"] == {"functions": ["F_MED"], "questions": [str(asked.pk)], "version": 2}
    assert [f.function for f in made.functions.all()] == ["F_MED"]
    assert "another purpose" not in in_clear()


def test_what_patients_were_asked_stays_after_the_engagement_took_place(ana):
    about = programme(ana)
    asked = question(ana, programme=about)
    made = held(ana, planned(ana, programme=about, questions=[asked.pk]))
    with pytest.raises(NotNow, match="already asked"):
        actions.edit(by=ana, engagement=made, functions=["F_RD"], **PLAN | {"ends_date": FRIDAY})
    more = question(ana, programme=about)
    actions.edit(
        by=ana, engagement=made, functions=["F_RD"], questions=[asked.pk, more.pk], **PLAN | {"ends_date": FRIDAY}
    )
    assert {a.question for a in made.asked.all()} == {asked, more}


def test_the_end_of_what_took_place_is_not_taken_away(ana):
    made = held(ana, planned(ana))
    with pytest.raises(NotValid) as refusal:
        actions.edit(by=ana, engagement=made, functions=["F_RD"], **PLAN)
    assert set(refusal.value.fields) == {"ends_date"}


def test_a_closed_engagement_is_not_edited_from_a_stale_page(ana, ben):
    made = answer(ana, approved_by=ben, given=True).engagement
    Engagement.objects.filter(pk=made.pk).update(state="CLOSED")
    assert made.state == "HELD"
    with pytest.raises(NotNow):
        actions.edit(by=ana, engagement=made, **PLAN | {"ends_date": FRIDAY})


def test_holding_starts_the_clocks(ana):
    made = held(ana, planned(ana), groups=["carer", "patient", "carer"], people=12)
    assert (made.state, made.people_count) == ("HELD", 12)
    assert sorted(group.stakeholder for group in made.groups.all()) == ["carer", "patient"]
    due = dict(made.courtesies.values_list("kind", "due_date"))
    assert due == {"THANKS": datetime.date(2026, 9, 6), "HOLDING_REPLY": datetime.date(2026, 9, 18)}
    assert told("engagement.held")["facts"]["people"] == 12


def test_it_takes_place_once_even_for_a_stale_page(ana):
    made = planned(ana)
    stale = queries.get(ana, made.pk)
    held(ana, made)
    with pytest.raises(NotNow):
        held(ana, stale)
    assert Courtesy.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"groups": []}, "groups"),
        ({"groups": iter(())}, "groups"),
        ({"groups": ["somebody by name"]}, "groups"),
        ({"ends_date": datetime.date(2026, 8, 31)}, "ends_date"),
        ({"ends_date": clock.today() + datetime.timedelta(days=1)}, "ends_date"),
    ],
)
def test_holding_needs_groups_and_a_day_that_has_come(ana, wrong, field):
    made = planned(ana)
    with pytest.raises(NotValid) as refusal:
        held(ana, made, **wrong)
    assert set(refusal.value.fields) == {field}
    assert not Courtesy.objects.exists()


def test_a_courtesy_is_done_once_even_for_a_stale_page(ana):
    thanks = held(ana, planned(ana)).courtesies.get(kind="THANKS")
    stale = queries.get_courtesy(ana, thanks.pk)
    done = actions.do_courtesy(by=ana, courtesy=thanks)
    assert done.done_by == ana
    assert told("courtesy.done")["facts"] == {
        "engagement": str(done.engagement_id),
        "kind": "THANKS",
        "due": "2026-09-06",
    }
    with pytest.raises(NotNow):
        actions.do_courtesy(by=ana, courtesy=stale)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "HELD", "held_at": None},
        {"state": "PLANNED"},
        {"ends_date": datetime.date(2020, 1, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_an_engagement_that_cannot_be(ana, broken):
    made = engagement(ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=made.pk).update(**broken)


def test_the_database_refuses_a_courtesy_done_by_nobody(ana):
    held(ana, planned(ana))
    with pytest.raises(IntegrityError), transaction.atomic():
        Courtesy.objects.update(done_at=clock.now())


@pytest.mark.parametrize("step", ["edit", "hold", "courtesy"])
def test_another_workspaces_engagement_is_out_of_reach(ana, cleo, step):
    made = planned(ana)
    thanks = held(ana, planned(ana, name="Other")).courtesies.get(kind="THANKS")
    steps = {
        "edit": lambda: actions.edit(by=cleo, engagement=made, **PLAN),
        "hold": lambda: held(cleo, made),
        "courtesy": lambda: actions.do_courtesy(by=cleo, courtesy=thanks),
    }
    with pytest.raises(NoSuch):
        steps[step]()


def test_reading_finds_only_ones_own(ana, cleo):
    made = held(ana, planned(ana))
    assert queries.rows(cleo) == []
    for find, wanted in ((queries.get, made), (queries.record, made), (queries.get_courtesy, made.courtesies.first())):
        assert find(ana, wanted.pk)
        with pytest.raises(NoSuch):
            find(cleo, wanted.pk)
