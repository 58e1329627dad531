"""Builds a report for one member and one scope: reads once, says everything, cleans every text."""

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antiphon.interfaces.reports import sections
from antiphon.interfaces.reports.cleaning import cleaned
from antiphon.interfaces.reports.model import Report
from antiphon.interfaces.reports.rows import Evidence, address, annex, day
from antiphon.platform import clock
from antiphon.platform.charts import Heading, HeatMap, MapCell, MapRow
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.measures import queries as measures
from antiphon.workspace.measures.queries import evidence
from antiphon.workspace.measures.queries.evidence import Scope
from antiphon.workspace.programmes import queries as programmes

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

MONTHS = 12


def build(member: "Member", scope: Scope) -> Report:
    """The report that a member may take away."""
    read = _read(member, scope)
    told = [sections.line(read, _rates(member, scope))]
    told += [] if scope.decision_id else [_gaps(member, scope.programme_id)]
    told += [make(read) for make in sections.FROM_EVIDENCE]
    made_at = clock.local_now()
    report = Report(
        title=_("Evidence report"),
        subject=_subject(member, scope),
        period=_period(scope),
        organisation=member.workspace.name,
        made_at=made_at,
        made_on=date_format(made_at, _("j F Y, H:i T")),
        made_by=member.role_label,
        origin=settings.ANTIPHON_ORIGIN,
        language=(get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        lead=". ".join(section.message for section in told) + ".",
        sections=(sections.reading(), *told, sections.limits(told)),
        annex=annex(read),
    )
    return cleaned(report)


def _read(member: "Member", scope: Scope) -> Evidence:
    return Evidence(
        counts=evidence.counts(member, scope),
        engagements=evidence.engagements(member, scope),
        voices=evidence.voices(member, scope),
        insights=evidence.insights(member, scope),
        decisions=evidence.decisions(member, scope),
        changes=evidence.changes(member, scope),
        answers=evidence.answers(member, scope),
        owings=evidence.owings(member, scope),
    )


def _rates(member: "Member", scope: Scope) -> list[measures.Rate]:
    """From the first month on in which anything was agreed on."""
    last = min(scope.last or clock.today(), clock.today())
    found = measures.monthly_rates(member, Scope(scope.programme_id, scope.decision_id), last, MONTHS)
    first = next((place for place, rate in enumerate(found) if rate.agreed_count), len(found))
    return found[first:]


def _subject(member: "Member", scope: Scope) -> str:
    if scope.decision_id:
        return decisions.get(member, scope.decision_id).question
    if scope.programme_id:
        return programmes.get(member, scope.programme_id).name
    return _("All programmes")


def _period(scope: Scope) -> str:
    words = {
        (True, True): _("%(first)s to %(last)s"),
        (True, False): _("From %(first)s on"),
        (False, True): _("Until %(last)s"),
        (False, False): _("The whole time until today"),
    }
    if scope.decision_id:
        return _("One decision, whenever it was")
    return words[bool(scope.first), bool(scope.last)] % {"first": day(scope.first), "last": day(scope.last)}


def _gaps(member: "Member", programme_id: UUID | None):
    found = measures.gap_map(member, programme_id=programme_id, by="stage")
    return sections.gaps(gap_chart(found, programme_id), found.silent_count, found.cell_count)


def gap_chart(found: measures.GapMap, programme_id: UUID | None) -> HeatMap:
    """The gap map as a chart; each cell leads to its page."""
    about = {"by": found.by} | ({"programme": programme_id} if programme_id else {})
    words = reach_words()
    rows = []
    for row in found.rows:
        cells = tuple(
            MapCell(
                cell.count or None,
                "" if cell.reach == "silent" else address("measures:cell", need=row.code, column=cell.column, **about),
                cell.reach.value,
                words[cell.reach.value] if cell.count else "",
            )
            for cell in row.cells
        )
        rows.append(MapRow(row.label, cells, is_section=row.is_section))
    columns = tuple(Heading(label) for _code, label in found.columns)
    return HeatMap(_("How far the line has come for each need"), _("Need"), columns, tuple(rows), words["silent"])


def reach_words() -> dict[str, str]:
    """How far the line has come, in words."""
    return {
        "silent": _("silent"),
        "planned": _("planned"),
        "asked": _("asked"),
        "heard": _("heard"),
        "decided": _("decided"),
        "answered": _("answered"),
    }


def file_name(report: Report, ending: str) -> str:
    """A name that sorts, without a word that somebody wrote."""
    made: datetime.datetime = report.made_at
    return f"antiphon-evidence-{made.date().isoformat()}.{ending}"
