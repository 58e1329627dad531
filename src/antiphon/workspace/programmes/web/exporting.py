"""Takes programmes away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export_list
from antiphon.workspace.programmes import queries
from antiphon.workspace.programmes.exports import PROGRAMMES


@require_POST
def programme_export(request: HttpRequest) -> HttpResponse:
    """The list, as seen: its columns, its filters."""
    return export_list(request, PROGRAMMES, queries.rows(request.member, search=request.GET.get("q", "")))
