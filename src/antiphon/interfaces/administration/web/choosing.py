"""Which of their workspaces a person acts in: one at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from antiphon.platform.ui.render import go, render_page
from antiphon.platform.workspaces import queries
from antiphon.platform.workspaces.middleware import without_member
from antiphon.platform.workspaces.sign_in import act_as


@without_member
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The workspaces of a person, or what to do where there is none."""
    status = 200 if request.elsewhere or request.member else 403
    return render_page(request, "administration/choose.html", {"places": request.elsewhere}, status=status)


@without_member
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act in this one from now on."""
    chosen = queries.own_membership(request.user, request.POST.get("member", ""))
    act_as(request, chosen)
    words = _("You act in %(workspace)s now, as: %(role)s.")
    messages.success(request, words % {"workspace": chosen.workspace.name, "role": chosen.role_label})
    return go(request, "home:today")
