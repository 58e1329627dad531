"""Asking people in, for those who may."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antiphon.interfaces.administration.web.forms import InviteForm
from antiphon.platform.errors import check_allowed
from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.workspaces import actions, permissions, queries
from antiphon.platform.workspaces.roles import Role


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Ask a person in."""
    check_allowed(permissions.may_invite(request.member), _("Leads and administrators invite people."))
    form = InviteForm(request.POST or None, by=request.member, initial={"role": Role.FUNCTION_PARTNER.value})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            invited = actions.invite(by=request.member, **form.cleaned_data)
            return _receipt(request, invited)
    status = 422 if form.errors else 200
    return render_page(request, "administration/invite.html", {"form": form}, status=status)


@require_POST
def invitation_renew(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Send a new link."""
    invitation = queries.get_invitation(request.member, invitation_id)
    return _receipt(request, actions.renew(by=request.member, invitation=invitation))


@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = queries.get_invitation(request.member, invitation_id)
    actions.revoke(by=request.member, invitation=invitation)
    words = _("The invitation of %(name)s is taken back. Its link does not work any more.")
    messages.success(request, words % {"name": invitation.name})
    return go(request, "administration:members")


def _receipt(request: HttpRequest, invited: actions.Invited) -> HttpResponse:
    # The answer to the POST itself, not a page behind a redirect: the link is kept nowhere it could be read again.
    return render_page(
        request, "administration/invited.html", {"invitation": invited.invitation, "link": invited.link}
    )
