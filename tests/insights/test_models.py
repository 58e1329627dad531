"""What the database itself refuses about insights."""

import pytest
from django.db import IntegrityError, transaction

from antiphon.platform import clock
from antiphon.workspace.insights.models import Insight, InsightCode, Support
from tests.cast import insight, programme, voice

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_what_people_agreed_on_cannot_be_worded_anew(ana):
    agreed = Insight.objects.filter(pk=insight(ana).pk)
    refused(lambda: agreed.update(statement="Something quite different was said."))
    assert agreed.update(strength="CONSENSUS") == 1


def test_a_draft_can_be_worded_anew(ana):
    draft = insight(ana, agreed=False)
    assert Insight.objects.filter(pk=draft.pk).update(statement="Something else was said.") == 1


def test_programme_and_author_stay(ana, ben):
    found = Insight.objects.filter(pk=insight(ana, agreed=False).pk)
    refused(lambda: found.update(programme=programme(ana)))
    refused(lambda: found.update(stated_by=ben))


@pytest.mark.parametrize(
    "half",
    [
        {"state": "AGREED"},
        {"agreed_at": clock.now},
        {"state": "SET_ASIDE"},
    ],
)
def test_a_state_comes_with_all_that_belongs_to_it(ana, half):
    values = {field: value() if callable(value) else value for field, value in half.items()}
    found = Insight.objects.filter(pk=insight(ana, agreed=False).pk)
    refused(lambda: found.update(**values))


def test_a_voice_stands_with_an_insight_once(ana):
    rests = insight(ana)
    first = Support.objects.get(insight=rests)
    refused(
        lambda: Support.objects.create(
            workspace=ana.workspace, insight=rests, voice=first.voice, stance="DISSENTS", added_by=ana
        )
    )


def test_a_code_is_given_once(ana):
    made = insight(ana)
    again = {"workspace": ana.workspace, "insight": made, "pack": "needs", "code": "N3.1"}
    refused(lambda: InsightCode.objects.create(**again))


def test_an_insight_rests_on_no_voice_of_another_workspace(ana, cleo):
    refused(
        lambda: Support.objects.create(
            workspace=ana.workspace, insight=insight(ana), voice=voice(cleo), stance="SUPPORTS", added_by=ana
        )
    )
