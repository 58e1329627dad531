"""Headers on every answer, refusals as sentences, and GET that cannot write."""

import re
from collections.abc import Callable, Iterator

from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict

from antiphon.platform.errors import Refused
from antiphon.platform.ui.pages import refused

View = Callable[[HttpRequest], HttpResponse]
HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Hundreds of ticked rows fit; what is longer, no search in a database takes.
LONGEST_QUERY = 16_000
# A statement that writes, behind comments or a WITH clause too.
WRITES = re.compile(
    r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|CREATE|DROP|ALTER|TRUNCATE)\b"
    r"|WITH\b.*?\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b)",
    re.IGNORECASE | re.DOTALL,
)

# The one write of a page that only shows something: the sign-in library notes that recovery codes were looked at.
NOTES_CODES_SEEN = 'UPDATE "mfa_authenticator" SET "data" ='


class Headers:
    """What every answer carries; pages for a signed-in person are kept nowhere."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class Readable:
    """Lets no NUL in: nobody types one, no database keeps one. The API says so in the shape of its bodies."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Nothing of ours set such a cookie: it is as if it were not there.
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if "\0" not in text}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> None:
        # Not before: only now is it known whose request this is, and how its body is to be read.
        if hasattr(request, "token"):
            return
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            raise BadRequest("a query that is too long")
        if any("\0" in text for text in (*_values(request.GET), *_values(request.POST))):
            raise BadRequest("a NUL")


def _values(given: QueryDict) -> Iterator[str]:
    return (text for name, values in given.lists() for text in (name, *values))


class Refusals:
    """Turns what the product refuses into a page with one sentence a person can act on."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refused) else None


class WroteOnGet(RuntimeError):
    """A page that only shows something tried to change something."""


class ReadOnlyGet:
    """While a GET is answered, the database takes nothing but reads."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with connection.execute_wrapper(self._refuse_writes):
            return self.get_response(request)

    @staticmethod
    def _refuse_writes(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        if WRITES.match(sql) and not sql.startswith(NOTES_CODES_SEEN):
            raise WroteOnGet(sql[:80])
        return execute(sql, params, many, context)
