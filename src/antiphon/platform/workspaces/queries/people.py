"""The members of one's own workspace."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet

from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import ordered, page_of
from antiphon.platform.workspaces import permissions
from antiphon.platform.workspaces.functions import label
from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import Role

# Recovery codes alone are no second factor: they stand in for one.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
OPEN, ENDED = "open", "ended"


class NoSuchMember(NoSuch):
    """Nobody with this id is or was a member of the workspace."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of one's own workspace, as lists show one."""

    id: UUID
    name: str
    role: str
    role_label: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as the list of people shows one; what only administrators see is empty for everybody else."""

    id: UUID
    name: str
    role: str
    role_label: str
    function: str
    function_label: str
    joined_at: datetime.datetime
    ended_at: datetime.datetime | None
    email: str
    has_second_factor: bool | None
    last_seen_at: datetime.datetime | None
    is_me: bool
    version: int
    can_change: bool


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


def people(member: Member, *, order: str = "", search: str = "", role: str = "", show: str = "") -> list[MemberRow]:
    """Members of the workspace by name: those who are one now, or those who were."""
    return _rows(member, ordered(_wanted(member, search, role, show), order))


def people_page(
    member: Member, *, number: object = 1, order: str = "", search: str = "", role: str = "", show: str = ""
) -> Page:
    """One page of them."""
    return page_of(ordered(_wanted(member, search, role, show), order), number, lambda found: _rows(member, found))


def person(member: Member, member_id: UUID | str) -> Member:
    """Somebody who is or was a member of the same workspace."""
    found = Member.objects.filter(workspace_id=member.workspace_id, pk=member_id).select_related("user").first()
    if found is None:
        raise NoSuchMember(member_id)
    return found


def person_row(member: Member, member_id: UUID | str) -> MemberRow:
    """The same as lists show them."""
    known = person(member, member_id)
    return _rows(member, Member.objects.filter(pk=known.pk))[0]


def is_last_administrator(person: Member) -> bool:
    """Whether nobody else could let people in if this member could not."""
    if person.role != Role.ADMINISTRATOR or person.ended_at is not None:
        return False
    others = Member.objects.filter(workspace_id=person.workspace_id, role=Role.ADMINISTRATOR, ended_at=None)
    return not others.exclude(pk=person.pk).exists()


def _wanted(member: Member, search: str, role: str, show: str) -> QuerySet[Member]:
    found = Member.objects.filter(workspace_id=member.workspace_id, ended_at__isnull=show != ENDED)
    found = found.filter(role=role) if role else found
    found = found.filter(user__name__icontains=search) if search else found
    return found.order_by("user__name", "pk")


def _rows(member: Member, found: QuerySet[Member]) -> list[MemberRow]:
    second = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_FACTORS)
    return [_row(member, shown) for shown in found.select_related("user").annotate(has_second=Exists(second))]


def _row(member: Member, shown: Member) -> MemberRow:
    # Not only addresses: when a colleague was last here, and how they sign in, is nobody else's business either.
    sees = permissions.may_see_addresses(member)
    return MemberRow(
        id=shown.pk,
        name=shown.name,
        role=shown.role,
        role_label=shown.role_label,
        function=shown.function,
        function_label=label(member, shown.function),
        joined_at=shown.joined_at,
        ended_at=shown.ended_at,
        email=shown.user.email if sees else "",
        has_second_factor=shown.has_second if sees else None,
        last_seen_at=shown.user.last_login if sees else None,
        is_me=shown.pk == member.pk,
        version=shown.version,
        can_change=permissions.may_change(member, shown),
    )
