"""Decisions and insights that were merged since they were weighed."""

import datetime

import pytest
from django.urls import reverse

from antiphon.platform.errors import NotNow
from antiphon.workspace.decisions import actions, queries
from antiphon.workspace.insights import actions as insights
from tests.cast import closed_decision, decision, insight, programme

REASON = "Both speak of the journey to the clinic."
LATER = datetime.date(2027, 5, 1)


@pytest.fixture
def pair(ana):
    about = programme(ana)
    return insight(ana, programme=about, strength="SINGLE"), insight(ana, programme=about, strength="SINGLE")


def merged(ana, kept, absorbed):
    insights.merge(by=ana, kept=kept, absorbed=absorbed, reason=REASON, strength="SEVERAL", dissent="")


def test_an_open_decision_that_weighs_a_merged_insight_says_so_and_can_be_settled(ana, pair, signed_in):
    kept, absorbed = pair
    about = decision(ana, programme=kept.programme, weighs=[absorbed])
    merged(ana, kept, absorbed)
    (row,) = queries.record(ana, about.pk).weighings
    assert (row.insight_id, row.merged_into_id, row.merged_into) == (absorbed.pk, kept.pk, kept.statement)
    assert "Merged into:" in signed_in(ana).get(reverse("decisions:record", args=[about.pk])).content.decode()
    settled = actions.weigh_up(
        by=ana, weighing=about.weighings.get(), disposition="implemented", reason="It could be done at once."
    )
    assert settled.disposition == "implemented"
    actions.edit(by=ana, decision=about, outcome="Two visits take place at home.")
    assert actions.close(by=ana, decision=about).state == "CLOSED"


def test_new_decisions_are_offered_only_the_one_it_went_into(ana, pair, signed_in):
    kept, absorbed = pair
    merged(ana, kept, absorbed)
    about = decision(ana, programme=kept.programme)
    shown = signed_in(ana).get(reverse("decisions:record", args=[about.pk])).content.decode()
    assert str(kept.pk) in shown
    assert str(absorbed.pk) not in shown
    with pytest.raises(NotNow):
        actions.weigh(by=ana, decision=about, insights=[absorbed])


def test_who_decides_anew_weighs_the_one_it_went_into_once(ana, pair):
    kept, absorbed = pair
    old = closed_decision(ana, programme=kept.programme, weighs=[absorbed, kept])
    merged(ana, kept, absorbed)
    new = actions.supersede(by=ana, decision=old, reason="The protocol changed since.", due_date=LATER)
    assert list(new.weighings.values_list("insight_id", flat=True)) == [kept.pk]
    assert old.weighings.count() == 2
