"""The register of insights: what was stated, how strong it is, whether people agreed on it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from antiphon.platform.database.searching import nearest
from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import ordered, page_of
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.insights.models import Insight, InsightCode, Merge
from antiphon.workspace.insights.queries.words import STRENGTHS
from antiphon.workspace.insights.rules import RESTS, State, Strength

# Of insights that hold a word of a question, how many of the latest are compared with it.
COMPARED = 1_000


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
    also_said: tuple[str, ...] = ()


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
    order: str = "",
    ids: Iterable[UUID | str] | None = None,
) -> list[InsightRow]:
    """Insights, the latest first; those that wait are agreed ones, the oldest first.

    What was merged is counted with the one it went into; who asks for the merged ones, or for ids, gets them.
    """
    narrowed = {"search": search, "state": state, "programme": programme, "need": need, "owner": owner}
    found = _wanted(member, merged=ids is not None, **narrowed)
    if ids is not None:
        found = found.filter(pk__in=[known for known in map(as_id, ids) if known])
    return [_row(member, insight) for insight in _whole(ordered(_in_order(found, waiting), order))]


def page(member: Member, *, number: object = 1, order: str = "", waiting: bool = False, **wanted: str) -> Page:
    """One page of insights; a number that is no page brings the nearest one."""
    found = ordered(_in_order(_wanted(member, **wanted), waiting), order)
    return page_of(found, number, lambda shown: [_row(member, insight) for insight in _whole(shown)])


def nearest_to(member: Member, words: Iterable[str], *, limit: int) -> list[InsightRow]:
    """The insights that hold most of these words, or took in one that does; the latest first."""
    words = tuple(words)
    holds = reduce(or_, (Q(statement__icontains=word) for word in words), Q(pk=None))
    said = Insight.objects.visible_to(member).filter(holds)
    merges = Merge.objects.visible_to(member).filter(undone_at=None)
    absorbed = merges.filter(absorbed__in=said).values("kept")
    found = Insight.objects.visible_to(member).filter(Q(pk__in=said) | Q(pk__in=absorbed)).exclude(state__in=RESTS)
    # The words first: rows with all that a list shows take ten times as long, and few of them are shown.
    texts = dict(found.order_by("-created_at", "pk").values_list("pk", "statement")[:COMPARED])
    for kept, statement in merges.filter(absorbed__in=said, kept__in=found).values_list("kept", "absorbed__statement"):
        texts[kept] = f"{texts.get(kept, '')} {statement}"
    best = nearest(texts, words)[:limit]
    taken_in = Prefetch("took_in", merges.select_related("absorbed"), to_attr="open_merges")
    shown = {insight.pk: insight for insight in _whole(Insight.objects.filter(pk__in=best)).prefetch_related(taken_in)}
    return [
        replace(_row(member, shown[pk]), also_said=tuple(each.absorbed.statement for each in shown[pk].open_merges))
        for pk in best
    ]


def as_id(text: UUID | str) -> UUID | None:
    """An id that somebody may have typed into an address; nothing when it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def labels(member: Member, insight: Insight, pack_id: str) -> dict[str, str]:
    """The codes of one pack that an insight speaks of, in the pack's order, with their labels."""
    pack = vocabulary(member).pack(pack_id)
    held = {each.code for each in insight.codes.all() if each.pack == pack_id}
    known = {entry.id: entry.label for entry in pack.every if entry.id in held}
    return known | {code: pack.label(code) for code in sorted(held - known.keys())}


def _wanted(
    member: Member,
    *,
    search: str = "",
    state: str = "",
    programme: str = "",
    need: str = "",
    owner: str = "",
    merged: bool = False,
) -> QuerySet[Insight]:
    found = Insight.objects.visible_to(member)
    if not (merged or state):
        found = found.unmerged()
    if search:
        found = found.filter(statement__icontains=search)
    if state:
        found = found.filter(state=state)
    for field, asked in {"programme_id": programme, "owner_id": owner}.items():
        known = as_id(asked)
        if asked:
            found = found.filter(**{field: known}) if known else found.none()
    if need:
        below = Q(code__in=vocabulary(member).below(need))
        found = found.filter(Exists(InsightCode.objects.filter(below, insight=OuterRef("pk"), pack="needs")))
    return found


def _in_order(found: QuerySet[Insight], waiting: bool) -> QuerySet[Insight]:
    if waiting:
        found = found.filter(state=State.AGREED)
    return found.order_by(*(("agreed_at", "pk") if waiting else ("-created_at", "-pk")))


def _whole(found: QuerySet[Insight]) -> QuerySet[Insight]:
    return found.select_related("programme", "owner__user").prefetch_related("codes").with_voice_count()


def _row(member: Member, insight: Insight) -> InsightRow:
    needs = labels(member, insight, "needs")
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
        decision_point_labels=tuple(labels(member, insight, "decision_points").values()),
        group_labels=tuple(labels(member, insight, "stakeholder_types").values()),
        agreed_at=insight.agreed_at,
        created_at=insight.created_at,
    )
