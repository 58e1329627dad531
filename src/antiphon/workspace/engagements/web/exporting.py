"""Takes engagements away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export_list
from antiphon.platform.ui.lists import chosen_order
from antiphon.workspace.engagements import queries
from antiphon.workspace.engagements.exports import ENGAGEMENTS
from antiphon.workspace.engagements.web.views import asked


@require_POST
def engagement_export(request: HttpRequest) -> HttpResponse:
    """The list, as seen: its columns, its filters."""
    rows = queries.rows(request.member, order=chosen_order(request, ENGAGEMENTS), **asked(request))
    return export_list(request, ENGAGEMENTS, rows)
