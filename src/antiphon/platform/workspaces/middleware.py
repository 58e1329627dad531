"""Every page needs a member unless it says that it is public."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from antiphon.platform.workspaces.queries import acting

View = Callable[..., HttpResponse]
# Sign-in, codes and passkeys are the library's own pages; they ask for what they need.
# The API asks for a token in every operation.
OPEN_APPS = ("allauth", "ninja")


def public(view: View) -> View:
    """Marks a page that needs no account."""
    view.is_public = True
    return view


def without_member(view: View) -> View:
    """Marks a page for who is signed in but acts in no workspace yet."""
    view.needs_no_member = True
    return view


def needs_no_member(view: View) -> bool:
    """Whether a page is for people who act in no workspace yet."""
    return getattr(view, "needs_no_member", False)


def is_public(view: View) -> bool:
    """Whether a page may be seen without an account."""
    return getattr(view, "is_public", False) or view.__module__.split(".")[0] in OPEN_APPS


class MemberMiddleware:
    """Puts the acting member on the request."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # On the API's addresses a token has said who acts, or that nobody does.
        if hasattr(request, "member"):
            return self.get_response(request)
        request.member, request.elsewhere = None, ()
        if request.user.is_authenticated:
            standing = acting(request.user, request.session.get("member_id"))
            request.member, request.elsewhere = standing.member, standing.elsewhere
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.member is not None or is_public(view):
            return None
        if request.user.is_authenticated:
            return None if needs_no_member(view) else redirect(settings.CHOOSE_URL)
        return redirect_to_login(request.get_full_path())
