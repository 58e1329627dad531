"""Bringing in a file, step by step; no passage is written before the last step."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.content import load
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.files import store
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices import compute, permissions, queries
from antiphon.workspace.voices.actions.checking import scan
from antiphon.workspace.voices.models import Intake, Source
from antiphon.workspace.voices.queries.words import COLUMN_FAULTS, FILE_FAULTS, say
from antiphon.workspace.voices.rules import Column, IntakeState, columns_fault, plain_name

PIECE = 1024 * 1024


def bring(*, by: Member, name: str, chunks: Iterable[bytes]) -> Intake:
    """Look at a file, and keep it as it is when it can be read."""
    check_allowed(permissions.may_bring(by), _("Only patient engagement leads bring in files."))
    # Looked at before it is kept, so that nothing stays behind of a file that cannot be read.
    with tempfile.NamedTemporaryFile() as spool:
        for chunk in chunks:
            spool.write(chunk)
            if spool.tell() > store.LARGEST:
                raise NotValid(_("This file is larger than 200 MB. Split it and bring the parts one by one."))
        spool.flush()
        shape = _look(Path(spool.name), name)
        spool.seek(0)
        file = store.keep(by=by, name=plain_name(name) or _("file"), chunks=_pieces(spool))
    with transaction.atomic():
        intake = Intake.objects.create(workspace_id=by.workspace_id, file=file, shape=shape, brought_by=by)
        facts = {"sha256": file.sha256, "size": file.size, "kind": shape["kind"]}
        record("intake.brought", intake, by=by, changes={"file": ("", file.name)}, facts=facts)
    return intake


@transaction.atomic
def map_columns(*, by: Member, intake_id: UUID, roles: Mapping[str, str], sheet: str = "") -> Intake:
    """Say what each column of the file holds."""
    intake = _draft(by, intake_id)
    if sheet and sheet != intake.shape["sheet"]:
        intake.shape = _look(store.path_of(intake.file), intake.file.name, sheet)
    names = [column["name"] for column in intake.shape["columns"]]
    chosen = {name: Column(roles.get(name, Column.IGNORE)).value for name in names}
    fault = columns_fault(chosen)
    if fault:
        raise NotValid(say(COLUMN_FAULTS, fault))
    intake.columns = chosen
    intake.shape = {name: value for name, value in intake.shape.items() if name != "check"}
    intake.save(update_fields=["columns", "shape"])
    facts = {"roles": sorted(chosen.values()), "count": len(chosen)}
    record("intake.columns_mapped", intake, by=by, changes={"columns": ({}, chosen)}, facts=facts)
    return intake


@transaction.atomic
def choose_sheet(*, by: Member, intake_id: UUID, sheet: str) -> Intake:
    """Look at another sheet of a workbook; its columns are to be mapped anew."""
    intake = _draft(by, intake_id)
    intake.shape, intake.columns = _look(store.path_of(intake.file), intake.file.name, sheet), {}
    intake.save(update_fields=["columns", "shape"])
    record("intake.sheet_chosen", intake, by=by, changes={"sheet": ("", sheet)})
    return intake


def describe(
    *,
    by: Member,
    intake_id: UUID,
    source: str,
    engagement_id: UUID | str,
    consent_scope: str,
    consent_note: str,
) -> Intake:
    """Say where a file comes from and on which consent it stands, and read it once to check it."""
    intake = _draft(by, intake_id)
    check_now(bool(intake.columns), _("Say first which columns hold what people said."))
    name, engagement = plain_name(source), queries.get_engagement(by, engagement_id)
    _check_about(name, consent_scope, consent_note)
    known = Source.objects.visible_to(by).filter(name=name).first()
    # Read outside the transaction: a large file takes its time, and nobody should wait for it.
    try:
        found = scan(store.path_of(intake.file), intake.shape, intake.columns, known)
    except compute.CannotRead as trouble:
        raise NotValid(say(FILE_FAULTS, trouble.code, trouble.params)) from trouble
    return _described(by, intake.pk, name, engagement, consent_scope, consent_note.strip(), found)


@transaction.atomic
def _described(
    by: Member, intake_id: UUID, name: str, engagement: Engagement, scope: str, note: str, found: dict
) -> Intake:
    intake = _draft(by, intake_id)
    before = (intake.shape.get("source_name", ""), intake.consent_note)
    intake.shape = {**intake.shape, "source_name": name, "check": found}
    intake.engagement, intake.consent_scope, intake.consent_note = engagement, scope, note
    intake.save(update_fields=["shape", "engagement", "consent_scope", "consent_note"])
    changes = {"source": (before[0], name), "consent_note": (before[1], note)}
    counts = {name: count for name, count in found.items() if isinstance(count, int)}
    facts = {"engagement": str(engagement.pk), "consent_scope": scope, "check": counts}
    record("intake.described", intake, by=by, changes=changes, facts=facts)
    return intake


def _check_about(name: str, consent_scope: str, consent_note: str) -> None:
    faults = {}
    if not name or len(name) > 120:
        faults["source"] = _("Say where the file comes from, in at most 120 letters.")
    if consent_scope not in {code for code, _label in queries.consents()} or consent_scope not in load(
        "consent_scopes"
    ):
        faults["consent_scope"] = _("Choose what people allowed.")
    if not consent_note.strip():
        faults["consent_note"] = _("Say where the consent is recorded.")
    if faults:
        raise NotValid(_("Say where the file comes from and on which consent it stands."), faults)


def _draft(by: Member, intake_id: UUID) -> Intake:
    """An import that has not started, and a member who may change it."""
    queries.get_intake(by, intake_id)
    check_allowed(permissions.may_bring(by), _("Only patient engagement leads bring in files."))
    intake = Intake.objects.visible_to(by).select_related("file", "engagement").get(pk=intake_id)
    check_now(
        intake.state == IntakeState.DRAFT,
        _("This file was started already. Bring it again to change how it is read."),
    )
    return intake


def _look(path: Path, name: str, sheet: str | None = None) -> dict:
    try:
        return compute.look(path, name, sheet)
    except compute.CannotRead as trouble:
        sentence = say(FILE_FAULTS, trouble.code, trouble.params)
        raise NotValid(_("The file cannot be read. %(why)s Nothing of it was kept.") % {"why": sentence}) from trouble


def _pieces(spool: object) -> Iterator[bytes]:
    while piece := spool.read(PIECE):
        yield piece
