"""The register of insights: what was stated, how strong it is, whether people agreed on it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet

from antiphon.content import load
from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import page_of
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights.models import Insight, InsightCode
from antiphon.workspace.insights.queries.words import STRENGTHS
from antiphon.workspace.insights.rules import State, Strength


class NoSuchInsight(NoSuch):
    """No insight of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class InsightRow:
    """An insight as lists show it."""

    id: UUID
    statement: str
    programme_id: UUID
    programme_name: str
    state: str
    strength: str
    strength_label: str
    owner_name: str
    supporting_count: int
    dissenting_count: int
    need_labels: tuple[str, ...]
    need_codes: tuple[str, ...]
    decision_point_labels: tuple[str, ...]
    group_labels: tuple[str, ...]
    agreed_at: datetime.datetime | None
    created_at: datetime.datetime


def get(member: Member, insight_id: UUID | str) -> Insight:
    """One insight of the member's workspace."""
    known = as_id(insight_id)
    people = ("owner__user", "stated_by__user", "agreed_by__user")
    found = Insight.objects.visible_to(member).select_related("programme", *people)
    insight = found.filter(pk=known).first() if known else None
    if insight is None:
        raise NoSuchInsight(insight_id)
    return insight


def rows(
    member: Member,
    *,
    search: str = "",
    state: str = "",
    programme: str = "",
    need: str = "",
    owner: str = "",
    waiting: bool = False,
    ids: Iterable[UUID | str] | None = None,
) -> list[InsightRow]:
    """Insights, the latest first; those that wait are agreed ones, the oldest first."""
    found = _wanted(member, search=search, state=state, programme=programme, need=need, owner=owner)
    if ids is not None:
        found = found.filter(pk__in=[known for known in map(as_id, ids) if known])
    return [_row(insight) for insight in _whole(_in_order(found, waiting))]


def page(member: Member, *, number: object = 1, waiting: bool = False, **wanted: str) -> Page:
    """One page of insights; a number that is no page brings the nearest one."""
    found = _in_order(_wanted(member, **wanted), waiting)
    return page_of(found, number, lambda shown: [_row(insight) for insight in _whole(shown)])


def with_any_word(member: Member, words: Iterable[str], *, limit: int = 100) -> list[InsightRow]:
    """Insights that hold at least one of these words, the latest first."""
    holds = Q()
    for word in words:
        holds |= Q(statement__icontains=word)
    found = Insight.objects.visible_to(member).filter(holds) if holds else Insight.objects.none()
    found = _whole(found.exclude(state=State.SET_ASIDE)).order_by("-created_at", "pk")
    return [_row(insight) for insight in found[:limit]]


def as_id(text: UUID | str) -> UUID | None:
    """An id that somebody may have typed into an address; nothing when it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def labels(insight: Insight, pack_id: str) -> dict[str, str]:
    """The codes of one pack that an insight speaks of, in the pack's order, with their labels."""
    pack = load(pack_id)
    held = {each.code for each in insight.codes.all() if each.pack == pack_id}
    known = {entry.id: entry.label for entry in pack.every if entry.id in held}
    return known | {code: code for code in sorted(held - known.keys())}


def _wanted(
    member: Member, *, search: str = "", state: str = "", programme: str = "", need: str = "", owner: str = ""
) -> QuerySet[Insight]:
    found = Insight.objects.visible_to(member)
    if search:
        found = found.filter(statement__icontains=search)
    if state:
        found = found.filter(state=state)
    for field, asked in {"programme_id": programme, "owner_id": owner}.items():
        known = as_id(asked)
        if asked:
            found = found.filter(**{field: known}) if known else found.none()
    if need:
        below = Q(code=need) | Q(code__startswith=f"{need}.")
        found = found.filter(Exists(InsightCode.objects.filter(below, insight=OuterRef("pk"), pack="needs")))
    return found


def _in_order(found: QuerySet[Insight], waiting: bool) -> QuerySet[Insight]:
    if waiting:
        found = found.filter(state=State.AGREED)
    return found.order_by(*(("agreed_at", "pk") if waiting else ("-created_at", "-pk")))


def _whole(found: QuerySet[Insight]) -> QuerySet[Insight]:
    return found.select_related("programme", "owner__user").prefetch_related("codes").with_voice_count()


def _row(insight: Insight) -> InsightRow:
    needs = labels(insight, "needs")
    return InsightRow(
        id=insight.pk,
        statement=insight.statement,
        programme_id=insight.programme_id,
        programme_name=insight.programme.name,
        state=insight.state,
        strength=insight.strength,
        strength_label=str(STRENGTHS[Strength(insight.strength)].label),
        owner_name=insight.owner.name,
        supporting_count=insight.supporting_count,
        dissenting_count=insight.dissenting_count,
        need_labels=tuple(needs.values()),
        need_codes=tuple(needs),
        decision_point_labels=tuple(labels(insight, "decision_points").values()),
        group_labels=tuple(labels(insight, "stakeholder_types").values()),
        agreed_at=insight.agreed_at,
        created_at=insight.created_at,
    )
