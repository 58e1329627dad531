"""The rows of a trail, whichever end one comes from: what is drawn, and what is taken away."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.insights.models import Insight, Support
from antiphon.workspace.voices import queries as voices
from antiphon.workspace.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Stretch:
    """As much of the line as belongs to one voice, insight or decision."""

    title: str
    current: UUID
    voices: QuerySet[Voice]
    insights: QuerySet[Insight]
    decisions: QuerySet[Decision]
    answers: QuerySet[Answer]


def of_voice(member: Member, voice_id: UUID | str) -> Stretch:
    """From what one person said, onward."""
    voice = voices.get(member, voice_id)
    resting_on_it = Insight.objects.visible_to(member).filter(supports__voice_id=voice.id)
    found = insights.with_merged(member, resting_on_it, took_in=False)
    decided = Decision.objects.visible_to(member).filter(weighings__insight__in=found)
    answers = Answer.objects.visible_to(member).filter(
        decision__in=decided, engagement_id=voice.engagement_id, cards__insight__in=found
    )
    spoken = Voice.objects.visible_to(member).filter(pk=voice.id)
    return Stretch(_("What became of this voice"), voice.id, spoken, found, decided, answers)


def of_insight(member: Member, insight_id: UUID | str) -> Stretch:
    """From an insight, both ways."""
    insight = insights.get(member, insight_id)
    found = insights.with_merged(member, Insight.objects.visible_to(member).filter(pk=insight.pk))
    decided = Decision.objects.visible_to(member).filter(weighings__insight__in=found)
    answers = Answer.objects.visible_to(member).filter(cards__insight__in=found)
    rests_on = Support.objects.filter(insight=insight).values("voice")
    spoken = Voice.objects.visible_to(member).filter(pk__in=rests_on)
    return Stretch(insight.statement, insight.pk, spoken, found, decided, answers)


def of_decision(member: Member, decision_id: UUID | str) -> Stretch:
    """From a decision, back to those who spoke."""
    decision = decisions.get(member, decision_id)
    related = [decision.pk, decision.supersedes_id]
    weighed = Insight.objects.visible_to(member).filter(weighings__decision=decision)
    found = insights.with_merged(member, weighed, onward=False)
    decided = Decision.objects.visible_to(member).filter(pk__in=[pk for pk in related if pk])
    decided |= Decision.objects.visible_to(member).filter(supersedes=decision)
    answers = Answer.objects.visible_to(member).filter(decision=decision)
    rests_on = Support.objects.filter(insight__in=weighed.values("pk")).values("voice")
    spoken = Voice.objects.visible_to(member).filter(pk__in=rests_on)
    return Stretch(decision.question, decision.pk, spoken, found, decided, answers)


STRETCHES = {"voice": of_voice, "insight": of_insight, "decision": of_decision}
