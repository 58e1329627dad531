"""Who a signed-in person is, here and elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from antiphon.platform.errors import NoSuch
from antiphon.platform.workspaces.models import Member, User, Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace that a person can act in."""

    member_id: UUID
    workspace_name: str
    role_label: str


@dataclass(frozen=True, slots=True)
class Acting:
    """As whom a person acts just now, if as anybody, and where else they could."""

    member: Member | None
    elsewhere: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace is called, and its clocks."""

    name: str
    thanks_days: int
    holding_working_days: int
    version: int


def settings_of(member: Member) -> Settings:
    """How the member's workspace is set up just now."""
    fields = Settings.__dataclass_fields__
    return Settings(**Workspace.objects.values(*fields).get(pk=member.workspace_id))


def acting(user: User, member_id: str | None) -> Acting:
    """The membership a person acts in: the chosen one, or the only one. Of several, none until they choose.

    Whoever's chosen membership has ended does not slip into another workspace: what they began to write was not
    meant for it.
    """
    found = list(Member.objects.filter(user=user).select_related("user", "workspace"))
    still = [membership for membership in found if membership.ended_at is None]
    chosen = next((membership for membership in found if str(membership.pk) == member_id), None)
    only = still[0] if len(still) == 1 else None
    member = only if chosen is None else next((m for m in still if m == chosen), None)
    others = sorted((m for m in still if m != member), key=lambda m: (m.workspace.name, m.pk))
    return Acting(member, tuple(Place(m.pk, m.workspace.name, m.role_label) for m in others))


def acting_member(user: User, member_id: str | None) -> Member | None:
    """As whom a person acts just now."""
    return acting(user, member_id).member


def own_membership(user: User, member_id: UUID | str) -> Member:
    """One of a person's own open memberships."""
    try:
        member_id = UUID(str(member_id))
    except ValueError:
        raise NoSuch(member_id) from None
    found = Member.objects.filter(user=user, ended_at=None, pk=member_id).select_related("user", "workspace").first()
    if found is None:
        raise NoSuch(member_id)
    return found


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
