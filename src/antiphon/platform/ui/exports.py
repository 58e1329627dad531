"""Answers a request to take a list away, filtered as it is seen."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from antiphon.platform import clock
from antiphon.platform.exports.actions import take_away
from antiphon.platform.exports.lists import List
from antiphon.platform.exports.tables import FORMATS, Column
from antiphon.platform.ui.lists import chosen_columns


def export(request: HttpRequest, what: str, columns: Sequence[Column], rows: Iterable[object]) -> HttpResponse:
    """The rows of a list as a file; the filters stand in the address, as on the screen."""
    kind = request.POST.get("format", "")
    filters = {name: value for name, value in request.GET.items() if value}
    content = take_away(by=request.member, what=what, kind=kind, columns=columns, rows=rows, filters=filters)
    name = f"antiphon-{what}-{clock.today().isoformat()}.{FORMATS[kind].ending}"
    return attachment(content, FORMATS[kind].content_type, name)


def export_list(request: HttpRequest, one: List, rows: Iterable[object]) -> HttpResponse:
    """A list as a file: the columns and the filters that its address asks for, as on the screen."""
    return export(request, one.what, chosen_columns(request, one), rows)


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep; the browser does not open it in Antiphon's place."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
