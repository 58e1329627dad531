"""Answers for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Number, Paged, Version, chosen, paged, shape, words
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.answers.exports import ANSWERS
from antiphon.workspace.answers.rules import Kind, State
from antiphon.workspace.decisions import queries as decisions

router = FeatureRouter("answers")
Answer = shape(queries.AnswerRow, "Answer")
AnswerRecord = shape(queries.AnswerRecord, "AnswerRecord")


class CardIn(Schema):
    """You said; we did, or could not; because."""

    kind: chosen(Kind)
    you_said: words(600, 1)
    we_did: words(1_500, 1)
    because: words(1_500) = ""
    version: Version


class LetterIn(Schema):
    """What stands around the cards."""

    opening: words(1_500, 1)
    next_step: words(1_500) = ""
    contact: words(200, 1)
    version: Version


class CardRead(Schema):
    """A card, and the version of it that was read."""

    card_id: UUID
    version: Version


class Approval(Schema):
    """Which words were read: the version of the letter, and of each card."""

    version: Version
    cards: Annotated[list[CardRead], Field(max_length=500)]


class Withdrawal(Schema):
    """Why an answer is taken away."""

    reason: words(500)


@router.reads("/answers", Paged[Answer])
def list_answers(
    request: HttpRequest, page: Number = 1, state: chosen(["", *State]) = "", decision_id: UUID | None = None
):
    """Answers, those that wait for somebody first, then the latest."""
    return paged(queries.page(request.member, number=page, state=state, decision_id=decision_id))


@router.exports("/answers/export", ANSWERS.what, ANSWERS.columns)
def export_answers(request: HttpRequest, state: chosen(["", *State]) = "", decision_id: UUID | None = None):
    """Answers as a file, a row each; it is on the trail, as on the pages."""
    return queries.rows(request.member, state=state, decision_id=decision_id)


@router.makes("/decisions/{uuid:decision_id}/answers", list[Answer])
def draft_answers(request: HttpRequest, decision_id: UUID):
    """Draft an answer for each engagement behind a closed decision, where none is yet; all its answers."""
    actions.draft(by=request.member, decision=decisions.get(request.member, decision_id))
    return queries.rows(request.member, decision_id=decision_id)


@router.reads("/answers/{uuid:answer_id}", AnswerRecord)
def get_answer(request: HttpRequest, answer_id: UUID):
    """An answer with its cards and what those who spoke said of it."""
    return queries.record(request.member, answer_id)


@router.words("/answers/{uuid:answer_id}/letter", AnswerRecord)
def word_letter(request: HttpRequest, answer_id: UUID, body: LetterIn):
    """Word what stands around the cards."""
    actions.word_letter(by=request.member, answer=queries.get(request.member, answer_id), **body.dict())
    return queries.record(request.member, answer_id)


@router.words("/cards/{uuid:card_id}", AnswerRecord)
def word_card(request: HttpRequest, card_id: UUID, body: CardIn):
    """Word one card."""
    card = queries.get_card(request.member, card_id)
    actions.word_card(by=request.member, card=card, **body.dict())
    return queries.record(request.member, card.answer_id)


@router.does("/answers/{uuid:answer_id}/approve", AnswerRecord)
def approve(request: HttpRequest, answer_id: UUID, body: Approval):
    """Approve somebody else's words as they were read; words that changed since are told with 409, as they are now."""
    read = actions.Read(body.version, {card.card_id: card.version for card in body.cards})
    actions.approve(by=request.member, answer=queries.get(request.member, answer_id), read=read)
    return queries.record(request.member, answer_id)


@router.does("/answers/{uuid:answer_id}/take-back", AnswerRecord)
def take_back(request: HttpRequest, answer_id: UUID):
    """Make an approved answer a draft again."""
    actions.take_back(by=request.member, answer=queries.get(request.member, answer_id))
    return queries.record(request.member, answer_id)


@router.does("/answers/{uuid:answer_id}/give", AnswerRecord)
def give(request: HttpRequest, answer_id: UUID):
    """Give the answer to those who spoke: from now on its page can be read."""
    actions.give(by=request.member, answer=queries.get(request.member, answer_id))
    return queries.record(request.member, answer_id)


@router.does("/answers/{uuid:answer_id}/withdraw", AnswerRecord)
def withdraw(request: HttpRequest, answer_id: UUID, body: Withdrawal):
    """Take a given answer away."""
    actions.withdraw(by=request.member, answer=queries.get(request.member, answer_id), reason=body.reason)
    return queries.record(request.member, answer_id)
