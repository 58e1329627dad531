"""Takes the map and the trails away as files; a trail also as W3C PROV."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import attachment, export
from antiphon.workspace.measures import actions, queries
from antiphon.workspace.measures.exports import CELLS
from antiphon.workspace.measures.web.views import asked


@require_POST
def map_export(request: HttpRequest) -> HttpResponse:
    """The map, filtered as seen: one row for each cell, the silent ones too."""
    by, programme = asked(request)
    found = queries.gap_map(request.member, programme_id=programme or None, by=by)
    return export(request, "map", CELLS, queries.cells(found))


@require_POST
def trail_export(request: HttpRequest, **thing: UUID) -> HttpResponse:
    """Everything on a trail, as rows."""
    return _take(request, request.POST.get("format", ""), **thing)


@require_POST
def trail_prov(request: HttpRequest, **thing: UUID) -> HttpResponse:
    """A trail as PROV-JSON."""
    return _take(request, "prov", **thing)


def _take(request: HttpRequest, form: str, **thing: UUID) -> HttpResponse:
    """The address names one thing: `voice_id`, `insight_id` or `decision_id`."""
    [(name, known)] = thing.items()
    taken = actions.take_trail(by=request.member, kind=name.removesuffix("_id"), thing_id=known, form=form)
    return attachment(taken.content, taken.content_type, taken.name)
