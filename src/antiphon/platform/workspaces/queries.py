"""Who a signed-in person is, here and elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from antiphon.platform.errors import NoSuch
from antiphon.platform.workspaces.models import Member, User, Workspace


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of one's own workspace, as lists show one."""

    id: UUID
    name: str
    role: str
    role_label: str


def acting_member(user: User, member_id: str | None) -> Member | None:
    """The membership a person acts in: the chosen one, else the first that is still open."""
    memberships = Member.objects.filter(user=user, ended_at=None).select_related("user", "workspace")
    chosen = memberships.filter(pk=member_id).first() if member_id else None
    return chosen or memberships.order_by("joined_at", "pk").first()


def colleagues(member: Member) -> list[Colleague]:
    """Everyone who is still a member of the same workspace, by name."""
    found = Member.objects.filter(workspace_id=member.workspace_id, ended_at=None).select_related("user")
    return [Colleague(m.pk, m.name, m.role, m.role_label) for m in found.order_by("user__name", "pk")]


def colleague(member: Member, member_id: UUID | str) -> Member:
    """One open member of the same workspace."""
    found = Member.objects.filter(workspace_id=member.workspace_id, ended_at=None, pk=member_id)
    person = found.select_related("user").first()
    if person is None:
        raise NoSuch(member_id)
    return person


def demonstration_members() -> list[Member]:
    """The people of the demonstration workspace; empty where there is none."""
    found = Member.objects.filter(workspace__is_demonstration=True, ended_at=None).select_related("user")
    return list(found.order_by("joined_at", "pk"))


def demonstration_member(member_id: str) -> Member:
    """One person of the demonstration workspace."""
    found = Member.objects.filter(workspace__is_demonstration=True, ended_at=None)
    return found.select_related("user", "workspace").get(pk=member_id)


def any_workspace() -> bool:
    """Whether any organisation has a workspace here."""
    return Workspace.objects.exists()
