"""Files being brought in, and what the steps of the wizard show."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from antiphon.content import load
from antiphon.platform.errors import NoSuch, check_allowed
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.engagements.rules import State as EngagementState
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.models import Intake, Source
from antiphon.workspace.voices.queries.words import CAUTIONS, ROW_FAULTS, say
from antiphon.workspace.voices.rules import Column, IntakeState, plain_name

# What a person can allow that lets an organisation listen at all.
LISTENING_ALLOWS = ("use", "quote", "share")


class NoSuchIntake(NoSuch):
    """No import of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """An import as lists show it."""

    id: UUID
    file_name: str
    source_name: str
    engagement_name: str
    state: str
    brought_by: str
    created_at: datetime.datetime
    voice_count: int
    known_count: int
    bad_count: int
    next_step: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column with its first answers, and what it seems to hold."""

    name: str
    samples: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class BadRowLine:
    """A row that cannot be read, in words."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """What a dry reading of the file found."""

    rows: int
    passages: int
    new: int
    known: int
    same_words: int
    empty: int
    bad: int
    possible_events: int
    sampled: int
    dates_unread: int
    bad_rows: tuple[BadRowLine, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An import on its way through the wizard."""

    id: UUID
    file_name: str
    kind: str
    row_estimate: int
    sheets: tuple[str, ...]
    sheet: str
    cautions: tuple[str, ...]
    columns: tuple[ColumnChoice, ...]
    remembered_from: str
    is_mapped: bool
    text_columns: tuple[str, ...]
    source_name: str
    engagement_name: str
    consent_label: str
    consent_note: str
    check: Check | None


def get_intake(member: Member, intake_id: UUID | str) -> Intake:
    """One import of the member's workspace."""
    found = Intake.objects.visible_to(member).select_related("file", "source", "engagement", "run", "brought_by__user")
    intake = found.filter(pk=intake_id).first()
    if intake is None:
        raise NoSuchIntake(intake_id)
    return intake


def intakes(member: Member) -> list[IntakeRow]:
    """Every import, the latest first."""
    found = Intake.objects.visible_to(member).select_related("file", "source", "engagement", "brought_by__user")
    return [_intake(intake) for intake in found.order_by("-created_at")[:200]]


def draft(member: Member, intake_id: UUID | str) -> Draft:
    """An import as the wizard shows it."""
    intake = get_intake(member, intake_id)
    check_allowed(permissions.may_bring(member), _("Only patient engagement leads bring in files."))
    shape = intake.shape
    known = _known_source(member, shape)
    roles = intake.columns or (known.columns if known else {})
    return Draft(
        id=intake.pk,
        file_name=plain_name(intake.file.name),
        kind=shape["kind"],
        row_estimate=shape["row_count_estimate"],
        sheets=tuple(shape["sheets"]),
        sheet=shape["sheet"] or "",
        cautions=tuple(say(CAUTIONS, each["code"], each["params"]) for each in shape["warnings"]),
        columns=tuple(
            ColumnChoice(each["name"], tuple(each["samples"]), roles.get(each["name"], each["role"]))
            for each in shape["columns"]
        ),
        remembered_from=known.name if known and not intake.columns else "",
        is_mapped=bool(intake.columns),
        text_columns=tuple(name for name, role in intake.columns.items() if role == Column.TEXT),
        source_name=shape.get("source_name", "") or (known.name if known else ""),
        engagement_name=intake.engagement.name if intake.engagement else "",
        consent_label=scope_label(intake.consent_scope),
        consent_note=intake.consent_note,
        check=_check(shape["check"]) if shape.get("check") else None,
    )


def about_initial(member: Member, intake_id: UUID | str) -> dict[str, object]:
    """What the form about a file starts from."""
    intake = get_intake(member, intake_id)
    known = _known_source(member, intake.shape)
    return {
        "source": intake.shape.get("source_name", "") or (known.name if known else ""),
        "engagement": str(intake.engagement_id or ""),
        "consent_scope": intake.consent_scope,
        "consent_note": intake.consent_note,
    }


def sources(member: Member) -> list[str]:
    """The names of sources files came from before."""
    return list(Source.objects.visible_to(member).order_by("name").values_list("name", flat=True))


def engagements(member: Member) -> list[tuple[str, str]]:
    """The engagements that can still hear something, the latest first."""
    found = Engagement.objects.visible_to(member).exclude(state=EngagementState.CLOSED)
    rows = found.order_by("-starts_date", "name").values_list("pk", "name", "programme__name")
    return [(str(pk), f"{name} ({programme})") for pk, name, programme in rows]


def get_engagement(member: Member, engagement_id: UUID | str) -> Engagement:
    """One engagement that can still hear something."""
    found = Engagement.objects.visible_to(member).exclude(state=EngagementState.CLOSED)
    engagement = found.filter(pk=engagement_id).first()
    if engagement is None:
        raise NoSuch(engagement_id)
    return engagement


def consents() -> list[tuple[str, str]]:
    """What people can have allowed so that their words may be listened to."""
    scopes = [scope for scope in load("consent_scopes") if scope.allows in LISTENING_ALLOWS]
    return [(scope.id, f"{scope.label}: {scope.plain}") for scope in scopes]


def next_step(intake: Intake) -> str:
    """The page on which an import goes on."""
    if intake.state != IntakeState.DRAFT:
        return "voices:intake_record"
    if not intake.columns:
        return "voices:intake_columns"
    return "voices:intake_check" if intake.shape.get("check") else "voices:intake_about"


def _known_source(member: Member, shape: dict) -> Source | None:
    headers = {column["name"] for column in shape["columns"]}
    found = Source.objects.visible_to(member).exclude(columns={}).order_by("-created_at")
    return next((source for source in found if set(source.columns) == headers), None)


def _intake(intake: Intake) -> IntakeRow:
    return IntakeRow(
        id=intake.pk,
        file_name=plain_name(intake.file.name),
        source_name=intake.source.name if intake.source else "",
        engagement_name=intake.engagement.name if intake.engagement else "",
        state=intake.state,
        brought_by=intake.brought_by.name,
        created_at=intake.created_at,
        voice_count=intake.voice_count,
        known_count=intake.known_count,
        bad_count=intake.bad_count,
        next_step=next_step(intake),
    )


def _check(found: dict) -> Check:
    lines = tuple(BadRowLine(bad["place"], say(ROW_FAULTS, bad["code"], bad["params"])) for bad in found["bad_rows"])
    counts = {name: found[name] for name in Check.__dataclass_fields__ if name != "bad_rows"}
    return Check(**counts, bad_rows=lines)


def scope_label(scope: str) -> str:
    """What a consent is called; one that is no longer there says itself."""
    pack = load("consent_scopes")
    return pack.label(scope) if scope in pack else scope
