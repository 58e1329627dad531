"""The rows behind the numbers: redacted words only, and no group of people so small that it points at one."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from antiphon.content import load
from antiphon.platform.vocabulary.queries import Vocabulary, vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Card
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.decisions.models import Weighing
from antiphon.workspace.insights import queries as insight_words
from antiphon.workspace.insights.models import Support
from antiphon.workspace.insights.rules import Stance, Strength
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.queries.evidence.scope import Scope, scoped
from antiphon.workspace.measures.queries.rates import is_answered, wait
from antiphon.workspace.voices.rules import Safety


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """An engagement that took place; of a small one neither the number of people nor their groups are told."""

    id: UUID
    name: str
    kind_label: str
    programme_name: str
    took_place: datetime.date
    people: int | None
    is_small: bool
    group_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoicesLine:
    """How many passages one engagement brought."""

    engagement_id: UUID
    engagement_name: str
    programme_name: str
    voice_count: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that may be repeated, redacted, with where they were said; never with a name."""

    text: str
    engagement_name: str


@dataclass(frozen=True, slots=True)
class InsightLine:
    """An agreed insight, what it rests on, and whether it was told back."""

    id: UUID
    statement: str
    programme_name: str
    strength_label: str
    supporting_count: int
    dissenting_count: int
    dissent: str
    need_labels: tuple[str, ...]
    agreed_date: datetime.date
    is_answered: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class WeighedLine:
    """What a decision did with one insight, and why."""

    insight_id: UUID
    statement: str
    disposition_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision with each disposition and reason."""

    id: UUID
    question: str
    outcome: str
    programme_name: str
    point_label: str
    function_label: str
    state: str
    due_date: datetime.date
    closed_date: datetime.date | None
    weighed: tuple[WeighedLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became different, with its evidence."""

    decision_id: UUID
    question: str
    what: str
    evidence: str
    happened_date: datetime.date


@dataclass(frozen=True, slots=True)
class CardLine:
    """You said; we did, or could not; because."""

    kind: str
    you_said: str
    we_did: str
    because: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer that was given; few replies are counted, and not broken down."""

    id: UUID
    engagement_name: str
    question: str
    given_date: datetime.date
    days: int
    cards: tuple[CardLine, ...]
    reply_count: int
    heard: dict[str, int] | None


def engagements(member: Member, scope: Scope) -> list[EngagementLine]:
    """Engagements that took place, the earliest first."""
    found = scoped(member, scope).engagements.select_related("programme").prefetch_related("groups")
    words = vocabulary(member)
    return [_engagement(words, each) for each in found.order_by("starts_date", "name")]


def _engagement(words: Vocabulary, each) -> EngagementLine:
    small = each.people_count is not None and each.people_count < rules.SMALLEST_GROUP
    groups = sorted(words.stakeholder_types.label(group.stakeholder) for group in each.groups.all())
    return EngagementLine(
        id=each.pk,
        name=each.name,
        kind_label=words.activity_types.label(each.kind),
        programme_name=each.programme.name,
        took_place=each.ends_date or each.starts_date,
        people=None if small else each.people_count,
        is_small=small,
        group_labels=() if small else tuple(groups),
    )


def voices(member: Member, scope: Scope) -> list[VoicesLine]:
    """Passages, counted by engagement."""
    found = scoped(member, scope).voices.order_by()
    names = ("engagement_id", "engagement__name", "engagement__programme__name")
    counted = found.values_list(*names).annotate(n=Count("pk", distinct=True))
    return [VoicesLine(*row) for row in counted.order_by("engagement__name", "engagement_id")]


def insights(member: Member, scope: Scope) -> list[InsightLine]:
    """Agreed insights, the earliest first."""
    quotable = Support.objects.filter(
        stance=Stance.SUPPORTS, voice__consent_scope__in=may_be_quoted(), voice__safety__in=HARMLESS
    )
    quotes = Prefetch("supports", quotable.select_related("voice__engagement").order_by("pk"), to_attr="quotable")
    found = scoped(member, scope).insights.select_related("programme").prefetch_related("codes", quotes)
    found = found.with_voice_count().annotate(told=is_answered())
    words = vocabulary(member)
    return [_insight(words, each) for each in found.order_by("agreed_at", "pk")]


# A passage that may report a safety event is not quoted before a person has decided about it.
HARMLESS = (Safety.NONE, Safety.NOT_AN_EVENT)
MOST_QUOTES = 2


def may_be_quoted() -> list[str]:
    """The consents that let a person's words be repeated; use within the organisation is not one of them."""
    return [entry.id for entry in load("consent_scopes").every if entry.allows == "quote"]


