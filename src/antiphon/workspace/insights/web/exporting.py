"""Takes insights away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export_list
from antiphon.platform.ui.lists import chosen_order
from antiphon.workspace.insights import queries
from antiphon.workspace.insights.exports import INSIGHTS
from antiphon.workspace.insights.web.pages import asked


@require_POST
def insight_export(request: HttpRequest) -> HttpResponse:
    """The insights of the list, as seen: its columns, its filters."""
    rows = queries.rows(request.member, order=chosen_order(request, INSIGHTS), **asked(request))
    return export_list(request, INSIGHTS, rows)
