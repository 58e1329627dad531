"""Takes engagements away as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.workspace.engagements import queries
from antiphon.workspace.engagements.web.views import asked

COLUMNS = (
    Column("id", _("Id")),
    Column("name", _("Name")),
    Column("kind_label", _("Kind")),
    Column("programme_name", _("Programme")),
    Column("state", _("State")),
    Column("starts_date", _("Starts")),
    Column("ends_date", _("Ends")),
    Column("lead_name", _("Lead")),
    Column("function_labels", _("Functions that ask")),
    Column("voice_count", _("Voices")),
)


@require_POST
def engagement_export(request: HttpRequest) -> HttpResponse:
    """The list, filtered as seen."""
    return export(request, "engagements", COLUMNS, queries.rows(request.member, **asked(request)))
