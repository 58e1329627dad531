"""Every page needs a member unless it says that it is public."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from antiphon.platform.workspaces.queries import acting_member

View = Callable[..., HttpResponse]
# Sign-in, codes and passkeys are the library's own pages; they ask for what they need.
OPEN_APPS = ("allauth",)


def public(view: View) -> View:
    """Marks a page that needs no account."""
    view.is_public = True
    return view


def is_public(view: View) -> bool:
    """Whether a page may be seen without an account."""
    return getattr(view, "is_public", False) or view.__module__.split(".")[0] in OPEN_APPS


class MemberMiddleware:
    """Puts the acting member on the request."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None
        if request.user.is_authenticated:
            request.member = acting_member(request.user, request.session.get("member_id"))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.member is not None or is_public(view):
            return None
        if request.user.is_authenticated:
            # Django hands only its own refusals from here to a page; ours are for what a view raises.
            raise PermissionDenied(
                _("You are signed in, but you are not a member of a workspace. Ask for an invitation.")
            )
        return redirect_to_login(request.get_full_path())
