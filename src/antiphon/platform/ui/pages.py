"""Pages for when something cannot be done: what happened, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from antiphon.platform.errors import NoSuch, Refused
from antiphon.platform.ui.render import render_page

TITLES = {
    400: lambda: _("This cannot be read"),
    403: lambda: _("You cannot do this here"),
    404: lambda: _("There is nothing at this address"),
    409: lambda: _("This cannot be done now"),
    422: lambda: _("Something needs another look"),
    500: lambda: _("Something went wrong on our side"),
}


def error_page(request: HttpRequest, status: int, happened: str, kept: str, todo: str) -> HttpResponse:
    """One page for every kind of no."""
    context = {
        "title": TITLES.get(status, TITLES[500])(),
        "happened": happened,
        "kept": kept,
        "todo": todo,
        "status": status,
    }
    return render_page(request, "ui/error_page.html", context, status=status)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal of the product, in its own words; what is missing says nothing more."""
    happened = "" if isinstance(refusal, NoSuch) else str(refusal.sentence)
    if refusal.status == 404:
        return not_found(request)
    return error_page(request, refusal.status, happened, _("Nothing was changed."), _("Go back and try another way."))


def not_readable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No browser sends this by itself: a sign that is none, too many fields, more than fits."""
    happened = _("Something in it is no text that can be kept, or it is more than fits.")
    return error_page(request, 400, happened, _("Nothing was changed."), _("Go back and try another way."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who is signed in but has no place here yet."""
    return error_page(request, 403, str(exception), _("Nothing was changed."), _("Go back and try another way."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Missing, moved, or never yours to see: all look the same."""
    happened = _("It may have been moved, or the address may be mistyped.")
    return error_page(request, 404, happened, "", _("Go back, or search for it."))


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug: the change was not made, and the trail is whole."""
    happened = _("Antiphon could not finish this.")
    kept = _("Nothing of it was saved; everything before it is kept.")
    return error_page(request, 500, happened, kept, _("Try again. If it happens again, tell your administrator when."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    happened = _("This form was open too long, or was sent from another place.")
    return error_page(request, 403, happened, _("Nothing was changed."), _("Reload the page and send it again."))
