"""Takes imports, passages and codings away as files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.ui.exports import export, export_list
from antiphon.workspace.voices import queries
from antiphon.workspace.voices.exports import CODINGS, INTAKES, VOICES
from antiphon.workspace.voices.web.views.showing import wanted


@require_POST
def intake_export(request: HttpRequest) -> HttpResponse:
    """Every file that was brought in, as seen: its columns."""
    return export_list(request, INTAKES, queries.intakes(request.member))


@require_POST
def voice_export(request: HttpRequest) -> HttpResponse:
    """The passages that the reader asked to see."""
    return export(request, "voices", VOICES, queries.as_wanted(request.member, wanted(request.GET)))


@require_POST
def coding_export(request: HttpRequest) -> HttpResponse:
    """What was coded in the engagement that the reader asked to see, or in all: a row a coding."""
    rows = queries.coded(request.member, engagement_id=wanted(request.GET).engagement)
    return export(request, "codings", CODINGS, rows)
