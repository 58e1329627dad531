"""Starting an import, taking it in chunk by chunk, and going on after a stop."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import check_allowed, check_now
from antiphon.platform.runs.models import Run
from antiphon.platform.tasks.queue import queue
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import compute, permissions, queries
from antiphon.workspace.voices.actions.chunks import take_chunks
from antiphon.workspace.voices.models import Intake, Source
from antiphon.workspace.voices.queries.words import FILE_FAULTS, say
from antiphon.workspace.voices.rules import IntakeState, intake_can_become

TASK = "voices.take_in"
SECONDS_A_TASK = 20.0
log = logging.getLogger(__name__)


@transaction.atomic
def start(*, by: Member, intake_id: UUID) -> Intake:
    """Begin to take a file in, as its last step said."""
    intake = _locked(by, intake_id)
    check_now(
        intake_can_become(IntakeState(intake.state), IntakeState.RUNNING) and intake.state == IntakeState.DRAFT,
        _("This file was started already."),
    )
    check_now(bool(intake.shape.get("check")), _("Say first where the file comes from."))
    check = intake.shape["check"]
    source, _made = Source.objects.get_or_create(workspace_id=by.workspace_id, name=intake.shape["source_name"])
    source.columns = intake.columns
    source.save(update_fields=["columns"])
    intake.source, intake.state = source, IntakeState.RUNNING
    intake.run = Run.objects.create(
        workspace_id=by.workspace_id,
        kind=TASK,
        settings={"columns": intake.columns, "day_first": check["day_first"], "heard_by": compute.heard_by()},
        total_count=check["rows"],
        started_by=by,
    )
    intake.save(update_fields=["source", "state", "run"])
    facts = {"source": str(source.pk), "rows": check["rows"], "consent_scope": intake.consent_scope}
    record("intake.started", intake, by=by, facts=facts)
    queue(TASK, str(intake.pk))
    return intake


@transaction.atomic
def resume(*, by: Member, intake_id: UUID) -> Intake:
    """Go on where an import stopped; while it still runs this changes nothing."""
    intake = _locked(by, intake_id)
    running = intake.state == IntakeState.RUNNING
    check_now(running or intake.state == IntakeState.FAILED, _("This import is not one that stopped half-way."))
    intake.state = IntakeState.RUNNING
    intake.save(update_fields=["state"])
    Run.objects.filter(pk=intake.run_id).update(state=Run.State.WAITING, trouble="")
    record("intake.resumed", intake, by=by, facts={"row": intake.run.cursor.get("row", 0)})
    queue(TASK, str(intake.pk))
    return intake


def go_on(*, intake_id: UUID | str, seconds: float = SECONDS_A_TASK) -> None:
    """Take in as much as fits into one task, and ask for the next; may be delivered twice."""
    intake = Intake.objects.select_related("file", "source", "run__started_by").get(pk=intake_id)
    if intake.state != IntakeState.RUNNING:
        return
    try:
        is_more = take_chunks(intake, seconds)
    except compute.CannotRead as trouble:
        fail(intake_id=intake.pk, trouble=say(FILE_FAULTS, trouble.code, trouble.params))
    except Exception:
        # Whatever stopped it, the person who waits is told, and what was taken in stays.
        log.exception("Import %s stopped.", intake.pk)
        fail(intake_id=intake.pk, trouble=_("Something went wrong on our side."))
    else:
        if is_more:
            queue(TASK, str(intake.pk))


@transaction.atomic
def fail(*, intake_id: UUID, trouble: str) -> None:
    """Say that an import stopped and why; what was taken in stays."""
    intake = Intake.objects.select_for_update().get(pk=intake_id)
    if intake.state != IntakeState.RUNNING:
        return
    intake.state = IntakeState.FAILED
    intake.save(update_fields=["state"])
    run = Run.objects.select_for_update().get(pk=intake.run_id)
    run.state, run.trouble, run.finished_at = Run.State.FAILED, trouble, clock.now()
    run.save(update_fields=["state", "trouble", "finished_at"])
    record("intake.failed", intake, by=None, reason=trouble, facts={"row": run.cursor.get("row", 0)})


def _locked(by: Member, intake_id: UUID) -> Intake:
    queries.get_intake(by, intake_id)
    check_allowed(permissions.may_bring(by), _("Only patient engagement leads bring in files."))
    locked = Intake.objects.visible_to(by).select_for_update(of=("self",)).select_related("run", "file")
    return locked.get(pk=intake_id)
