"""Letters that wait, and those that did not arrive."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from antiphon.interfaces.administration.web.tabs import tabs
from antiphon.platform.errors import check_allowed
from antiphon.platform.outbox import actions, permissions, queries
from antiphon.platform.ui.render import render_page

KINDS = {"answer": lazy("Answer"), "invitation": lazy("Invitation"), "sign_in": lazy("Signing in")}


@require_GET
def letter_list(request: HttpRequest) -> HttpResponse:
    """What is on its way, and what did not arrive."""
    check_allowed(permissions.may_see(request.member), _("Leads and administrators look after letters."))
    context = {
        "dead": _named(queries.dead(request.member)),
        "waiting": _named(queries.waiting(request.member)),
        "tabs": tabs(request, "letters"),
    }
    return render_page(request, "administration/letters.html", context)


@require_POST
def letter_again(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Try a letter again."""
    actions.try_again(by=request.member, letter=queries.get(request.member, letter_id))
    messages.success(request, _("The letter is on its way again."))
    return _back(request)


@require_POST
def letter_forget(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Give a letter up, and forget its address."""
    actions.forget(by=request.member, letter=queries.get(request.member, letter_id))
    messages.success(request, _("The letter and its address are forgotten."))
    return _back(request)


def _named(rows: list[queries.LetterRow]) -> list[tuple[queries.LetterRow, object]]:
    return [(row, KINDS.get(row.kind, row.kind)) for row in rows]


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(back)
    return redirect("administration:letters")
