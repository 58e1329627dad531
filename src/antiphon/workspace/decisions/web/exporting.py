"""Takes decisions away as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.workspace.decisions import queries
from antiphon.workspace.decisions.web.pages import asked

COLUMNS = (
    Column("id", _("Id")),
    Column("question", _("Question")),
    Column("outcome", _("Outcome")),
    Column("state", _("State")),
    Column("programme_name", _("Programme")),
    Column("decision_point", _("Decision point code")),
    Column("decision_point_label", _("Decision point")),
    Column("function_label", _("Function")),
    Column("owner_name", _("Who decides")),
    Column("due_date", _("Until")),
    Column("closed_at", _("Closed")),
    Column("weighing_count", _("Insights")),
    Column("lacking_count", _("Without a reason")),
    Column("change_count", _("Changes")),
)


@require_POST
def decision_export(request: HttpRequest) -> HttpResponse:
    """The list, filtered as seen."""
    return export(request, "decisions", COLUMNS, queries.rows(request.member, **asked(request)))
