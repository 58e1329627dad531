"""The register of answers, and one answer with its cards."""

import datetime
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from antiphon.platform.errors import NoSuch
from antiphon.platform.outbox.queries import Post, post_about
from antiphon.platform.paging import ordered, page_of
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers import permissions, rules
from antiphon.workspace.answers.models import Answer, AnswerLink, Card
from antiphon.workspace.answers.rules import Heard, State
from antiphon.workspace.decisions.models import Decision
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.insights.models import Support


class NoSuchAnswer(NoSuch):
    """No answer of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as lists show it."""

    id: UUID
    decision_id: UUID
    question: str
    engagement_id: UUID
    engagement_name: str
    state: str
    drafted_by: str
    created_at: datetime.datetime
    given_at: datetime.datetime | None
    card_count: int
    reply_count: int
    heard_count: int


@dataclass(frozen=True, slots=True)
class CardRow:
    """You said; we did, or could not; because."""

    id: UUID
    insight_id: UUID
    kind: str
    you_said: str
    we_did: str
    because: str
    version: int


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What one of those who spoke said of the answer."""

    heard: str
    word: str
    voice_id: UUID | None
    created_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Undrafted:
    """A closed decision of which somebody who stands behind it was told nothing."""

    id: UUID
    question: str
    owner_name: str
    closed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """Everything an answer's page shows to those who prepare it."""

    row: AnswerRow
    opening: str
    next_step: str
    contact: str
    version: int
    outcome: str
    worded_by: str
    approved_by: str
    approved_at: datetime.datetime | None
    given_by: str
    cards: tuple[CardRow, ...]
    replies: tuple[ReplyRow, ...]
    heard: dict[str, int]
    unheard_count: int
    address: str
    can_word: bool
    can_approve: bool
    can_take_back: bool
    can_give: bool
    can_withdraw: bool


def get(member: Member, answer_id: UUID | str) -> Answer:
    """One answer of the member's workspace."""
    found = Answer.objects.visible_to(member).select_related(
        "decision", "engagement", "drafted_by__user", "worded_by__user", "approved_by__user", "given_by__user"
    )
    answer = found.filter(pk=answer_id).first()
    if answer is None:
        raise NoSuchAnswer(answer_id)
    return answer


def get_card(member: Member, card_id: UUID | str) -> Card:
    """One card of the member's workspace."""
    card = Card.objects.visible_to(member).select_related("answer").filter(pk=card_id).first()
    if card is None:
        raise NoSuchAnswer(card_id)
    return card


def rows(member: Member, *, order: str = "", state: str = "", decision_id: UUID | None = None) -> list[AnswerRow]:
    """Answers, those that wait for somebody first, then the latest."""
    return _rows(ordered(_in_order(_wanted(member, state=state, decision_id=decision_id)), order))


def page(
    member: Member, *, number: object = 1, order: str = "", state: str = "", decision_id: UUID | None = None
) -> Page:
    """One page of them."""
    return page_of(ordered(_in_order(_wanted(member, state=state, decision_id=decision_id)), order), number, _rows)


def _wanted(member: Member, *, state: str, decision_id: UUID | None) -> QuerySet[Answer]:
    narrowed = {"state": state, "decision_id": decision_id}
    return Answer.objects.visible_to(member).filter(**{name: value for name, value in narrowed.items() if value})


def _in_order(found: QuerySet[Answer]) -> QuerySet[Answer]:
    steps = Case(*(When(state=state, then=place) for place, state in enumerate(State)))
    return found.order_by(steps, Coalesce("given_at", "created_at").desc(), "pk")


def _rows(found: QuerySet[Answer]) -> list[AnswerRow]:
    return [_row(answer) for answer in _counted(found)]


def undrafted(member: Member) -> list[Undrafted]:
    """Closed decisions that still owe an engagement behind them an answer, the oldest first."""
    standing = Answer.objects.filter(decision=OuterRef(OuterRef("pk")), engagement=OuterRef("voice__engagement"))
    owed = Support.objects.filter(insight__weighings__decision=OuterRef("pk")).filter(
        ~Exists(standing.exclude(state=State.WITHDRAWN))
    )
    found = Decision.objects.visible_to(member).filter(Exists(owed), state=DecisionState.CLOSED)
    fields = ("pk", "question", "owner__user__name", "closed_at")
    return [Undrafted(*row) for row in found.order_by("closed_at").values_list(*fields)]


