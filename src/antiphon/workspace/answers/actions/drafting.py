"""Drafting answers from a closed decision, and wording them."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, queries
from antiphon.workspace.answers.models import Answer, Card
from antiphon.workspace.answers.rules import Kind, State
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.decisions.rules import State as DecisionState

LONGEST_CONTACT = 200


def locked(by: Member, answer: Answer) -> Answer:
    """The answer as it is now, held until this change is made."""
    current = Answer.objects.visible_to(by).select_for_update().filter(pk=answer.pk).first()
    if current is None:
        raise queries.NoSuchAnswer(answer.pk)
    return current


@transaction.atomic
def draft(*, by: Member, decision: Decision) -> list[Answer]:
    """Draft one answer for each engagement whose voices stand behind the decision, where none is yet."""
    check_allowed(permissions.may_draft(by), _("Your role reads answers; it does not draft them."))
    current = Decision.objects.visible_to(by).select_for_update().filter(pk=decision.pk).first()
    if current is None:
        raise decisions.NoSuchDecision(decision.pk)
    check_now(current.state == DecisionState.CLOSED, _("Close the decision first. Then answer those who spoke."))
    answered = set(current.answers.exclude(state=State.WITHDRAWN).values_list("engagement_id", flat=True))
    owed = [pair for pair in decisions.engagements_to_answer(by, current.pk) if pair[0] not in answered]
    return [_draft_one(by, current, engagement_id, name) for engagement_id, name in owed]


def _draft_one(by: Member, decision: Decision, engagement_id: UUID, name: str) -> Answer:
    opening = _("You took part in “%(name)s”. Thank you. This is what became of what you said.") % {"name": name}
    answer = Answer.objects.create(
        workspace_id=by.workspace_id,
        decision=decision,
        engagement_id=engagement_id,
        opening=opening,
        contact=f"{by.name}, {by.user.email}"[:LONGEST_CONTACT],
        drafted_by=by,
        worded_by=by,
    )
    settled = decisions.settled_weighings(by, decision.pk, engagement_id)
    Card.objects.bulk_create(
        Card(
            workspace_id=by.workspace_id,
            answer=answer,
            insight_id=weighing.insight_id,
            kind=Kind[weighing.answers_as.upper()],
            you_said=weighing.statement,
            we_did=decision.outcome if weighing.answers_as in {"did", "will"} else weighing.opening,
            because=weighing.reason,
            place=place,
        )
        for place, weighing in enumerate(settled)
    )
    facts = {"decision": decision.pk, "engagement": engagement_id, "cards": len(settled)}
    record("answer.drafted", answer, by=by, facts=facts)
    return answer


@transaction.atomic
def word_card(
    *, by: Member, card: Card, kind: Kind, you_said: str, we_did: str, because: str, version: int | None = None
) -> Card:
    """Word one card so that those who spoke understand it."""
    answer = _check_wordable(by, card.answer)
    card = answer.cards.select_for_update().get(pk=card.pk)
    check_unchanged(card, version, ["answer.card_worded"])
    new = {"kind": kind, "you_said": you_said.strip(), "we_did": we_did.strip(), "because": because.strip()}
    if kind == Kind.COULD_NOT and not new["because"]:
        raise NotValid(_("Say why it could not be done."), {"because": _("A “no” without a reason is silence.")})
    for field in ("you_said", "we_did"):
        if not new[field]:
            raise NotValid(_("Say it in a sentence."), {field: _("Say it in a sentence.")})
    changed = _apply(card, new)
    if not changed:
        return card
    card.version += 1
    card.save(update_fields=[*changed, "version"])
    answer.worded_by = by
    answer.save(update_fields=["worded_by"])
    record("answer.card_worded", card, by=by, changes=changed, facts={"answer": card.answer_id})
    return card


@transaction.atomic
def word_letter(
    *, by: Member, answer: Answer, opening: str, next_step: str, contact: str, version: int | None = None
) -> Answer:
    """Word what stands around the cards: the opening, what happens next, whom to call."""
    answer = _check_wordable(by, answer)
    check_unchanged(answer, version, ["answer.worded"])
    new = {"opening": opening.strip(), "next_step": next_step.strip(), "contact": contact.strip()}
    changed = _apply(answer, new)
    if not changed:
        return answer
    answer.worded_by, answer.version = by, answer.version + 1
    answer.save(update_fields=[*new, "worded_by", "version"])
    record("answer.worded", answer, by=by, changes=changed)
    return answer


def _check_wordable(by: Member, answer: Answer) -> Answer:
    check_allowed(permissions.may_draft(by), _("Your role reads answers; it does not draft them."))
    answer = locked(by, answer)
    check_now(answer.state == State.DRAFT, _("This answer is approved. Take it back to change its words."))
    return answer


def _apply(thing: Answer | Card, new: dict[str, object]) -> dict[str, tuple[object, object]]:
    """Put new words in place; what changed, so that keeping the same words makes nobody their author."""
    changed = {f: (getattr(thing, f), v) for f, v in new.items() if getattr(thing, f) != v}
    for field, (_before, value) in changed.items():
        setattr(thing, field, value)
    return changed
