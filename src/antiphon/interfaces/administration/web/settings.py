"""The name and the clocks of the workspace."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antiphon.interfaces.administration.web.forms import SettingsForm
from antiphon.interfaces.administration.web.tabs import tabs
from antiphon.platform.errors import check_allowed
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.workspaces import actions, permissions, queries


@require_http_methods(["GET", "POST"])
def workspace_settings(request: HttpRequest) -> HttpResponse:
    """Everyone may see what the clocks are; administrators set them."""
    may, initial = permissions.may_set_up(request.member), _standing(request)
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        check_allowed(may, _("Only administrators set the workspace up."))
        if form.is_valid():
            with refusals_in(form, lambda: _standing(request)):
                actions.set_up(by=request.member, **form.cleaned_data)
                messages.success(request, _("Saved. It holds for engagements that take place from now on."))
                return go(request, "administration:settings")
    context = {"form": form, "workspace": initial, "can_set_up": may, "tabs": tabs(request, "settings")}
    return render_page(request, "administration/settings.html", context, status=status_of(form))


def _standing(request: HttpRequest) -> dict[str, object]:
    """The name and the clocks as they are now."""
    return asdict(queries.settings_of(request.member))
