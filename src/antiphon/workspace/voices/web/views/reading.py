"""Pages on which passages are read, one by one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from antiphon.platform.errors import NotValid
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.web.forms import SafetyForm
from antiphon.workspace.voices.web.views.showing import (
    an_id,
    back_to,
    refuse,
    show_reader,
    show_record,
    wanted,
)


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The next passage that waits for a reader."""
    voice_id, after_id = an_id(request.GET.get("voice", "")), an_id(request.GET.get("after", ""))
    return show_reader(request, wanted(request.GET), voice_id=voice_id, after_id=after_id)


@require_GET
def voice(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """Everything about one passage."""
    return show_record(request, voice_id)


@require_POST
def sit_down(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """The page says that somebody opened this passage; where another one was first, the next comes in its place."""
    if actions.sit_down(by=request.member, voice_id=voice_id):
        return HttpResponse(status=204)
    return show_reader(request, wanted(request.GET))


@require_POST
def read_done(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """Finish a passage and go on to the next."""
    actions.finish_reading(by=request.member, voice_id=voice_id)
    return back_to(request)


@require_POST
def read_again(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """Put a passage back into the queue."""
    actions.read_again(by=request.member, voice_id=voice_id)
    return back_to(request, voice_id)


@require_POST
def safety_decide(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """Point out a possible safety event, or decide about one."""
    queries.get(request.member, voice_id)
    form = SafetyForm(request.POST)
    if not form.is_valid():
        return refuse(request, voice_id, form)
    try:
        actions.decide_safety(by=request.member, voice_id=voice_id, **form.cleaned_data)
    except NotValid as refusal:
        return refuse(request, voice_id, refusal)
    return back_to(request, voice_id)


@require_POST
def original(request: HttpRequest, voice_id: UUID) -> HttpResponse:
    """Show the untouched words once; the purpose is recorded."""
    purpose = request.POST.get("purpose", "")
    try:
        words = actions.show_original(by=request.member, voice_id=voice_id, purpose=purpose)
    except NotValid as refusal:
        return show_record(request, voice_id, problem=str(refusal.sentence), status=422)
    return show_record(request, voice_id, original=words)
