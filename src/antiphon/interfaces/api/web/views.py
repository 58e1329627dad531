"""Pages about programs: one's tokens, a new one, and the description of the API."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.interfaces.api.application import NOTHING, api, problem
from antiphon.interfaces.api.exports import TOKENS
from antiphon.interfaces.api.web.forms import TokenForm
from antiphon.platform.tokens import actions, queries
from antiphon.platform.tokens.middleware import API
from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.lists import table
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.workspaces.middleware import public

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]


@require_GET
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens a member may see, and how to begin."""
    context = {
        "table": table(request, TOKENS, queries.rows(request.member)),
        "address": settings.ANTIPHON_ORIGIN + API,
    }
    return render_page(request, "api/list.html", context)


@require_http_methods(["GET", "POST"])
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown on this page once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            token, secret = actions.make_token(by=request.member, **form.cleaned_data)
            context = {"token": token, "secret": secret, "address": settings.ANTIPHON_ORIGIN + API}
            return render_page(request, "api/made.html", context)
    return render_page(request, "api/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def token_revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Make a token stop working."""
    actions.revoke(by=request.member, token=queries.get(request.member, token_id))
    messages.success(request, _("The token stopped working."))
    return go(request, "programs:list")


@require_GET
def description(request: HttpRequest) -> HttpResponse:
    """What the API can do, in OpenAPI 3.1."""
    return JsonResponse(api.get_openapi_schema())


@public
@csrf_exempt
@require_http_methods(METHODS)
def nothing(request: HttpRequest) -> HttpResponse:
    """No operation has this address."""
    return problem(request, 404, NOTHING)
