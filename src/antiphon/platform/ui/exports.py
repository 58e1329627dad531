"""Answers a request to take a list away, filtered as it is seen."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from antiphon.platform import clock
from antiphon.platform.exports.actions import take_away
from antiphon.platform.exports.tables import FORMATS, Column


def export(request: HttpRequest, what: str, columns: Sequence[Column], rows: Iterable[object]) -> HttpResponse:
    """The rows of a list as a file; the filters stand in the address, as on the screen."""
    kind = request.POST.get("format", "")
    filters = {name: value for name, value in request.GET.items() if value}
    content = take_away(by=request.member, what=what, kind=kind, columns=columns, rows=rows, filters=filters)
    answer = HttpResponse(content, content_type=FORMATS[kind].content_type)
    name = f"antiphon-{what}-{clock.today().isoformat()}.{FORMATS[kind].ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
