"""What was merged is counted once, leads on, and is never taken for answered."""

import datetime

import pytest

from antiphon.platform import clock
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.insights import actions as insights
from antiphon.workspace.measures import queries
from antiphon.workspace.measures.rules import Reach
from tests.cast import answer, closed_decision, decision, engagement, insight, programme, voice

REASON = "Both speak of the journey to the clinic."


@pytest.fixture
def pair(ana):
    about = programme(ana)
    heard = [voice(ana, engagement=engagement(ana, programme=about)) for _n in range(2)]
    return [insight(ana, programme=about, strength="SINGLE", voices=[each]) for each in heard]


def merged(ana, kept, absorbed):
    return insights.merge(by=ana, kept=kept, absorbed=absorbed, reason=REASON, strength="SEVERAL", dissent="")


def ids(trail, kind):
    return {node.id for node in trail.columns[kind]}


def cell(member, code="N3.1"):
    found = queries.gap_map(member)
    row = next(row for row in found.rows if row.code == code)
    return next(each for each in row.cells if each.column == "design_planning")


def test_two_that_say_the_same_wait_and_count_once(ana, pair):
    kept, absorbed = pair
    assert (queries.today(ana).waiting_count, cell(ana).counts) == (2, {Reach.HEARD: 2})
    merged(ana, kept, absorbed)
    shown = queries.today(ana)
    assert (shown.waiting_count, shown.rates[-1].agreed_count, cell(ana).counts) == (1, 1, {Reach.HEARD: 1})
    contents = queries.cell_contents(ana, need="N3.1", column="design_planning")
    assert [line.id for line in contents.insights] == [kept.pk]
    insights.unmerge(by=ana, insight=absorbed)
    assert queries.today(ana).waiting_count == 2


def test_what_was_decided_on_a_merged_one_is_not_lost_on_the_map(ana, pair):
    kept, absorbed = pair
    closed_decision(ana, programme=kept.programme, weighs=[absorbed])
    merged(ana, kept, absorbed)
    assert cell(ana).counts == {Reach.DECIDED: 1}


def test_who_was_merged_into_an_answered_one_still_waits_for_an_answer(ana, ben, pair):
    kept, absorbed = pair
    with clock.at(clock.now() - datetime.timedelta(days=3)):
        behind = closed_decision(ana, programme=kept.programme, weighs=[kept])
        answer(ana, decision=behind, approved_by=ben, given=True)
    assert (queries.today(ana).waiting_count, queries.today(ana).answered_count) == (1, 1)
    merged(ana, kept, absorbed)
    assert (queries.today(ana).waiting_count, queries.today(ana).answered_count) == (1, 0)
    (more,) = answers.draft(by=ana, decision=behind)
    assert more.engagement_id == absorbed.supports.get().voice.engagement_id
    answers.give(by=ana, answer=answers.approve(by=ben, answer=more))
    assert (queries.today(ana).waiting_count, queries.today(ana).answered_count) == (0, 1)


def test_two_that_were_both_answered_need_no_second_answer(ana, ben, pair):
    kept, absorbed = pair
    with clock.at(clock.now() - datetime.timedelta(days=3)):
        for each in pair:
            behind = closed_decision(ana, programme=kept.programme, weighs=[each])
            answer(ana, decision=behind, approved_by=ben, given=True)
    merged(ana, kept, absorbed)
    assert (queries.today(ana).waiting_count, queries.today(ana).answered_count) == (0, 1)


def test_the_trail_of_a_voice_goes_on_through_the_one_that_stayed(ana, pair):
    kept, absorbed = pair
    spoken = absorbed.supports.get().voice
    earlier = decision(ana, programme=kept.programme, weighs=[absorbed])
    merged(ana, kept, absorbed)
    later = decision(ana, programme=kept.programme, weighs=[kept])
    trail = queries.trail_of_voice(ana, spoken.pk)
    assert ids(trail, "insight") == {kept.pk, absorbed.pk}
    assert ids(trail, "decision") == {earlier.pk, later.pk}
    assert {node.meta for node in trail.columns["insight"]} == {"", "merged into another"}


def test_the_trails_of_both_and_of_the_decision_show_both(ana, pair):
    kept, absorbed = pair
    merged(ana, kept, absorbed)
    about = decision(ana, programme=kept.programme, weighs=[kept])
    both = {kept.pk, absorbed.pk}
    for trail in (
        queries.trail_of_insight(ana, kept.pk),
        queries.trail_of_insight(ana, absorbed.pk),
        queries.trail_of_decision(ana, about.pk),
    ):
        assert ids(trail, "insight") == both
        assert ids(trail, "decision") == {about.pk}
    spoken = {kept.supports.get(came_with=None).voice_id, absorbed.supports.get().voice_id}
    assert ids(queries.trail_of_decision(ana, about.pk), "voice") == spoken
