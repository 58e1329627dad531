"""Today's numbers against a small world made by hand and counted slowly."""

import datetime
import statistics
from collections import Counter

import pytest

from antiphon.platform import clock
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.engagements.models import Courtesy, Engagement
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import queries
from tests.cast import answer, closed_decision, decision, engagement, insight, programme, voice

NOON = datetime.datetime(2026, 11, 18, 12, 0, tzinfo=datetime.UTC)


def ago(days: int) -> datetime.datetime:
    return NOON - datetime.timedelta(days=days)


def day(days: int) -> datetime.date:
    return NOON.date() + datetime.timedelta(days=days)


def courtesy(by, days: int, kind="THANKS", **changes):
    made = changes.pop("engagement", None) or engagement(by)
    return Courtesy.objects.create(workspace=by.workspace, engagement=made, kind=kind, due_date=day(days), **changes)


@pytest.fixture
def world(ana, ben, cleo):
    """Insights agreed over five months; some decided, some answered, one answer withdrawn again."""
    with clock.at(NOON):
        rd, med = programme(ana), programme(ana, function="F_MED")
        insight(ana, programme=rd, agreed=False)
        for about, days in ((rd, 150), (rd, 40), (med, 3)):
            insight(ana, programme=about, agreed_at=ago(days))
        late, due = insight(ana, programme=rd, agreed_at=ago(60)), insight(ana, programme=med, agreed_at=ago(10))
        decision(ana, programme=rd, weighs=[late], due_date=day(-3), function="F_REG")
        decision(ana, programme=rd, weighs=[late, due], due_date=day(5), function="F_HEOR")
        for agreed, given, ended in ((140, 100, 145), (120, 20, 118), (100, 18, 99)):
            group = engagement(ana, programme=rd, starts_date=day(-ended - 4), ends_date=day(-ended))
            told = insight(ana, programme=rd, agreed_at=ago(agreed), voices=[voice(ana, engagement=group)])
            behind = closed_decision(ana, programme=rd, weighs=[told])
            with clock.at(ago(given)):
                answer(ana, decision=behind, approved_by=ben, given=True)
        made = answer(
            ana,
            decision=closed_decision(ana, programme=rd, weighs=[insight(ana, programme=rd, agreed_at=ago(30))]),
            approved_by=ben,
            given=True,
        )
        answers.withdraw(by=ana, answer=made, reason="A name stood in it.")
        yield
        insight(cleo)


def slowly_answered(one: Insight, by_day: datetime.date) -> bool:
    return any(
        card.answer.state == "GIVEN" and card.answer.given_at.date() <= by_day
        for card in one.cards.select_related("answer")
    )


def agreed(member) -> list[Insight]:
    found = Insight.objects.filter(workspace=member.workspace).select_related("programme")
    return [one for one in found if one.state == "AGREED"]


@pytest.mark.usefixtures("world")
def test_what_waits_is_counted_by_the_function_that_decides_next(ana):
    waits, late = Counter(), Counter()
    for one in agreed(ana):
        if slowly_answered(one, NOON.date()):
            continue
        open_ones = sorted(
            (w.decision.due_date, w.decision.function)
            for w in one.weighings.select_related("decision")
            if w.decision.state == "OPEN"
        )
        function = open_ones[0][1] if open_ones else one.programme.function
        waits[function] += 1
        late[function] += bool(open_ones) and open_ones[0][0] < NOON.date()
    shown = queries.today(ana)
    assert {row.function: row.waiting_count for row in shown.waiting} == dict(waits)
    assert {row.function: row.late_count for row in shown.waiting} == {name: late[name] for name in waits}
    assert (shown.waiting_count, shown.late_count) == (6, 1)
    assert [row.waiting_count for row in shown.waiting] == sorted(waits.values(), reverse=True)
    assert shown.oldest_days == 150


@pytest.mark.usefixtures("world")
def test_the_answer_rate_by_month(ana):
    rates = queries.today(ana).rates
    assert [rate.day.isoformat() for rate in rates][:2] == ["2026-06-30", "2026-07-31"]
    assert len(rates) == 6
    for rate in rates:
        known = [one for one in agreed(ana) if one.agreed_at.date() <= rate.day]
        told = [one for one in known if slowly_answered(one, rate.day)]
        assert (rate.agreed_count, rate.answered_count) == (len(known), len(told))
        assert rate.percent == (round(100 * len(told) / len(known)) if known else None)
    assert rates[-1].answered_count == 3
    assert len({rate.answered_count for rate in rates}) == 3, "it grew from month to month"


