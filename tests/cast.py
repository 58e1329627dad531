"""The people that tests speak of, and short ways to make what they work with."""

import datetime
import hashlib
import itertools
import json
from dataclasses import dataclass

from antiphon.platform import clock
from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.workspaces.models import Member, User, Workspace
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.answers.models import Answer
from antiphon.workspace.decisions.models import Decision, Weighing
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.insights.models import Insight, InsightCode, Support
from antiphon.workspace.programmes.models import Programme, Question
from antiphon.workspace.voices.models import Source, Suggestion, Voice

COUNTER = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Ana, Ben, Sam, Cora, Eve and Adam work at Hesperia; Cleo leads at Boreas and knows nothing of them."""

    ana: Member
    ben: Member
    sam: Member
    cora: Member
    eve: Member
    adam: Member
    cleo: Member
    hesperia: Workspace
    boreas: Workspace

    @classmethod
    def assembled(cls) -> "Cast":
        hesperia = Workspace.objects.create(name="Hesperia")
        boreas = Workspace.objects.create(name="Boreas")
        return cls(
            ana=member(hesperia, "Ana", Role.PE_LEAD),
            ben=member(hesperia, "Ben", Role.FUNCTION_PARTNER, function="F_RD"),
            sam=member(hesperia, "Sam", Role.SAFETY_OFFICER),
            cora=member(hesperia, "Cora", Role.COMPLIANCE),
            eve=member(hesperia, "Eve", Role.EXECUTIVE),
            adam=member(hesperia, "Adam", Role.ADMINISTRATOR),
            cleo=member(boreas, "Cleo", Role.PE_LEAD),
            hesperia=hesperia,
            boreas=boreas,
        )


def member(workspace: Workspace, name: str, role: Role, function: str = "") -> Member:
    user = User.objects.create(email=f"{name.lower()}@{workspace.name.lower()}.example", name=name)
    return Member.objects.create(workspace=workspace, user=user, role=role, function=function)


def programme(by: Member, **changes) -> Programme:
    n = next(COUNTER)
    fields = {
        "name": f"Programme {n}",
        "kind": "ASSET",
        "stage": "design_planning",
        "function": "F_RD",
    } | changes
    return Programme.objects.create(workspace=by.workspace, **fields)


def question(by: Member, **changes) -> Question:
    about = changes.pop("programme", None) or programme(by)
    fields = {
        "text": f"What makes a visit hard, number {next(COUNTER)}?",
        "decision_point": "DP08",
        "function": "F_RD",
        "asked_by": by,
    } | changes
    return Question.objects.create(workspace=by.workspace, programme=about, **fields)


def engagement(by: Member, *, held: bool = True, **changes) -> Engagement:
    about = changes.pop("programme", None) or programme(by)
    fields = {
        "name": f"Advisory board {next(COUNTER)}",
        "kind": "patient_advisory_board",
        "purpose": "To learn what makes taking part hard.",
        "starts_date": datetime.date(2026, 9, 1),
        "lead": by,
    }
    if held:
        fields |= {"state": "HELD", "held_at": clock.now(), "ends_date": datetime.date(2026, 9, 2)}
    return Engagement.objects.create(workspace=by.workspace, programme=about, **fields | changes)


def source(by: Member, **changes) -> Source:
    return Source.objects.create(workspace=by.workspace, **{"name": f"Survey {next(COUNTER)}"} | changes)


def voice(by: Member, text: str = "The journey to the clinic takes me three hours.", **changes) -> Voice:
    n = next(COUNTER)
    where = changes.pop("engagement", None) or engagement(by)
    fields = {
        "source": changes.pop("source", None) or source(by),
        "key": hashlib.sha256(f"{n}".encode()).hexdigest(),
        "number": n,
        "place": f"row {n}",
        "original": text,
        "redacted": text,
        "consent_scope": "named_programme",
        "fingerprint": hashlib.sha256(text.lower().encode()).hexdigest(),
    } | changes
    return Voice.objects.create(workspace=by.workspace, engagement=where, **fields)


def suggestion(by: Member, on: Voice, code: str = "N3.1", **changes) -> Suggestion:
    fields = {
        "score": 0.8,
        "why": [{"start": 4, "end": 11, "rule": "travel"}],
        "made_by": "lexicon/1",
    } | changes
    return Suggestion.objects.create(workspace=by.workspace, voice=on, code=code, **fields)


def insight(by: Member, *, agreed: bool = True, voices: list[Voice] | None = None, **changes) -> Insight:
    about = changes.pop("programme", None) or programme(by)
    if voices is None:
        voices = [voice(by, engagement=engagement(by, programme=about))]
    fields = {
        "statement": f"Long journeys keep people from taking part, number {next(COUNTER)}.",
        "strength": "SEVERAL",
        "owner": by,
        "stated_by": by,
    }
    if agreed:
        fields |= {"state": "AGREED", "agreed_at": clock.now(), "agreed_by": by}
    made = Insight.objects.create(workspace=by.workspace, programme=about, **fields | changes)
    for rests_on in voices:
        Support.objects.create(workspace=by.workspace, insight=made, voice=rests_on, stance="SUPPORTS", added_by=by)
    InsightCode.objects.create(workspace=by.workspace, insight=made, pack="needs", code="N3.1")
    return made


def decision(by: Member, *, weighs: list[Insight] | None = None, **changes) -> Decision:
    about = changes.pop("programme", None) or programme(by)
    fields = {
        "question": f"How often must people come to the clinic, number {next(COUNTER)}?",
        "decision_point": "DP08",
        "function": "F_RD",
        "owner": by,
        "due_date": clock.today() + datetime.timedelta(days=14),
    } | changes
    made = Decision.objects.create(workspace=by.workspace, programme=about, **fields)
    for weighed in weighs or []:
        Weighing.objects.create(workspace=by.workspace, decision=made, insight=weighed, weighed_by=by)
    return made


def settled(by: Member, weighed: Weighing, disposition: str = "implemented", reason: str = "") -> Weighing:
    Weighing.objects.filter(pk=weighed.pk).update(
        disposition=disposition, reason=reason or "People told us so, and it could be done."
    )
    weighed.refresh_from_db()
    return weighed


def closed_decision(by: Member, *, weighs: list[Insight], disposition: str = "implemented", **changes) -> Decision:
    made = decision(by, weighs=weighs, **changes)
    for weighed in made.weighings.all():
        settled(by, weighed, disposition)
    Decision.objects.filter(pk=made.pk).update(
        state="CLOSED", outcome="Two of six visits take place at home.", closed_at=clock.now(), closed_by=by
    )
    made.refresh_from_db()
    return made


def answer(by: Member, *, approved_by: Member | None = None, given: bool = False, **changes) -> Answer:
    """A draft for the first engagement behind a closed decision, approved and given where asked."""
    behind = changes.pop("decision", None) or closed_decision(by, weighs=[insight(by)])
    made = answers.draft(by=by, decision=behind)[0]
    if approved_by:
        made = answers.approve(by=approved_by, answer=made)
    return answers.give(by=by, answer=made) if given else made


def told(action: str) -> dict:
    """What the newest audit event of this name says in clear."""
    found = AuditEvent.objects.filter(action=action).order_by("-at", "-seq").first()
    assert found is not None, f"nothing is recorded as {action}"
    return json.loads(found.body)


def in_clear() -> str:
    """Everything the trail says to whoever can read the database."""
    return " ".join(AuditEvent.objects.values_list("body", flat=True))


def approval_form(made) -> dict:
    """What a person sends who read these words and approves them."""
    cards = {f"approve-card_{card.pk.hex}": card.version for card in made.cards.all()}
    return {"approve-version": type(made).objects.get(pk=made.pk).version} | cards


def approval(made) -> dict:
    """The same from a program."""
    cards = [{"card_id": str(card.pk), "version": card.version} for card in made.cards.all()]
    return {"version": type(made).objects.get(pk=made.pk).version, "cards": cards}
