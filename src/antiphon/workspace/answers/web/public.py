"""The page of those who spoke: no account, no script, nothing kept about who they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from antiphon.platform.errors import NotNow
from antiphon.platform.workspaces.middleware import public
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.answers.web.forms import ReplyForm


@public
@require_GET
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """You said, we did, or could not, because. Did we hear you right?"""
    return _page(request, token, ReplyForm())


@public
@require_POST
def answer_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Keep whether they were heard, and their word."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, token, form, status=422)
    try:
        actions.reply(token=token, heard=Heard(form.cleaned_data["heard"]), word=form.cleaned_data["word"])
    except queries.GoneAnswer:
        return _gone(request)
    except NotNow as refusal:
        form.add_error(None, str(refusal.sentence))
        return _page(request, token, form, status=refusal.status)
    response = redirect("answers:page", token)
    response["Location"] += "?thanks=1#heard"
    return response


def _page(request: HttpRequest, token: str, form: ReplyForm, status: int = 200) -> HttpResponse:
    try:
        page = queries.answer_page(token)
    except queries.GoneAnswer:
        return _gone(request)
    context = {"page": page, "form": form, "token": token, "thanked": request.GET.get("thanks") == "1"}
    response = render(request, "answers/page.html", context, status=status)
    # The address is a key: no other site may learn it. (Without any referrer browsers send the reply's form with
    # the origin "null", which cannot be told from a forged one.)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "answers/gone.html", {}, status=410)
