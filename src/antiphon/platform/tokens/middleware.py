"""Who a program acts for: the member behind its token, and nobody else."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from antiphon.platform import clock
from antiphon.platform.tokens import actions, queries

API = "/api/v1/"
SCHEME = "bearer "


class Tokens:
    """On the API's addresses only a token counts: a browser's session opens nothing there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            request.user = AnonymousUser()
            request.token = self._token(request.headers.get("Authorization", ""))
            request.member = request.token.member if request.token else None
            if request.member:
                request.member.acts_through = str(request.token.pk)
        return self.get_response(request)

    @staticmethod
    def _token(header: str) -> object:
        if not header.lower().startswith(SCHEME):
            return None
        token = queries.behind(header[len(SCHEME) :].strip())
        # Before the read-only guard of GET: this is the one thing that reading through the API writes.
        if token and token.last_used_date != clock.today():
            actions.note_use(token=token)
        return token
