"""Takes answers away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export_list
from antiphon.platform.ui.lists import chosen_order
from antiphon.workspace.answers import queries
from antiphon.workspace.answers.exports import ANSWERS


@require_POST
def answer_export(request: HttpRequest) -> HttpResponse:
    """The list, as seen: its columns, its filters."""
    order = chosen_order(request, ANSWERS)
    rows = queries.rows(request.member, order=order, state=request.GET.get("state", ""))
    return export_list(request, ANSWERS, rows)
