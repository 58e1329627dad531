"""Takes insights away as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.workspace.insights import queries
from antiphon.workspace.insights.web.pages import asked

COLUMNS = (
    Column("id", _("Id")),
    Column("statement", _("Insight")),
    Column("state", _("State")),
    Column("strength", _("Strength")),
    Column("supporting_count", _("Voices for it")),
    Column("dissenting_count", _("Voices against it")),
    Column("need_codes", _("Need codes")),
    Column("need_labels", _("Needs")),
    Column("decision_point_labels", _("Decision points")),
    Column("group_labels", _("Speaks for")),
    Column("programme_name", _("Programme")),
    Column("owner_name", _("Looked after by")),
    Column("created_at", _("Stated")),
    Column("agreed_at", _("Agreed")),
)


@require_POST
def insight_export(request: HttpRequest) -> HttpResponse:
    """The insights of the list, filtered as seen."""
    return export(request, "insights", COLUMNS, queries.rows(request.member, **asked(request)))
