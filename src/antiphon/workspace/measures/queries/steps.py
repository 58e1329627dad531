"""A trail as rows, for spreadsheets and programs: everything on it, and what each thing came from."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.measures.queries.told import Told, told


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One thing on the trail: what it says, who did it in which role, and the ids of what it came from."""

    kind: str
    id: UUID
    text: str
    state: str
    at: datetime.datetime | None
    by_role: str
    came_from: tuple[str, ...]
    note: str = ""


def steps(member: Member, kind: str, thing_id: object) -> list[TrailStep]:
    """From voice to answer, in that order; all voices."""
    read = told(member, kind, thing_id)
    return [*_voices(read), *_insights(read), *_decisions(read), *_changes(read), *_answers(read)]


def _voices(read: Told) -> Iterator[TrailStep]:
    for voice in read.voices:
        role = voice.intake.brought_by.role if voice.intake else ""
        codes = ", ".join(dict.fromkeys(coding.code for coding in voice.kept_codings))
        where = f"{voice.engagement.name}, {voice.place}"
        yield TrailStep("voice", voice.pk, voice.redacted, codes, voice.created_at, role, (), where)


def _insights(read: Told) -> Iterator[TrailStep]:
    rests_on: dict[UUID, list[str]] = {}
    for support in read.supports:
        rests_on.setdefault(support.insight_id, []).append(str(support.voice_id))
    for merge in read.merges:
        rests_on.setdefault(merge.kept_id, []).append(str(merge.absorbed_id))
    for insight in read.insights:
        by = insight.agreed_by or insight.stated_by
        came_from, at = tuple(rests_on.get(insight.pk, ())), insight.agreed_at or insight.created_at
        yield TrailStep(
            "insight", insight.pk, insight.statement, insight.state, at, by.role, came_from, insight.dissent
        )


def _decisions(read: Told) -> Iterator[TrailStep]:
    """The decision, and below it each disposition with its reason."""
    weighed: dict[UUID, list] = {}
    for weighing in read.weighings:
        weighed.setdefault(weighing.decision_id, []).append(weighing)
    for decision in read.decisions:
        mine = weighed.get(decision.pk, [])
        by, came_from = decision.closed_by or decision.owner, tuple(str(w.insight_id) for w in mine)
        at, text = decision.closed_at or decision.created_at, decision.question
        yield TrailStep("decision", decision.pk, text, decision.state, at, by.role, came_from, decision.outcome)
        for w in mine:
            of = (str(w.insight_id), str(decision.pk))
            yield TrailStep("weighing", w.pk, w.reason, w.disposition, w.created_at, w.weighed_by.role, of)


def _changes(read: Told) -> Iterator[TrailStep]:
    for change in read.changes:
        of = (str(change.decision_id),)
        day = change.happened_date.isoformat()
        yield TrailStep(
            "change", change.pk, change.what, day, change.created_at, change.recorded_by.role, of, change.evidence
        )


def _answers(read: Told) -> Iterator[TrailStep]:
    for answer in read.answers:
        by, at = answer.given_by or answer.drafted_by, answer.given_at or answer.created_at
        of = (str(answer.decision_id), *(str(card.insight_id) for card in answer.cards.all()))
        words = "\n\n".join(f"{card.you_said}\n{card.we_did}\n{card.because}".strip() for card in answer.cards.all())
        yield TrailStep("answer", answer.pk, words, answer.state, at, by.role, of, answer.engagement.name)
