"""Takes programmes away as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.workspace.programmes import queries

COLUMNS = (
    Column("id", _("Id")),
    Column("name", _("Name")),
    Column("kind", _("What it is")),
    Column("indication", _("Indication")),
    Column("stage_label", _("Stage")),
    Column("function_label", _("Owned by")),
    Column("sharing_labels", _("Shared with")),
    Column("question_count", _("Questions")),
    Column("engagement_count", _("Engagements")),
)


@require_POST
def programme_export(request: HttpRequest) -> HttpResponse:
    """The list, filtered as seen."""
    return export(request, "programmes", COLUMNS, queries.rows(request.member, search=request.GET.get("q", "")))
