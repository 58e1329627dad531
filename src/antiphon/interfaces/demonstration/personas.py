"""The demonstration: one click signs in as each kind of user, on this machine only."""

import ipaddress
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from antiphon.platform.workspaces import queries as workspaces
from antiphon.platform.workspaces.roles import ABOUT, Role


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as."""

    id: UUID
    name: str
    role: str
    comes_to: str


def is_offered(request: HttpRequest) -> bool:
    """Only where it was started as a demonstration, and only from this machine."""
    if not settings.DEMONSTRATION:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def personas(request: HttpRequest) -> list[Persona]:
    """The people of the demonstration workspace, one a role."""
    if not is_offered(request):
        return []
    people = workspaces.demonstration_members()
    return [
        Persona(
            person.pk,
            person.name,
            str(ABOUT[Role(person.role)].label),
            str(ABOUT[Role(person.role)].comes_to),
        )
        for person in people
    ]
