"""One voice all the way to its answer."""

import datetime

import pytest

from antiphon.workspace.answers import actions as answers
from antiphon.workspace.decisions import actions as decisions
from tests.cast import closed_decision, engagement, insight, programme, voice


@pytest.fixture
def line(ana, ben):
    """One voice all the way to its answer, one insight that nobody weighed, and strangers beside them."""
    about = programme(ana)
    group, other = engagement(ana, programme=about), engagement(ana, programme=about)
    spoken, elsewhere = voice(ana, engagement=group), voice(ana, engagement=other)
    told = insight(ana, programme=about, voices=[spoken, elsewhere])
    unweighed = insight(ana, programme=about, voices=[spoken])
    behind = closed_decision(ana, programme=about, weighs=[told])
    decisions.record_change(
        by=ana, decision=behind, what="Visits moved", evidence="Protocol", happened_date=datetime.date(2026, 10, 1)
    )
    drafts = {made.engagement_id: made for made in answers.draft(by=ana, decision=behind)}
    given = answers.give(by=ana, answer=answers.approve(by=ben, answer=drafts.pop(group.pk)))
    drafted = drafts.pop(other.pk)
    closed_decision(ana, programme=about, weighs=[insight(ana, programme=about)])
    things = {"voice": spoken, "other": elsewhere, "told": told, "unweighed": unweighed}
    return things | {"decision": behind, "answer": given, "drafted": drafted}
