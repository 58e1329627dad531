"""Takes decisions away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export_list
from antiphon.platform.ui.lists import chosen_order
from antiphon.workspace.decisions import queries
from antiphon.workspace.decisions.exports import DECISIONS
from antiphon.workspace.decisions.web.pages import asked


@require_POST
def decision_export(request: HttpRequest) -> HttpResponse:
    """The list, as seen: its columns, its filters."""
    rows = queries.rows(request.member, order=chosen_order(request, DECISIONS), **asked(request))
    return export_list(request, DECISIONS, rows)
