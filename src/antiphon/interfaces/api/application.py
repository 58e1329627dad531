"""All operations together, and how each refusal is told."""

import logging

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from antiphon.interfaces.administration.api import router as people
from antiphon.interfaces.api import operations
from antiphon.interfaces.codebooks.api import router as words
from antiphon.platform.errors import Refused
from antiphon.workspace.answers.api import router as answers
from antiphon.workspace.decisions.api import router as decisions
from antiphon.workspace.engagements.api import router as engagements
from antiphon.workspace.insights.api import router as insights
from antiphon.workspace.measures.api import router as measures
from antiphon.workspace.programmes.api import router as programmes
from antiphon.workspace.voices.api.intakes import router as intakes
from antiphon.workspace.voices.api.learning import router as learning
from antiphon.workspace.voices.api.passages import router as voices

DESCRIPTION = """Everything that members do on the pages, for programs. Send the secret of a token as
`Authorization: Bearer …`; it acts as the member who made it. Texts are redacted readings; ids are those of the pages.
What is refused answers with a problem: one sentence, and the fields it lies in."""
NOTHING = "There is nothing at this address."
BROKEN = "Something went wrong on our side. Nothing was changed."
TOO_MUCH = "This is more than fits into one request. Send it in parts."
NO_FORM = "This form cannot be read. Send it as multipart/form-data."
NO_TOKEN = "Send the secret of a token that works: Authorization: Bearer …"

log = logging.getLogger(__name__)


class Api(NinjaAPI):
    """Operations are called by what they are about and what they do, wherever their code stands."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        (tag,) = operation.tags
        return f"{tag}_{operation.view_func.__name__}"


api = Api(
    title="Antiphon",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
FEATURES = (programmes, engagements, intakes, voices, learning, insights, decisions, answers, measures, words, people)
for router in (*FEATURES, operations.router):
    api.add_router("", router)


def problem(request: HttpRequest, status: int, title: object, fields: dict | None = None) -> HttpResponse:
    """A refusal as it goes over the wire."""
    told = {name: str(sentence) for name, sentence in (fields or {}).items()}
    return api.create_response(request, {"status": status, "title": str(title), "fields": told}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """What the product refuses. That something is not there is told alike, whatever was asked for."""
    title = NOTHING if refusal.status == 404 else refusal.sentence
    return problem(request, refusal.status, title, getattr(refusal, "fields", None))


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """What does not have the shape that the description gives."""
    fields = {".".join(str(part) for part in error["loc"][1:]): error["msg"] for error in refusal.errors}
    return problem(request, 422, "Something does not have the shape that is asked for.", fields)


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    """Nobody is behind this request."""
    answer = problem(request, 401, NO_TOKEN)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    """What cannot be read at all, or is not for this token."""
    return problem(request, refusal.status_code, refusal)


@api.exception_handler(SuspiciousOperation)
def too_much(request: HttpRequest, refusal: SuspiciousOperation) -> HttpResponse:
    """More than fits into one request."""
    return problem(request, 400, TOO_MUCH)


@api.exception_handler(MultiPartParserError)
def no_form(request: HttpRequest, refusal: MultiPartParserError) -> HttpResponse:
    """A form with files that cannot be taken apart."""
    return problem(request, 400, NO_FORM)


@api.exception_handler(Exception)
def broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Our own fault: it is in the log, and the program is told so in its own language."""
    log.error("%s %s", request.method, request.path, exc_info=fault)
    return problem(request, 500, BROKEN)
