"""Takes programmes away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export_list
from antiphon.platform.ui.lists import chosen_order
from antiphon.workspace.programmes import queries
from antiphon.workspace.programmes.exports import PROGRAMMES


@require_POST
def programme_export(request: HttpRequest) -> HttpResponse:
    """The list, as seen: its columns, its filters."""
    order = chosen_order(request, PROGRAMMES)
    rows = queries.rows(request.member, order=order, search=request.GET.get("q", ""))
    return export_list(request, PROGRAMMES, rows)
