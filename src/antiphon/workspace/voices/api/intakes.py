"""Bringing in files for programs: send one, say what it holds and where it is from, see what would happen, start."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field, Json

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Number, Paged, Size, chosen, paged, shape, words
from antiphon.platform.errors import NotValid
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.exports import FAILED, INTAKES
from antiphon.workspace.voices.rules import Column

router = FeatureRouter("files")
Intake = shape(queries.IntakeRow, "Intake", frozenset({"next_step"}))
Draft = shape(queries.Draft, "IntakeDraft")
Progress = shape(queries.Progress, "IntakeProgress")
FailedRow = shape(queries.FailedRow, "FailedRow")
CONSENTS = [code for code, _label in queries.consents()]
Roles = Annotated[dict[words(400, 1), chosen(Column)], Field(max_length=500)]


class Holds(Schema):
    """What each column holds, by its name; one that is not named is ignored. Of a workbook, also which sheet."""

    columns: Roles
    sheet: words(200) = ""


class About(Schema):
    """Where a file comes from, and the consent it stands on."""

    source: words(120, 1)
    engagement_id: UUID
    consent_scope: chosen(CONSENTS)
    consent_note: words(300, 1)


class Said(Schema):
    """What can be said along with a file: `columns` as JSON; with an `engagement_id` it is checked at once."""

    sheet: words(200) = ""
    columns: Json[Roles] | None = None
    source: words(120) = ""
    engagement_id: UUID | None = None
    consent_scope: chosen(["", *CONSENTS]) = ""
    consent_note: words(300) = ""


@router.reads("/intakes", list[Intake])
def list_intakes(request: HttpRequest):
    """The files that were brought in, the latest first."""
    return queries.intakes(request.member)


@router.exports("/intakes/export", INTAKES.what, INTAKES.columns)
def export_intakes(request: HttpRequest):
    """The files that were brought in as a file, a row each; it is on the trail, as on the pages."""
    return queries.intakes(request.member)


@router.makes("/intakes", Draft)
def bring(request: HttpRequest, file: File[UploadedFile], said: Form[Said]):
    """Bring a file, and say along with it what it holds and where it is from, or later; nothing is taken in yet.

    Columns that are not said are taken as they are guessed or remembered. Where what is said is refused, the file
    stays as a draft, and the problem names it (`intake_id`).
    """
    if said.engagement_id:
        queries.get_engagement(request.member, said.engagement_id)
    intake = actions.bring(by=request.member, name=file.name or "", chunks=file.chunks())
    try:
        _apply(request, intake.pk, said)
    except NotValid as refusal:
        raise NotValid(refusal.sentence, refusal.fields | {"intake_id": str(intake.pk)}) from refusal
    return queries.draft(request.member, intake.pk)


@router.reads("/intakes/{uuid:intake_id}", Progress)
def get_intake(request: HttpRequest, intake_id: UUID):
    """How far a file is taken in, and its receipt."""
    return queries.progress(request.member, intake_id)


@router.reads("/intakes/{uuid:intake_id}/draft", Draft)
def get_draft(request: HttpRequest, intake_id: UUID):
    """What a file holds, with its first answers, and what its dry check found."""
    return queries.draft(request.member, intake_id)


@router.words("/intakes/{uuid:intake_id}/columns", Draft)
def map_columns(request: HttpRequest, intake_id: UUID, body: Holds):
    """Say what each column of a draft holds."""
    _map(request, intake_id, body.columns, body.sheet)
    return queries.draft(request.member, intake_id)


@router.words("/intakes/{uuid:intake_id}/about", Draft)
def describe(request: HttpRequest, intake_id: UUID, body: About):
    """Say where a draft comes from and on which consent it stands; it is read once, and `check` says what it found."""
    actions.describe(by=request.member, intake_id=intake_id, **body.dict())
    return queries.draft(request.member, intake_id)


@router.does("/intakes/{uuid:intake_id}/start", Progress)
def start(request: HttpRequest, intake_id: UUID):
    """Begin to take a checked file in; what is known already is not taken in again."""
    actions.start(by=request.member, intake_id=intake_id)
    return queries.progress(request.member, intake_id)


@router.does("/intakes/{uuid:intake_id}/resume", Progress)
def resume(request: HttpRequest, intake_id: UUID):
    """Go on where it stopped; nothing is taken in twice."""
    actions.resume(by=request.member, intake_id=intake_id)
    return queries.progress(request.member, intake_id)


@router.reads("/intakes/{uuid:intake_id}/bad-rows", Paged[FailedRow])
def list_bad_rows(request: HttpRequest, intake_id: UUID, page: Number = 1, size: Size = 50):
    """The rows that failed, as they came, each with the reason."""
    return paged(queries.failed_page(request.member, intake_id, number=page, size=size))


@router.exports("/intakes/{uuid:intake_id}/bad-rows/export", "bad-rows", FAILED)
def export_bad_rows(request: HttpRequest, intake_id: UUID):
    """The rows that failed as a file, to be mended and sent again; it is on the trail."""
    return queries.failed_rows(request.member, intake_id)


def _apply(request: HttpRequest, intake_id: UUID, said: Said) -> None:
    """What was said along with a file, step by step as on the pages."""
    if said.columns is not None or said.engagement_id or said.sheet:
        _map(request, intake_id, said.columns, said.sheet)
    if said.engagement_id:
        about = said.dict(include={"source", "engagement_id", "consent_scope", "consent_note"})
        actions.describe(by=request.member, intake_id=intake_id, **about)


def _map(request: HttpRequest, intake_id: UUID, roles: Mapping[str, str] | None, sheet: str) -> None:
    draft = queries.draft(request.member, intake_id)
    if sheet and sheet not in draft.sheets:
        sentence = _("It has no sheet of this name. Choose another one.")
        raise NotValid(sentence, {"sheet": sentence})
    if sheet and sheet != draft.sheet:
        actions.choose_sheet(by=request.member, intake_id=intake_id, sheet=sheet)
        draft = queries.draft(request.member, intake_id)
    guessed = {column.name: column.role for column in draft.columns}
    strange = [name for name in roles or () if name not in guessed]
    if strange:
        sentence = _("The file has no column of this name: %(names)s.") % {"names": ", ".join(strange)}
        raise NotValid(sentence, {"columns": sentence})
    actions.map_columns(by=request.member, intake_id=intake_id, roles=guessed if roles is None else roles)
