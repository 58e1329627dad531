"""How well it listens: what was measured of the engine that ships, and of what a workspace taught it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from antiphon.platform.ui.exports import export
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.ui.telling import outcome_told
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.exports import CODE_FITS, FIGURES


@require_GET
def how_well(request: HttpRequest) -> HttpResponse:
    """Each figure in plain words with its number, and what the workspace's own coding taught."""
    rows = queries.figure_rows()
    context = {
        "learning": queries.learning(request.member),
        "groups": queries.figure_groups(rows),
        "aim_count": sum(row.is_met is not None for row in rows),
        "short": [row for row in rows if row.is_met is False],
        "met_count": sum(row.is_met is True for row in rows),
    }
    return render_page(request, "voices/how_well.html", context, part="learning")


@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Let it learn from what people of the workspace coded."""
    with outcome_told(request, _("It learns now. You can leave; it goes on without you.")):
        actions.learn(by=request.member)
    return go(request, "voices:how_well")


@require_POST
def use_model(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """Put back what was learned before."""
    with outcome_told(request, _("It is in use again. Its suggestions come to the passages nobody has read.")):
        actions.use_model(by=request.member, model_id=model_id)
    return go(request, "voices:how_well")


@require_POST
def lay_aside(request: HttpRequest) -> HttpResponse:
    """Do without what was learned here."""
    with outcome_told(request, _("Laid aside. What Antiphon brings along goes on suggesting.")):
        actions.lay_aside(by=request.member)
    return go(request, "voices:how_well")


@require_POST
def figures_export(request: HttpRequest) -> HttpResponse:
    """Every measured figure as a file."""
    return export(request, "listening-figures", FIGURES, queries.figure_rows())


@require_POST
def codes_export(request: HttpRequest) -> HttpResponse:
    """How well each code is heard on passages not seen, as a file."""
    return export(request, "learned-codes", CODE_FITS, queries.learning(request.member).codes)
