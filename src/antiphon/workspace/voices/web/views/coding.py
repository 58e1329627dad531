"""Where passages are coded and suggestions decided."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from antiphon.platform.errors import NotValid
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.web.forms import NeedForm, PlaceForm
from antiphon.workspace.voices.web.views.showing import back_to, refuse


@require_POST
def code(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """Say which need a passage speaks of."""
    queries.get(request.member, voice_id)
    form = NeedForm(request.POST, needs=queries.needs(request.member))
    if not form.is_valid():
        return refuse(request, voice_id, form)
    try:
        actions.code(by=request.member, voice_id=voice_id, **form.cleaned_data)
    except NotValid as refusal:
        return refuse(request, voice_id, refusal)
    return back_to(request, voice_id)


@require_POST
def uncode(request: HttpRequest, coding_id: UUID) -> HttpResponse:
    """Take a coding back."""
    coding = actions.uncode(by=request.member, coding_id=coding_id)
    return back_to(request, coding.voice_id)


@require_POST
def suggestion_accept(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Agree with a suggestion."""
    form = PlaceForm(request.POST)
    place = form.cleaned_data if form.is_valid() else {}
    try:
        coding = actions.accept(by=request.member, suggestion_id=suggestion_id, **place)
    except NotValid as refusal:
        return refuse(request, request.POST.get("voice", ""), refusal)
    return back_to(request, coding.voice_id)


@require_POST
def suggestion_change(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Hear another need than the one suggested."""
    form = NeedForm(request.POST, needs=queries.needs(request.member))
    if not form.is_valid():
        return refuse(request, request.POST.get("voice", ""), form)
    try:
        coding = actions.change(by=request.member, suggestion_id=suggestion_id, **form.cleaned_data)
    except NotValid as refusal:
        return refuse(request, request.POST.get("voice", ""), refusal)
    return back_to(request, coding.voice_id)


@require_POST
def suggestion_reject(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Say that a suggestion is not what was said."""
    suggestion = actions.reject(by=request.member, suggestion_id=suggestion_id)
    return back_to(request, suggestion.voice_id)


@require_POST
def suggestion_reopen(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Take a verdict back."""
    suggestion = actions.reopen(by=request.member, suggestion_id=suggestion_id)
    return back_to(request, suggestion.voice_id)
