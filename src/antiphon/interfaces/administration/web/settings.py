"""The name and the clocks of the workspace."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antiphon.interfaces.administration.web.forms import SettingsForm
from antiphon.interfaces.administration.web.tabs import tabs
from antiphon.platform.errors import check_allowed
from antiphon.platform.ui.forms import refusals_in
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.workspaces import actions, permissions


@require_http_methods(["GET", "POST"])
def workspace_settings(request: HttpRequest) -> HttpResponse:
    """Everyone may see what the clocks are; administrators set them."""
    workspace, may = request.member.workspace, permissions.may_set_up(request.member)
    initial = {name: getattr(workspace, name) for name in SettingsForm.base_fields}
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        check_allowed(may, _("Only administrators set the workspace up."))
        if form.is_valid():
            with refusals_in(form):
                actions.set_up(by=request.member, **form.cleaned_data)
                messages.success(request, _("Saved. It holds for engagements that take place from now on."))
                return go(request, "administration:settings")
    context = {"form": form, "workspace": initial, "can_set_up": may, "tabs": tabs(request, "settings")}
    return render_page(request, "administration/settings.html", context, status=422 if form.errors else 200)
