"""Where an insight stands is kept by the database, whatever people do and in whatever order."""

import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from antiphon.platform import clock
from antiphon.platform.database import deriving
from antiphon.workspace.answers.models import Card
from antiphon.workspace.decisions.models import Weighing
from antiphon.workspace.insights.models import Insight, InsightCode, Merge
from antiphon.workspace.measures.models import Standing
from tests.cast import answer, closed_decision, insight
from tests.measures.desk import DRAWN, REASON, Desk


def as_people_left_it() -> dict:
    """The same, worked out row by row."""
    return {each.pk: (coded(each), is_decided(each), told_at(each)) for each in Insight.objects.filter(state="AGREED")}


def coded(each) -> str:
    pairs = InsightCode.objects.filter(insight=each).values_list("pack", "code")
    return ",".join(f"{pack}:{code}" for pack, code in sorted(pairs))


def is_decided(each) -> bool:
    those = {each.pk} | {merge.absorbed_id for merge in Merge.objects.filter(kept=each, undone_at=None)}
    return any(w.decision.state != "OPEN" for w in Weighing.objects.filter(insight__in=those))


def told_at(each) -> datetime.datetime | None:
    newer = [m for m in Merge.objects.filter(kept=each, undone_at=None, was="AGREED") if not given_with(m.absorbed_id)]
    return min((at for at in given_with(each.pk) if not any(m.merged_at > at for m in newer)), default=None)


def given_with(insight_id) -> list[datetime.datetime]:
    return [c.answer.given_at for c in Card.objects.filter(insight=insight_id) if c.answer.state == "GIVEN"]


def kept() -> dict:
    return {each.insight_id: (each.coded, each.is_decided, each.told_at) for each in Standing.objects.all()}


@given(steps=DRAWN)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_do_the_rows_are_what_they_left(ana, ben, steps):
    desk = Desk(ana, ben)
    for minute, step in enumerate(steps):
        with clock.at(clock.now() + datetime.timedelta(minutes=minute)):
            desk.do(*step)
        assert kept() == as_people_left_it(), steps[: minute + 1]
        assert deriving.differing() == []


def test_the_whole_line_and_back(ana, ben):
    desk = Desk(ana, ben)
    first = desk.insights[0].pk
    seen = []
    for step in ("weigh", "close", "draft", "give", "withdraw", "supersede"):
        desk.do(step, 0, 0)
        _coded, decided, told = kept()[first]
        seen.append((decided, told is not None))
        assert kept() == as_people_left_it()
    assert seen == [(False, False), (True, False), (True, False), (True, True), (True, False), (True, False)]


def test_what_was_told_of_a_merged_one_is_not_taken_for_an_answer(ana, ben):
    desk = Desk(ana, ben)
    told, untold = desk.insights[:2]
    behind = closed_decision(ana, programme=told.programme, weighs=[told])
    with clock.at(clock.now() - datetime.timedelta(days=3)):
        answer(ana, decision=behind, approved_by=ben, given=True)
    desk.merge(0, 1)
    assert kept()[told.pk][2] is None
    desk.unmerge(1, 0)
    assert kept()[told.pk][2] is not None
    assert kept()[untold.pk][2] is None


def test_what_is_settled_of_one_that_was_merged_counts_for_the_one_that_took_it_in(ana, ben):
    desk = Desk(ana, ben)
    kept_one = desk.insights[0].pk
    answered = closed_decision(ana, programme=desk.insights[0].programme, weighs=[desk.insights[0]])
    with clock.at(clock.now() - datetime.timedelta(days=3)):
        answer(ana, decision=answered, approved_by=ben, given=True)
    desk.weigh(1, 1)
    desk.close(1, 0)
    desk.draft(1, 0)
    desk.merge(0, 1)
    assert kept()[kept_one][1:] == (True, None)  # who spoke for the other one was told nothing yet
    desk.give(1, 0)
    assert kept()[kept_one][2] is not None
    assert kept() == as_people_left_it()


def test_a_decision_closed_after_a_merge_decides_on_the_one_that_took_it_in(ana, ben):
    desk = Desk(ana, ben)
    desk.weigh(1, 0)
    desk.merge(0, 1)
    assert kept()[desk.insights[0].pk][1] is False
    desk.close(0, 0)
    assert kept()[desk.insights[0].pk][1] is True
    assert kept() == as_people_left_it()


def test_an_insight_that_is_no_longer_agreed_stands_nowhere(ana):
    made = insight(ana)
    assert made.pk in kept()
    Insight.objects.filter(pk=made.pk).update(state="SET_ASIDE", set_aside_reason=REASON)
    assert made.pk not in kept()


def test_an_insight_that_is_deleted_takes_its_row_along(ana):
    made = insight(ana, voices=[])
    made.delete()
    connection.check_constraints()
    assert kept() == {}


@pytest.mark.parametrize("change", ["DELETE FROM measures_standing", "UPDATE measures_standing SET coded = 'x'"])
def test_rows_written_past_the_rules_are_found_and_put_right(ana, change):
    insight(ana)
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert deriving.differing() == ["measures_standing"]
    deriving.renew()
    assert deriving.differing() == []
    assert kept() == as_people_left_it()


def test_a_database_of_an_earlier_edition_is_told_of_and_breaks_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE measures_standing")
    assert deriving.differing() == ["measures_standing"]
