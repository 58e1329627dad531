"""Takes passages away as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.workspace.voices import queries
from antiphon.workspace.voices.web.views.showing import wanted

COLUMNS = (
    Column("id", _("Id")),
    Column("text", _("Passage, redacted")),
    Column("need_codes", _("Needs")),
    Column("group", _("Group")),
    Column("said_date", _("Said on")),
    Column("source_name", _("Source")),
    Column("place", _("Place in the file")),
    Column("column", _("Column")),
    Column("engagement_name", _("Engagement")),
    Column("consent_scope", _("Consent")),
    Column("language", _("Language")),
    Column("safety", _("Safety")),
    Column("read", _("Read")),
)


@require_POST
def voice_export(request: HttpRequest) -> HttpResponse:
    """The passages that the reader asked to see."""
    return export(request, "voices", COLUMNS, queries.as_wanted(request.member, wanted(request.GET)))
