"""Takes the list of people away as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.interfaces.administration.exports import PEOPLE
from antiphon.interfaces.administration.web.members import asked
from antiphon.platform.ui.exports import export_list
from antiphon.platform.ui.lists import chosen_order
from antiphon.platform.workspaces import queries


@require_POST
def member_export(request: HttpRequest) -> HttpResponse:
    """The list, as seen: its columns, its filters, what this member may see."""
    rows = queries.people(request.member, order=chosen_order(request, PEOPLE), **asked(request))
    return export_list(request, PEOPLE, rows)
