"""The demonstration's story makes a whole, consistent world, or nothing at all."""

import pytest
from django.apps import apps

from antiphon.interfaces.demonstration import script, story
from antiphon.platform import clock
from antiphon.platform.audit.heads import heads_file
from antiphon.platform.audit.verification import verify
from antiphon.platform.workspaces import queries as workspaces
from antiphon.workspace.answers.models import Answer, Reply
from antiphon.workspace.decisions.models import Change, Decision
from antiphon.workspace.engagements.models import Courtesy, Engagement
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import queries as measures
from antiphon.workspace.programmes.models import Programme, Question
from antiphon.workspace.voices.models import Suggestion, Voice

pytestmark = pytest.mark.django_db


def states(model) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


def test_every_state_of_the_line_is_there_and_everything_fits():
    heads_file().unlink(missing_ok=True)
    assert story.is_empty()
    assert not story.is_told()
    story.tell()
    assert story.is_told()
    assert not story.is_empty()
    assert {person.role for person in workspaces.demonstration_members()} == {
        role.value for _name, _mail, role, _function in script.PEOPLE
    }
    assert states(Engagement) == {"PLANNED", "HELD"}
    assert states(Insight) >= {"DRAFT", "AGREED"}
    assert states(Decision) == {"OPEN", "CLOSED"}
    assert states(Answer) == {"GIVEN"}
    assert {choice.heard for choice in Reply.objects.all()} == {"YES", "PARTLY"}
    assert Change.objects.exists()
    assert Courtesy.objects.filter(done_at=None).exists()
    assert Question.objects.exists()
    assert Programme.objects.count() == 2
    assert Voice.objects.count() > 100
    assert set(Voice.objects.values_list("safety", flat=True)) >= {"POSSIBLE", "NONE"}
    assert Suggestion.objects.exclude(verdict="OPEN").exists()
    verdict = verify()
    assert verdict.whole, verdict.faults
    assert verdict.events > 100
    now = clock.now()
    for model in (Voice, Insight, Decision, Answer, Reply):
        assert not model.objects.filter(created_at__gt=now).exists(), "nothing happens in the future"
    ana = next(person for person in workspaces.demonstration_members() if person.name.startswith("Ana"))
    shown = measures.today(ana)
    assert shown.waiting_count >= 2
    assert shown.late_count >= 1
    assert shown.owed
    assert shown.answered_count >= 1
    assert shown.median_days is not None
    assert {cell.reach.value for row in measures.gap_map(ana).rows for cell in row.cells} >= {
        "silent",
        "planned",
        "heard",
        "answered",
    }
    decided = Decision.objects.get(state="CLOSED")
    assert all(measures.trail_of_decision(ana, decided.pk).columns.values()), "a trail from end to end"


def test_a_story_that_breaks_off_was_never_told(monkeypatch):
    monkeypatch.setattr(script, "REPLIES", (*script.REPLIES, ("PERHAPS", "So so.")))
    with pytest.raises(ValueError, match="PERHAPS"):
        story.tell()
    left = {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label not in {"contenttypes", "auth"} and model.objects.exists()
    }
    assert left == {}
    assert story.is_empty()
