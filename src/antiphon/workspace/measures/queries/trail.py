"""The trail: from any voice forward, from any decision back."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions.models import Change, Weighing
from antiphon.workspace.insights.models import Insight, Support
from antiphon.workspace.insights.rules import Stance
from antiphon.workspace.insights.rules import State as InsightState
from antiphon.workspace.measures.queries import stretch
from antiphon.workspace.measures.queries.stretch import Stretch
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
    return _trail(member, stretch.of_voice(member, voice_id))


def trail_of_insight(member: Member, insight_id: UUID | str) -> Trail:
    """What an insight rests on, and what became of it."""
    return _trail(member, stretch.of_insight(member, insight_id))


def trail_of_decision(member: Member, decision_id: UUID | str) -> Trail:
    """Whose words stand behind a decision, and what they were told."""
    return _trail(member, stretch.of_decision(member, decision_id))


def _trail(member: Member, of: Stretch) -> Trail:
    spoken = of.voices.select_related("engagement").order_by("created_at")
    shown = list(spoken[:MOST_VOICES])
    found, decided = of.insights, of.decisions
    changes = Change.objects.visible_to(member).filter(decision__in=decided)
    told = of.answers.select_related("engagement").distinct().order_by("created_at")
    columns = {
        "voice": [Node("voice", v.pk, _beginning(v.redacted), f"{v.engagement.name}, {v.place}") for v in shown],
        "insight": _insight_nodes(found, shown),
        "decision": _decision_nodes(member, decided, found),
        "change": [
            Node("change", c.decision_id, c.what, date_format(c.happened_date, _("j M Y")))
            for c in changes.order_by("happened_date")
        ],
        "answer": [Node("answer", a.pk, a.engagement.name, ANSWER_WORDS[a.state]()) for a in told],
    }
    marked = {kind: tuple(_marked(node, of.current) for node in nodes) for kind, nodes in columns.items()}
    return Trail(of.title, marked, max(0, spoken.count() - len(shown)) if len(shown) == MOST_VOICES else 0)


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
    return [Node("insight", i.pk, i.statement, _about(i, i.pk in against)) for i in ordered]


def _about(insight: Insight, has_dissent: bool) -> str:
    words = {_("merged into another"): insight.state == InsightState.MERGED, _("with dissent"): has_dissent}
    return ", ".join(word for word, holds in words.items() if holds)


def _decision_nodes(member: Member, decided, found) -> list[Node]:
    weighings = Weighing.objects.filter(decision__in=decided, insight__in=found).values_list(
        "decision_id", "disposition"
    )
    known, said = vocabulary(member).pack("dispositions"), {}
    for decision_id, disposition in weighings:
        words = known.label(disposition) if disposition else _("not settled yet")
        said.setdefault(decision_id, []).append(words)
    return [
        Node("decision", d.pk, d.question, ", ".join(sorted(set(said.get(d.pk, [])))))
        for d in decided.distinct().order_by("created_at")
    ]