def record(member: Member, answer_id: UUID | str) -> AnswerRecord:
    """An answer as its page shows it."""
    answer = get(member, answer_id)
    row = _row(_counted(Answer.objects.visible_to(member)).get(pk=answer.pk))
    replied = _replied(answer)
    drafts, gives, state = permissions.may_draft(member), permissions.may_give(member), State(answer.state)
    return AnswerRecord(
        row=row,
        opening=answer.opening,
        next_step=answer.next_step,
        contact=answer.contact,
        version=answer.version,
        outcome=answer.decision.outcome,
        worded_by=answer.worded_by.name,
        approved_by=answer.approved_by.name if answer.approved_by else "",
        approved_at=answer.approved_at,
        given_by=answer.given_by.name if answer.given_by else "",
        cards=cards_of(answer),
        replies=_replies(answer),
        heard={choice: replied[choice] for choice in Heard},
        unheard_count=replied["WAITING"],
        address=link_address(member, answer.pk) if state == State.GIVEN else "",
        can_word=drafts and state == State.DRAFT,
        can_approve=permissions.may_approve(member, answer) and state == State.DRAFT,
        can_take_back=drafts and state == State.APPROVED,
        can_give=gives and state == State.APPROVED,
        can_withdraw=gives and state == State.GIVEN,
    )


def cards_of(answer: Answer) -> tuple[CardRow, ...]:
    """The cards of an answer, in order."""
    return tuple(
        CardRow(card.pk, card.insight_id, card.kind, card.you_said, card.we_did, card.because, card.version)
        for card in answer.cards.order_by("place", "created_at")
    )


def open_link(member: Member, answer_id: UUID) -> AnswerLink | None:
    """The link to an answer that works, if there is one."""
    found = AnswerLink.objects.visible_to(member).filter(answer_id=answer_id, revoked_at=None)
    return found.order_by("-created_at").first()


def post_of(member: Member, answer_id: UUID) -> Post:
    """How the letters stand that carry the link."""
    link = open_link(member, answer_id)
    return post_about(member, [link.pk]) if link else Post()


def link_address(member: Member, answer_id: UUID) -> str:
    """The address that those who spoke are given, or nothing when there is none."""
    link = open_link(member, answer_id)
    if link is None:
        return ""
    token = rules.token_for(link.nonce, settings.SECRET_KEY)
    return settings.ANTIPHON_ORIGIN + reverse("answers:page", args=[token])


def _replies(answer: Answer) -> tuple[ReplyRow, ...]:
    found = answer.replies.select_related("voice").order_by("-created_at")[:100]
    return tuple(
        ReplyRow(reply.heard, reply.voice.redacted if reply.voice else "", reply.voice_id, reply.created_at)
        for reply in found
    )


def _replied(answer: Answer) -> Counter[str]:
    """How many said that they were heard, also beyond the replies that are shown; and how many words still wait."""
    waiting = Count("pk", filter=~Q(word=""))
    found: Counter[str] = Counter()
    for heard, count, unheard in answer.replies.order_by().values_list("heard").annotate(Count("pk"), unheard=waiting):
        found.update({heard: count, "WAITING": unheard})
    return found


def _counted(found):
    return found.select_related("decision", "engagement", "drafted_by__user").annotate(
        card_count=Count("cards", distinct=True),
        reply_count=Count("replies", distinct=True),
        heard_count=Count("replies", filter=Q(replies__heard=Heard.YES), distinct=True),
    )


def _row(answer: Answer) -> AnswerRow:
    return AnswerRow(
        id=answer.pk,
        decision_id=answer.decision_id,
        question=answer.decision.question,
        engagement_id=answer.engagement_id,
        engagement_name=answer.engagement.name,
        state=answer.state,
        drafted_by=answer.drafted_by.name,
        created_at=answer.created_at,
        given_at=answer.given_at,
        card_count=answer.card_count,
        reply_count=answer.reply_count,
        heard_count=answer.heard_count,
    )