@pytest.mark.usefixtures("world")
def test_the_median_time_to_answer(ana):
    waits = [(one.given_at.date() - one.engagement.ends_date).days for one in Answer.objects.filter(state="GIVEN")]
    assert sorted(waits) == [45, 81, 98]
    shown = queries.today(ana)
    assert shown.median_days == round(statistics.median(waits)) == 81
    assert shown.answered_count == 3


def test_an_empty_workspace_has_no_numbers_to_boast_of(ana):
    shown = queries.today(ana)
    assert (shown.waiting, shown.owed, shown.oldest_days, shown.median_days) == ((), (), None, None)
    assert [rate.percent for rate in shown.rates] == [None] * 6


def test_what_is_owed_comes_by_its_date_within_two_weeks(ana, ben):
    with clock.at(NOON):
        courtesy(ana, -2)
        courtesy(ana, 14, "HOLDING_REPLY")
        courtesy(ana, 15)
        courtesy(ana, -30, done_at=ago(1), done_by=ana)
        decision(ana, due_date=day(-1))
        decision(ana, due_date=day(15))
        draft, approved = answer(ana), answer(ana, approved_by=ben)
        shown = queries.today(ana)
    found = [(thing.kind, (thing.due_date - NOON.date()).days if thing.due_date else None) for thing in shown.owed]
    assert found == [
        ("THANKS", -2),
        ("DECISION", -1),
        ("ANSWER_APPROVED", None),
        ("ANSWER_DRAFT", None),
        ("HOLDING_REPLY", 14),
    ]
    assert [thing.is_late for thing in shown.owed] == [True, True, False, False, False]
    assert shown.late_owed_count == 2
    assert {thing.id for thing in shown.owed if thing.kind.startswith("ANSWER")} == {draft.pk, approved.pk}


def test_everything_late_is_counted_however_much_is_shown(ana):
    about = programme(ana)
    for _ in range(60):
        decision(ana, programme=about, due_date=clock.today() - datetime.timedelta(days=3))
    shown = queries.today(ana)
    assert len(shown.owed) == 8
    assert shown.late_owed_count == 60


def test_days_are_those_of_the_organisation(ana, ben, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    evening = datetime.datetime(2026, 11, 10, 20, 0, tzinfo=datetime.UTC)  # the 11th, in Auckland
    group = engagement(ana, starts_date=datetime.date(2026, 11, 1), ends_date=datetime.date(2026, 11, 1))
    one = insight(ana, programme=group.programme, voices=[voice(ana, engagement=group)], agreed_at=evening)
    waiting = insight(ana, programme=group.programme, agreed_at=evening)
    with clock.at(evening):
        answer(ana, decision=closed_decision(ana, weighs=[one]), approved_by=ben, given=True)
    with clock.at(datetime.datetime(2026, 11, 11, 20, 0, tzinfo=datetime.UTC)):
        shown = queries.today(ana)
    assert waiting.agreed_at == evening
    assert shown.oldest_days == 1
    assert shown.median_days == 10


def test_another_workspace_changes_no_number(ana, cleo):
    before = queries.today(ana)
    about = programme(cleo)
    insight(cleo, programme=about)
    decision(cleo, weighs=[insight(cleo)], due_date=day(-5))
    courtesy(cleo, -3)
    answer(cleo)
    assert queries.today(ana) == before
    assert queries.today(cleo).waiting_count > 0


def test_the_number_of_queries_is_fixed(ana, ben, django_assert_num_queries):
    for expected in (15, 13):  # the second time nothing was brought in or read
        for _ in range(4):
            insight(ana)
            decision(ana, weighs=[insight(ana)], due_date=day(1))
            courtesy(ana, 1)
            answer(ana, approved_by=ben, given=True)
            answer(ana)
        with django_assert_num_queries(expected):
            queries.today(ana)
        with django_assert_num_queries(3):  # the trail and the questions: nothing else has changed
            queries.today(ana)
    assert Decision.objects.count() == 24
    assert Engagement.objects.count() > 16
