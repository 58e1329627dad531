"""One decision with all that stands on it."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery, UUIDField

from antiphon.content import Disposition, Pack, dispositions
from antiphon.platform import clock
from antiphon.platform.errors import NoSuch
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions import permissions, rules
from antiphon.workspace.decisions.models import Decision, Option, Weighing
from antiphon.workspace.decisions.queries.register import get
from antiphon.workspace.decisions.rules import State
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.insights.models import Merge
from antiphon.workspace.insights.rules import Stance


class NoSuchWeighing(NoSuch):
    """No weighing of this workspace has this id."""


class NoSuchOption(NoSuch):
    """No option of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class WeighingRow:
    """An insight on the scales: what was done with it and why."""

    id: UUID
    insight_id: UUID
    statement: str
    strength: str
    voice_count: int
    disposition: str
    disposition_label: str
    answers_as: str
    opening: str
    reason: str
    version: int
    merged_into_id: UUID | None
    merged_into: str


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One way the decision could go."""

    id: UUID
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that became different, with its evidence."""

    id: UUID
    what: str
    evidence: str
    happened_date: datetime.date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """Everything a decision's page shows; `lacks` are codes of what it needs before it can be closed."""

    id: UUID
    question: str
    outcome: str
    programme_id: UUID
    programme_name: str
    decision_point: str
    decision_point_label: str
    decision_point_unverified: bool
    stage: str
    function: str
    function_label: str
    owner_id: UUID
    owner_name: str
    due_date: datetime.date
    version: int
    state: str
    is_late: bool
    closed_at: datetime.datetime | None
    closed_by: str
    supersedes: UUID | None
    superseded_by: UUID | None
    weighings: tuple[WeighingRow, ...]
    options: tuple[OptionRow, ...]
    changes: tuple[ChangeRow, ...]
    lacks: tuple[str, ...]
    can_edit: bool
    can_close: bool
    can_record_change: bool


def record(member: Member, decision_id: UUID | str) -> DecisionRecord:
    """A decision as its page shows it."""
    decision = get(member, decision_id)
    weighings = weighings_of(member, decision)
    final = {entry.id for entry in dispositions().every if entry.final}
    lacks = rules.missing_to_close(decision.outcome, [(w.disposition, w.reason) for w in weighings], final)
    is_open, may_edit = decision.state == State.OPEN, permissions.may_edit(member, decision)
    words = vocabulary(member)
    point = words.decision_points.get(decision.decision_point)
    superseding = Decision.objects.filter(supersedes=decision).values_list("pk", flat=True).first()
    changes = decision.changes.select_related("recorded_by__user").order_by("happened_date", "created_at")
    return DecisionRecord(
        id=decision.pk,
        question=decision.question,
        outcome=decision.outcome,
        programme_id=decision.programme_id,
        programme_name=decision.programme.name,
        decision_point=decision.decision_point,
        decision_point_label=point.label,
        decision_point_unverified=point.unverified,
        stage=point.stage,
        function=decision.function,
        function_label=words.functions.label(decision.function),
        owner_id=decision.owner_id,
        owner_name=decision.owner.name,
        due_date=decision.due_date,
        version=decision.version,
        state=decision.state,
        is_late=is_open and decision.due_date < clock.today(),
        closed_at=decision.closed_at,
        closed_by=decision.closed_by.name if decision.closed_by else "",
        supersedes=decision.supersedes_id,
        superseded_by=superseding,
        weighings=weighings,
        options=tuple(OptionRow(o.pk, o.text, o.chosen) for o in decision.options.order_by("created_at")),
        changes=tuple(ChangeRow(c.pk, c.what, c.evidence, c.happened_date, c.recorded_by.name) for c in changes),
        lacks=tuple(lacks),
        can_edit=may_edit and is_open,
        can_close=may_edit and is_open and not lacks,
        can_record_change=may_edit and not is_open,
    )


def initial(decision: Decision) -> dict[str, object]:
    """What a form about this decision starts from."""
    fields = ("question", "decision_point", "function", "due_date", "version")
    ids = {"programme": str(decision.programme_id), "owner": str(decision.owner_id)}
    return {field: getattr(decision, field) for field in fields} | ids


def weighings_of(member: Member, decision: Decision) -> tuple[WeighingRow, ...]:
    """The insights a decision weighed, in the order they came."""
    merge = Merge.objects.filter(absorbed=OuterRef("insight"), undone_at=None)
    found = decision.weighings.select_related("insight").annotate(
        voice_count=Count("insight__supports"),
        merged_into_id=Subquery(merge.values("kept")[:1], output_field=UUIDField()),
        merged_into=Subquery(merge.values("kept__statement")[:1]),
    )
    known = vocabulary(member).pack("dispositions")
    return tuple(_weighing(known, weighing) for weighing in found.order_by("created_at"))


def settled_weighings(member: Member, decision_id: UUID, engagement_id: UUID) -> list[WeighingRow]:
    """What a decision did with the insights that rest on one engagement's voices."""
    decision = get(member, decision_id)
    heard = decision.weighings.filter(insight__supports__voice__engagement_id=engagement_id).distinct()
    known = set(heard.values_list("pk", flat=True))
    return [weighing for weighing in weighings_of(member, decision) if weighing.id in known]


def engagements_to_answer(member: Member, decision_id: UUID) -> list[tuple[UUID, str]]:
    """The engagements whose voices stand behind a decision: those who are owed its answer."""
    decision = get(member, decision_id)
    found = Engagement.objects.visible_to(member).filter(
        voices__supports__insight__weighings__decision=decision,
        voices__supports__stance__in=[Stance.SUPPORTS, Stance.DISSENTS],
    )
    return list(found.distinct().order_by("starts_date", "name").values_list("pk", "name"))


def get_weighing(member: Member, weighing_id: UUID | str) -> Weighing:
    """One weighing of the member's workspace."""
    found = Weighing.objects.visible_to(member).select_related("decision", "insight")
    weighing = found.filter(pk=weighing_id).first()
    if weighing is None:
        raise NoSuchWeighing(weighing_id)
    return weighing


def get_option(member: Member, option_id: UUID | str) -> Option:
    """One option of the member's workspace."""
    option = Option.objects.visible_to(member).select_related("decision").filter(pk=option_id).first()
    if option is None:
        raise NoSuchOption(option_id)
    return option


def _weighing(known: Pack[Disposition], weighing: Weighing) -> WeighingRow:
    entry = known.get(weighing.disposition) if weighing.disposition else None
    return WeighingRow(
        id=weighing.pk,
        insight_id=weighing.insight_id,
        statement=weighing.insight.statement,
        strength=weighing.insight.strength,
        voice_count=weighing.voice_count,
        disposition=weighing.disposition,
        disposition_label=entry.label if entry else "",
        answers_as=entry.answers_as if entry else "",
        opening=entry.opening if entry else "",
        reason=weighing.reason,
        version=weighing.version,
        merged_into_id=weighing.merged_into_id,
        merged_into=weighing.merged_into or "",
    )
