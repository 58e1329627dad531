"""The page behind the link of an invitation: no account is needed to read it, and reading it uses nothing up."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from antiphon.interfaces.administration.web.forms import NewAccountForm
from antiphon.platform.errors import NotValid
from antiphon.platform.ui.forms import refuse_into
from antiphon.platform.ui.render import go
from antiphon.platform.workspaces import actions, queries
from antiphon.platform.workspaces.middleware import public
from antiphon.platform.workspaces.sign_in import act_as

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@public
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what."""
    return _page(request, token)


@public
@sensitive_post_parameters("password")
@require_POST
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Become a member: with the account one is signed in to, or with a new one."""
    try:
        if request.user.is_authenticated:
            return _welcome(request, actions.accept(token=token, user=request.user))
        form = NewAccountForm(request.POST)
        if form.is_valid():
            made = actions.accept_with_new_account(token=token, **form.cleaned_data)
            login(request, made.user, backend=BACKEND)
            return _welcome(request, made)
    except queries.GoneInvitation as gone:
        return _gone(request, gone)
    except NotValid as refusal:
        refuse_into(form, refusal)
    return _page(request, token, form, status=422)


def _welcome(request: HttpRequest, member: "Member") -> HttpResponse:
    act_as(request, member)
    words = _("Welcome to %(workspace)s. You are here as: %(role)s.")
    messages.success(request, words % {"workspace": member.workspace.name, "role": member.role_label})
    return go(request, "home:today")


def _page(request: HttpRequest, token: str, form: NewAccountForm | None = None, status: int = 200) -> HttpResponse:
    try:
        page = queries.invitation_page(token)
    except queries.GoneInvitation as gone:
        return _gone(request, gone)
    signed_in = request.user.is_authenticated
    context = {
        "page": page,
        "token": token,
        "form": form or NewAccountForm(initial={"name": page.name}),
        "is_mine": signed_in and request.user.email.lower() == page.email.lower(),
        "is_anothers": signed_in and request.user.email.lower() != page.email.lower(),
    }
    return _unlisted(render(request, "administration/invitation.html", context, status=status))


def _gone(request: HttpRequest, gone: queries.GoneInvitation) -> HttpResponse:
    context = {"standing": gone.standing}
    return _unlisted(render(request, "administration/invitation_gone.html", context, status=gone.status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine keeps it, and no other site learns it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