def _insight(words: Vocabulary, each) -> InsightLine:
    needs, held = words.needs, {code.code for code in each.codes.all() if code.pack == "needs"}
    spoken = [Quote(s.voice.redacted, s.voice.engagement.name) for s in each.quotable[:MOST_QUOTES]]
    return InsightLine(
        id=each.pk,
        statement=each.statement,
        programme_name=each.programme.name,
        strength_label=str(insight_words.STRENGTHS[Strength(each.strength)].label),
        supporting_count=each.supporting_count,
        dissenting_count=each.dissenting_count,
        dissent=each.dissent,
        need_labels=tuple(entry.label for entry in needs.every if entry.id in held),
        agreed_date=timezone.localdate(each.agreed_at),
        is_answered=each.told,
        quotes=tuple(spoken),
    )


def decisions(member: Member, scope: Scope) -> list[DecisionLine]:
    """Decisions with what they weighed, the earliest first."""
    weighed = Prefetch("weighings", Weighing.objects.select_related("insight").order_by("created_at", "pk"))
    found = scoped(member, scope).decisions.select_related("programme").prefetch_related(weighed)
    words = vocabulary(member)
    return [_decision(words, each) for each in found.order_by("closed_at", "pk")]


def _decision(words: Vocabulary, each) -> DecisionLine:
    return DecisionLine(
        id=each.pk,
        question=each.question,
        outcome=each.outcome,
        programme_name=each.programme.name,
        point_label=words.decision_points.label(each.decision_point),
        function_label=words.functions.label(each.function),
        state=each.state,
        due_date=each.due_date,
        closed_date=timezone.localdate(each.closed_at) if each.closed_at else None,
        weighed=tuple(_weighed(words, weighing) for weighing in each.weighings.all()),
    )


def _weighed(words: Vocabulary, weighing: Weighing) -> WeighedLine:
    label = words.pack("dispositions").label(weighing.disposition) if weighing.disposition else ""
    return WeighedLine(weighing.insight_id, weighing.insight.statement, label, weighing.reason)


def changes(member: Member, scope: Scope) -> list[ChangeLine]:
    """What changed, the earliest first."""
    found = scoped(member, scope).changes.select_related("decision").order_by("happened_date", "pk")
    return [ChangeLine(c.decision_id, c.decision.question, c.what, c.evidence, c.happened_date) for c in found]


def answers(member: Member, scope: Scope) -> list[AnswerLine]:
    """Answers given, with their cards and what was said back."""
    cards = Prefetch("cards", Card.objects.order_by("place", "created_at"))
    heard = {f"heard_{h.value}": Count("replies", filter=Q(replies__heard=h)) for h in Heard}
    found = scoped(member, scope).answers.select_related("engagement", "decision").prefetch_related(cards)
    return [_answer(each) for each in found.annotate(**heard).order_by("given_at", "pk")]


def _answer(each) -> AnswerLine:
    heard = {choice.value: getattr(each, f"heard_{choice.value}") for choice in Heard}
    replies = sum(heard.values())
    return AnswerLine(
        id=each.pk,
        engagement_name=each.engagement.name,
        question=each.decision.question,
        given_date=timezone.localdate(each.given_at),
        days=wait(each.given_at, each.engagement.ends_date, each.engagement.starts_date),
        cards=tuple(_cards(each.cards.all())),
        reply_count=replies,
        heard=heard if replies >= rules.SMALLEST_GROUP else None,
    )


def _cards(cards: Iterable[Card]) -> Iterable[CardLine]:
    return (CardLine(card.kind, card.you_said, card.we_did, card.because) for card in cards)
