"""The main navigation, as data; and what every page shows of the member."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antiphon.platform import clock


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    url: str
    label: str | Promise
    icon: str
    current: bool


# (address, label, icon, the parts of the product that count as being here)
PLACES = (
    ("home:today", _("Today"), "sun", {"home"}),
    ("voices:intake_list", _("Listen"), "upload", {"voices:intake"}),
    ("voices:queue", _("Read"), "book", {"voices:queue", "voices:voice"}),
    ("insights:list", _("Insights"), "bulb", {"insights"}),
    ("decisions:list", _("Decisions"), "scale", {"decisions"}),
    ("answers:list", _("Answers"), "message-reply", {"answers"}),
    ("measures:map", _("Map"), "grid-dots", {"measures"}),
    ("programmes:list", _("Programmes"), "folder", {"programmes", "engagements"}),
)

# The same for the person's own menu.
ACCOUNT_PLACES = (
    ("administration:members", _("People"), "users", {"administration:member"}),
    ("administration:settings", _("Workspace"), "settings", {"administration:settings"}),
    ("codebooks:list", _("Words"), "book-2", {"codebooks"}),
    ("programs:list", _("Programs"), "link", {"programs"}),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page needs."""
    member = getattr(request, "member", None)
    match = request.resolver_match
    here = match.view_name if match else ""
    return {
        "member": member,
        "nav": _places(PLACES, here) if member else [],
        "account_nav": _places(ACCOUNT_PLACES, here) if member else [],
        "demonstration": settings.DEMONSTRATION,
        "today": clock.today(),
        "theme": request.COOKIES.get("theme", "auto"),
    }


def _places(known: tuple, here: str) -> list[Place]:
    return [
        Place(reverse(name), label, icon, any(here.startswith(part) for part in parts))
        for name, label, icon, parts in known
    ]
