"""A small line from voices to answers, with a small group, a quote that may be told and one that may not."""

import datetime

import pytest

from antiphon.platform import clock
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.decisions import actions as decisions
from antiphon.workspace.engagements.models import EngagementGroup
from tests.cast import answer, closed_decision, decision, engagement, insight, programme, voice

NOON = datetime.datetime(2026, 11, 18, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def noon():
    """Everything happens at one moment, so that the same report can be made twice."""
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def line(ana, ben, noon):
    """Two programmes; the first has come all the way, with six replies and a group of three people."""
    about, other = programme(ana, name="Heart"), programme(ana, name="Kidney")
    board = engagement(ana, programme=about, name="Board", people_count=8)
    few = engagement(ana, programme=about, name="Few", people_count=3)
    for where, group in ((board, "patient"), (board, "carer"), (few, "patient")):
        EngagementGroup.objects.create(workspace=ana.workspace, engagement=where, stakeholder=group)
    quoted = voice(ana, "My son drives me. Call 07700 900123.", engagement=board, consent_scope="anonymous_quotes")
    type(quoted).objects.filter(pk=quoted.pk).update(redacted="My son drives me. Call [phone].")
    private = voice(ana, "Nobody may repeat this.", engagement=board, consent_scope="internal_learning")
    voice(ana, "A third one.", engagement=few)
    told = insight(ana, programme=about, voices=[quoted, private], statement="The way to the clinic is too long.")
    insight(ana, programme=about, voices=[private], statement="Forms are hard to read at home.")
    closed = closed_decision(ana, programme=about, weighs=[told])
    day = datetime.date(2026, 11, 1)
    decisions.record_change(by=ana, decision=closed, what="Visits at home", evidence="Protocol 2", happened_date=day)
    given = answer(ana, decision=closed, approved_by=ben, given=True)
    token = _token(ana, given)
    for heard in ("YES", "YES", "YES", "PARTLY", "PARTLY", "NO"):
        answers.reply(token=token, heard=Heard(heard), word="")
    late = decision(
        ana, programme=other, question="Which words should the leaflet use?", due_date=datetime.date(2026, 11, 1)
    )
    return {"about": about, "other": other, "closed": closed, "late": late, "told": told, "few": few, "given": given}


def _token(by, given):
    from antiphon.workspace.answers import queries

    return queries.link_address(by, given.pk).rstrip("/").rsplit("/", 1)[-1]
