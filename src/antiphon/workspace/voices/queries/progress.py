"""How far an import has come, its receipt, and the rows that failed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.errors import check_allowed
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.models import BadRow, Intake
from antiphon.workspace.voices.queries.intakes import BadRowLine, get_intake, scope_label
from antiphon.workspace.voices.queries.words import ROW_FAULTS, say
from antiphon.workspace.voices.rules import IntakeState, harmless_cell, plain_name

STALLED_AFTER = datetime.timedelta(seconds=60)
BAD_ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come, and its receipt when it is done."""

    id: UUID
    file_name: str
    source_name: str
    engagement_id: UUID | None
    engagement_name: str
    consent_label: str
    consent_note: str
    brought_by: str
    state: str
    done: int
    total: int
    per_second: int
    seconds_left: int | None
    voice_count: int
    known_count: int
    bad_count: int
    trouble: str
    is_stalled: bool
    can_bring: bool
    bad_rows: tuple[BadRowLine, ...]

    @property
    def is_running(self) -> bool:
        """Whether the page should look again."""
        return self.state == IntakeState.RUNNING


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that failed: where it stands, why, and what it held."""

    place: str
    reason: str
    row: str


def progress(member: Member, intake_id: UUID | str) -> Progress:
    """How far an import has come."""
    intake = get_intake(member, intake_id)
    run = intake.run
    cursor = run.cursor if run else {}
    rate, left = _pace(cursor, run.total_count if run else 0)
    return Progress(
        id=intake.pk,
        file_name=plain_name(intake.file.name),
        source_name=intake.source.name if intake.source else "",
        engagement_id=intake.engagement_id,
        engagement_name=intake.engagement.name if intake.engagement else "",
        consent_label=scope_label(intake.consent_scope),
        consent_note=intake.consent_note,
        brought_by=intake.brought_by.name,
        state=intake.state,
        done=run.done_count if run else 0,
        total=run.total_count if run else 0,
        per_second=rate,
        seconds_left=left,
        voice_count=intake.voice_count,
        known_count=intake.known_count,
        bad_count=intake.bad_count,
        trouble=run.trouble if run else "",
        is_stalled=bool(run) and intake.state == IntakeState.RUNNING and _is_stalled(intake),
        can_bring=permissions.may_bring(member),
        bad_rows=tuple(_bad_row(bad) for bad in intake.bad_rows.order_by("number")[:BAD_ROWS_SHOWN]),
    )


def failed_rows(member: Member, intake_id: UUID | str) -> Iterator[FailedRow]:
    """Every row that failed, as it came."""
    return (_failed(bad) for bad in _bad(member, intake_id).iterator())


def failed_page(member: Member, intake_id: UUID | str, *, number: object, size: int) -> Page:
    """One page of them."""
    page = Paginator(_bad(member, intake_id), size).get_page(number)
    page.object_list = [_failed(bad) for bad in page.object_list]
    return page


def bad_rows(member: Member, intake_id: UUID | str) -> Iterator[tuple[str, str, str]]:
    """Place, reason and content of every row that failed, harmless to a spreadsheet."""
    return (
        (harmless_cell(failed.place), harmless_cell(failed.reason), harmless_cell(failed.row))
        for failed in failed_rows(member, intake_id)
    )


def _bad(member: Member, intake_id: UUID | str) -> QuerySet[BadRow]:
    intake = get_intake(member, intake_id)
    check_allowed(permissions.may_bring(member), _("Only patient engagement leads see rows as they came."))
    return intake.bad_rows.order_by("number")


def _failed(bad: BadRow) -> FailedRow:
    line = _bad_row(bad)
    return FailedRow(line.place, line.reason, bad.raw)


def _bad_row(bad: BadRow) -> BadRowLine:
    return BadRowLine(bad.place, say(ROW_FAULTS, bad.code, bad.params))


def _pace(cursor: dict, total: int) -> tuple[int, int | None]:
    seconds = cursor.get("seconds", 0)
    done = cursor.get("row", 0)
    if seconds <= 0 or done == 0:
        return 0, None
    rate = done / seconds
    return round(rate), round((total - done) / rate)


def _is_stalled(intake: Intake) -> bool:
    last = intake.run.cursor.get("at")
    since = datetime.datetime.fromisoformat(last) if last else intake.run.created_at
    return clock.now() - since > STALLED_AFTER
