"""Reading engagements and what they owe."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from antiphon.platform import clock
from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import ordered, page_of
from antiphon.platform.vocabulary.queries import Vocabulary, vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements import permissions
from antiphon.workspace.engagements.models import Courtesy, Engagement
from antiphon.workspace.engagements.rules import State


class NoSuchEngagement(NoSuch):
    """No engagement of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """An engagement as lists show it."""

    id: UUID
    name: str
    kind_label: str
    programme_id: UUID
    programme_name: str
    state: str
    starts_date: datetime.date
    ends_date: datetime.date | None
    lead_name: str
    voice_count: int
    function_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourtesyRow:
    """Something an engagement owes by a date."""

    id: UUID
    kind: str
    due_date: datetime.date
    done_at: datetime.datetime | None
    done_by: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class EngagementRecord:
    """Everything an engagement's page shows."""

    row: EngagementRow
    purpose: str
    groups: tuple[str, ...]
    people_count: int | None
    questions: tuple[tuple[str, str], ...]
    courtesies: tuple[CourtesyRow, ...]
    version: int
    can_plan: bool
    can_hold: bool
    can_run: bool


def get(member: Member, engagement_id: UUID | str) -> Engagement:
    """One engagement of the member's workspace."""
    found = Engagement.objects.visible_to(member).select_related("programme", "lead__user")
    engagement = found.filter(pk=engagement_id).first()
    if engagement is None:
        raise NoSuchEngagement(engagement_id)
    return engagement


def rows(member: Member, *, order: str = "", **wanted: str) -> list[EngagementRow]:
    """Engagements, the latest first."""
    return _rows(member, ordered(_in_order(_wanted(member, **wanted)), order))


def page(member: Member, *, number: object = 1, order: str = "", **wanted: str) -> Page:
    """One page of them."""
    found = ordered(_in_order(_wanted(member, **wanted)), order)
    return page_of(found, number, lambda found: _rows(member, found))


def _wanted(member: Member, *, programme: str = "", state: str = "", search: str = "") -> QuerySet[Engagement]:
    narrowed = {"programme_id": programme, "state": state}
    found = Engagement.objects.visible_to(member).filter(**{name: value for name, value in narrowed.items() if value})
    return found.filter(Q(name__icontains=search) | Q(purpose__icontains=search)) if search else found


def _in_order(found: QuerySet[Engagement]) -> QuerySet[Engagement]:
    return found.order_by("-starts_date", "name")


def _rows(member: Member, found: QuerySet[Engagement]) -> list[EngagementRow]:
    words = vocabulary(member)
    return [_row(words, engagement) for engagement in _counted(found)]


def record(member: Member, engagement_id: UUID | str) -> EngagementRecord:
    """An engagement as its page shows it."""
    engagement = get(member, engagement_id)
    words = vocabulary(member)
    row = _row(words, _counted(Engagement.objects.visible_to(member)).get(pk=engagement.pk))
    groups = [words.stakeholder_types.label(group.stakeholder) for group in engagement.groups.order_by("created_at")]
    asked = engagement.asked.select_related("question").order_by("created_at")
    questions = [(a.question.text, words.decision_points.label(a.question.decision_point)) for a in asked]
    courtesies = engagement.courtesies.select_related("done_by__user").order_by("due_date")
    return EngagementRecord(
        row=row,
        purpose=engagement.purpose,
        groups=tuple(groups),
        people_count=engagement.people_count,
        questions=tuple(questions),
        courtesies=tuple(_courtesy(courtesy) for courtesy in courtesies),
        version=engagement.version,
        can_plan=permissions.may_plan(member) and engagement.state != State.CLOSED,
        can_hold=permissions.may_run(member) and engagement.state == State.PLANNED,
        can_run=permissions.may_run(member),
    )


def get_courtesy(member: Member, courtesy_id: UUID | str) -> Courtesy:
    """One courtesy of the member's workspace."""
    found = Courtesy.objects.visible_to(member).select_related("engagement")
    courtesy = found.filter(pk=courtesy_id).first()
    if courtesy is None:
        raise NoSuchEngagement(courtesy_id)
    return courtesy


def initial(engagement: Engagement) -> dict[str, object]:
    """What a form about this engagement starts from."""
    fields = ("name", "kind", "purpose", "starts_date", "ends_date", "version")
    return {field: getattr(engagement, field) for field in fields} | {
        "programme": str(engagement.programme_id),
        "functions": list(engagement.functions.values_list("function", flat=True)),
        "questions": [str(pk) for pk in engagement.asked.values_list("question_id", flat=True)],
    }


def _counted(found: QuerySet[Engagement]) -> QuerySet[Engagement]:
    # Counted by what the index holds: their own ids would be read from a hundred thousand rows.
    of_each = Engagement.objects.filter(pk=OuterRef("pk")).values("pk")
    voices = of_each.annotate(n=Count("voices__engagement")).values("n")
    return (
        found.select_related("programme", "lead__user")
        .prefetch_related("functions")
        .annotate(voice_count=Coalesce(Subquery(voices), 0))
    )


def _row(words: Vocabulary, engagement: Engagement) -> EngagementRow:
    return EngagementRow(
        id=engagement.pk,
        name=engagement.name,
        kind_label=words.activity_types.label(engagement.kind),
        programme_id=engagement.programme_id,
        programme_name=engagement.programme.name,
        state=engagement.state,
        starts_date=engagement.starts_date,
        ends_date=engagement.ends_date,
        lead_name=engagement.lead.name,
        voice_count=engagement.voice_count,
        function_labels=tuple(sorted(words.functions.label(f.function) for f in engagement.functions.all())),
    )


def _courtesy(courtesy: Courtesy) -> CourtesyRow:
    return CourtesyRow(
        id=courtesy.pk,
        kind=courtesy.kind,
        due_date=courtesy.due_date,
        done_at=courtesy.done_at,
        done_by=courtesy.done_by.name if courtesy.done_by else "",
        is_late=courtesy.done_at is None and courtesy.due_date < clock.today(),
    )
