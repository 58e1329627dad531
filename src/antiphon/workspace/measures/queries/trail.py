"""The trail: from any voice forward, from any decision back."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from antiphon.content import dispositions
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.decisions.models import Change, Decision, Weighing
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.insights.models import Insight, Support
from antiphon.workspace.insights.rules import Stance
from antiphon.workspace.voices import queries as voices
from antiphon.workspace.voices.models import Voice

MOST_VOICES = 25
MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the trail."""

    kind: str
    id: UUID
    text: str
    meta: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """Five columns of nodes, voice to answer; `more_voices` could not all be drawn."""

    title: str
    columns: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    more_voices: int = 0


def trail_of_voice(member: Member, voice_id: UUID | str) -> Trail:
    """What one person's words changed."""
    voice = voices.get(member, voice_id)
    found = Insight.objects.visible_to(member).filter(supports__voice_id=voice.id)
    decided = Decision.objects.visible_to(member).filter(weighings__insight__in=found)
    answers = Answer.objects.visible_to(member).filter(
        decision__in=decided, engagement_id=voice.engagement_id, cards__insight__in=found
    )
    title = _("What became of this voice")
    return _trail(member, title, Voice.objects.filter(pk=voice.id), found, decided, answers, current=voice.id)


def trail_of_insight(member: Member, insight_id: UUID | str) -> Trail:
    """What an insight rests on, and what became of it."""
    insight = insights.get(member, insight_id)
    found = Insight.objects.visible_to(member).filter(pk=insight.pk)
    decided = Decision.objects.visible_to(member).filter(weighings__insight=insight)
    answers = Answer.objects.visible_to(member).filter(cards__insight=insight)
    rests_on = Support.objects.filter(insight=insight).values("voice")
    spoken = Voice.objects.visible_to(member).filter(pk__in=rests_on)
    return _trail(member, insight.statement, spoken, found, decided, answers, current=insight.pk)


def trail_of_decision(member: Member, decision_id: UUID | str) -> Trail:
    """Whose words stand behind a decision, and what they were told."""
    decision = decisions.get(member, decision_id)
    related = [decision.pk, decision.supersedes_id]
    found = Insight.objects.visible_to(member).filter(weighings__decision=decision)
    decided = Decision.objects.visible_to(member).filter(pk__in=[pk for pk in related if pk])
    decided |= Decision.objects.visible_to(member).filter(supersedes=decision)
    answers = Answer.objects.visible_to(member).filter(decision=decision)
    rests_on = Support.objects.filter(insight__in=found.values("pk")).values("voice")
    spoken = Voice.objects.visible_to(member).filter(pk__in=rests_on)
    return _trail(member, decision.question, spoken, found, decided, answers, current=decision.pk)


def _trail(member: Member, title: str, spoken, found, decided, answers, *, current: UUID) -> Trail:
    spoken = spoken.select_related("engagement").order_by("created_at")
    shown = list(spoken[:MOST_VOICES])
    changes = Change.objects.visible_to(member).filter(decision__in=decided)
    told = answers.select_related("engagement").distinct().order_by("created_at")
    columns = {
        "voice": [Node("voice", v.pk, _beginning(v.redacted), f"{v.engagement.name}, {v.place}") for v in shown],
        "insight": _insight_nodes(found, shown),
        "decision": _decision_nodes(decided, found),
        "change": [
            Node("change", c.decision_id, c.what, date_format(c.happened_date, "j M Y"))
            for c in changes.order_by("happened_date")
        ],
        "answer": [Node("answer", a.pk, a.engagement.name, ANSWER_WORDS[a.state]()) for a in told],
    }
    marked = {kind: tuple(_marked(node, current) for node in nodes) for kind, nodes in columns.items()}
    return Trail(title, marked, max(0, spoken.count() - len(shown)) if len(shown) == MOST_VOICES else 0)


def _beginning(passage: str) -> str:
    """As much of a passage as a node can hold; the whole of it is one click away."""
    return Truncator(passage).words(MOST_WORDS)


ANSWER_WORDS = {
    "DRAFT": lambda: _("drafted"),
    "APPROVED": lambda: _("approved, not given yet"),
    "GIVEN": lambda: _("given"),
    "WITHDRAWN": lambda: _("withdrawn"),
}


def _marked(node: Node, current: UUID) -> Node:
    return Node(node.kind, node.id, node.text, node.meta, node.kind != "change" and node.id == current)


def _insight_nodes(found, shown: list[Voice]) -> list[Node]:
    against = set(
        Support.objects.filter(insight__in=found, voice__in=[v.pk for v in shown], stance=Stance.DISSENTS).values_list(
            "insight_id", flat=True
        )
    )
    ordered = found.distinct().order_by("created_at")
    return [Node("insight", i.pk, i.statement, _("with dissent") if i.pk in against else "") for i in ordered]


def _decision_nodes(decided, found) -> list[Node]:
    weighings = Weighing.objects.filter(decision__in=decided, insight__in=found).values_list(
        "decision_id", "disposition"
    )
    said: dict[UUID, list[str]] = {}
    for decision_id, disposition in weighings:
        words = dispositions().label(disposition) if disposition else _("not settled yet")
        said.setdefault(decision_id, []).append(words)
    return [
        Node("decision", d.pk, d.question, ", ".join(sorted(set(said.get(d.pk, [])))))
        for d in decided.distinct().order_by("created_at")
    ]
