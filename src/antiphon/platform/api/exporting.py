"""Lists as files: one mechanism for everything that a page lets people take away."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from antiphon.platform.api.shapes import chosen
from antiphon.platform.errors import NotAllowed
from antiphon.platform.exports.actions import take_away
from antiphon.platform.exports.tables import FORMATS, Column
from antiphon.platform.workspaces.models import Member

# How a file is described: rows as objects, or bytes.
ROWS = {"type": "array", "items": {"type": "object"}}
BYTES = {"type": "string", "format": "binary"}
CONTENT = {
    each.content_type.split(";")[0]: {"schema": ROWS if kind == "json" else BYTES} for kind, each in FORMATS.items()
}
UNSEEN = "Your role does not see this column: {}."
KEYWORD = inspect.Parameter.KEYWORD_ONLY

Rows = Callable[..., Iterable[object]]


def file_of(rows_of: Rows, what: str, columns: Sequence[Column]) -> Callable[..., HttpResponse]:
    """An operation that gives the rows of another one as a file: it brings the format and the columns along.

    `what` names the list on the trail; parts of the address may stand in it in braces.
    """
    known = tuple(columns)

    @wraps(rows_of)
    def taken(request: HttpRequest, kind: str, columns: list[str], **asked: Any) -> HttpResponse:
        content = take_away(
            by=request.member,
            what=what.format(**asked),
            kind=kind,
            columns=_chosen(request.member, known, columns),
            rows=rows_of(request, **asked),
            filters=_filters(request),
        )
        return HttpResponse(content, content_type=FORMATS[kind].content_type)

    taken.__signature__ = _signature(rows_of, known)
    return taken


def _signature(rows_of: Rows, columns: Sequence[Column]) -> inspect.Signature:
    """What is asked of the rows, and of the file."""
    names = list[chosen(column.name for column in columns)]
    more = (
        inspect.Parameter("kind", KEYWORD, default=Query("csv"), annotation=chosen(FORMATS)),
        inspect.Parameter("columns", KEYWORD, default=Query([], max_length=len(columns)), annotation=names),
    )
    own = inspect.signature(rows_of)
    return own.replace(parameters=[*own.parameters.values(), *more])


def _chosen(member: Member, columns: Sequence[Column], names: Sequence[str]) -> list[Column]:
    """The columns that were named, in the list's order; all that this member may see where none was."""
    unseen = [column.name for column in columns if column.only is not None and not column.only(member)]
    for name in names:
        if name in unseen:
            raise NotAllowed(UNSEEN.format(name))
    return [column for column in columns if (column.name in names if names else column.name not in unseen)]


def _filters(request: HttpRequest) -> dict[str, str]:
    """What the rows were asked by; the format and the columns are told beside it."""
    return {name: value for name, value in request.GET.items() if value and name not in {"kind", "columns"}}
