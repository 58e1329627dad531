"""The steps of an insight: add a voice, take one away, agree, set aside, open again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.render import go
from antiphon.platform.ui.telling import outcome_told
from antiphon.workspace.insights import actions, queries
from antiphon.workspace.insights.web.forms import SetAsideForm
from antiphon.workspace.insights.web.pages import record_page


@require_POST
def voice_add(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Let the insight rest on a passage, or put one against it; the search goes on."""
    insight = queries.get(request.member, insight_id)
    chosen = {"voice_id": request.POST.get("voice", ""), "stance": request.POST.get("stance", "")}
    with outcome_told(request, _("The passage is with the insight now.")):
        actions.add_voice(by=request.member, insight=insight, **chosen)
    search = request.POST.get("q", "")
    back = reverse("insights:record", args=[insight_id])
    return go(request, f"{back}?{urlencode({'q': search})}#more" if search else back)


@require_POST
def voice_remove(request: HttpRequest, insight_id: UUID, voice_id: UUID) -> HttpResponse:
    """Take a passage away from the insight."""
    insight = queries.get(request.member, insight_id)
    with outcome_told(request, _("The passage was taken away. It stays where it was said.")):
        actions.remove_voice(by=request.member, insight=insight, voice_id=voice_id)
    return go(request, "insights:record", insight_id)


@require_POST
def insight_agree(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Agree on the insight, or hear what it still lacks."""
    insight = queries.get(request.member, insight_id)
    with outcome_told(request, _("Agreed. Next: open a decision with this insight.")):
        actions.agree(by=request.member, insight=insight)
    return go(request, "insights:record", insight_id)


@require_POST
def insight_set_aside(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Set the insight aside, with a reason."""
    insight = queries.get(request.member, insight_id)
    form = SetAsideForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.set_aside(by=request.member, insight=insight, reason=form.cleaned_data["reason"])
            messages.success(request, _("The insight is set aside. Nothing of it is lost."))
            return go(request, "insights:record", insight_id)
    return record_page(request, insight_id, status=422, set_aside_form=form)


@require_POST
def insight_reopen(request: HttpRequest, insight_id: UUID) -> HttpResponse:
    """Make the insight a draft again."""
    insight = queries.get(request.member, insight_id)
    actions.reopen(by=request.member, insight=insight)
    messages.success(request, _("The insight is a draft again. Agree on it anew when it is worded."))
    return go(request, "insights:record", insight_id)
