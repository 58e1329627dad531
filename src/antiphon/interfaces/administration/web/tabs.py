"""The tabs that the pages of people share."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from antiphon.platform.outbox import permissions as outbox

PAGES = (
    ("members", _("People")),
    ("letters", _("Letters")),
    ("settings", _("Workspace")),
)


def tabs(request: HttpRequest, here: str) -> list[dict[str, object]]:
    """The pages that this member may open."""
    closed = set() if outbox.may_see(request.member) else {"letters"}
    return [
        {"url": reverse(f"administration:{name}"), "label": label, "current": name == here}
        for name, label in PAGES
        if name not in closed
    ]
