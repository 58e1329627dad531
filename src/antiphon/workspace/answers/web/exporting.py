"""Takes answers away as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from antiphon.platform.exports.tables import Column
from antiphon.platform.ui.exports import export
from antiphon.workspace.answers import queries

COLUMNS = (
    Column("id", _("Id")),
    Column("engagement_name", _("Engagement")),
    Column("question", _("Decision")),
    Column("state", _("State")),
    Column("drafted_by", _("Drafted by")),
    Column("created_at", _("Drafted")),
    Column("given_at", _("Given")),
    Column("card_count", _("Cards")),
    Column("reply_count", _("Replies")),
    Column("heard_count", _("Felt heard")),
)


@require_POST
def answer_export(request: HttpRequest) -> HttpResponse:
    """The list, filtered as seen."""
    return export(request, "answers", COLUMNS, queries.rows(request.member, state=request.GET.get("state", "")))
