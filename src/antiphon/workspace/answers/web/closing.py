"""The page on which an engagement closes, or says what it still owes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.ui.telling import outcome_told
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.answers.web.forms import ReopenForm


@require_http_methods(["GET", "POST"])
def engagement_close(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """What is missing before an engagement closes; and closing it."""
    queries.closing_check(request.member, engagement_id)
    if request.method == "POST":
        with outcome_told(request, _("The engagement is closed: everybody who spoke in it has an answer.")):
            actions.close_engagement(by=request.member, engagement_id=engagement_id)
        return go(request, "answers:close_engagement", engagement_id)
    return _page(request, engagement_id, ReopenForm())


@require_POST
def engagement_reopen(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Go on with a closed engagement."""
    queries.closing_check(request.member, engagement_id)
    form = ReopenForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.reopen_engagement(
                by=request.member, engagement_id=engagement_id, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The engagement goes on."))
            return go(request, "answers:close_engagement", engagement_id)
    return _page(request, engagement_id, form, status=422)


def _page(request: HttpRequest, engagement_id: UUID, form: ReopenForm, *, status: int = 200) -> HttpResponse:
    context = {"check": queries.closing_check(request.member, engagement_id), "form": form}
    return render_page(request, "answers/closing.html", context, status=status)
