"""Who was asked in, and what an invited person reads."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from antiphon.platform import clock
from antiphon.platform.errors import NoSuch
from antiphon.platform.outbox.queries import last_states
from antiphon.platform.workspaces import permissions, rules
from antiphon.platform.workspaces.functions import label
from antiphon.platform.workspaces.models import Invitation, Member, User
from antiphon.platform.workspaces.roles import ABOUT, Role
from antiphon.platform.workspaces.rules import Standing


class NoSuchInvitation(NoSuch):
    """No invitation has this link or this id."""


class GoneInvitation(NoSuch):
    """The link was used, taken back, or has run out."""

    status = 410

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing)
        self.standing = standing


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody has accepted yet; the address is there for administrators and for who typed it."""

    id: UUID
    name: str
    email: str
    role_label: str
    function_label: str
    invited_by: str
    created_at: datetime.datetime
    expires_at: datetime.datetime
    standing: str
    letter_state: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What an invited person reads before they accept."""

    name: str
    email: str
    workspace_name: str
    inviter_name: str
    role_label: str
    comes_to: str
    until: datetime.datetime
    has_account: bool


def invitations(member: Member) -> list[InvitationRow]:
    """Invitations that wait for their person, the newest first; for those who invite."""
    if not permissions.may_invite(member):
        return []
    open_ones = Invitation.objects.visible_to(member).filter(accepted_at=None, revoked_at=None)
    found = list(open_ones.select_related("invited_by__user").order_by("-created_at", "pk"))
    letters = last_states(member, [one.pk for one in found])
    return [_row(member, one, letters.get(one.pk, "")) for one in found]


def get_invitation(member: Member, invitation_id: UUID | str) -> Invitation:
    """One invitation of the member's workspace."""
    found = Invitation.objects.visible_to(member).filter(pk=invitation_id).first()
    if found is None or not permissions.may_invite(member):
        raise NoSuchInvitation(invitation_id)
    return found


def invitation_behind(token: str) -> Invitation:
    """The invitation that a link opens, while it holds and who invited could still invite."""
    found = Invitation.objects.filter(token_hash=rules.token_hash(token))
    invitation = found.select_related("workspace", "invited_by__user").first()
    if invitation is None:
        raise NoSuchInvitation("")
    standing = _standing(invitation)
    if standing != Standing.OPEN:
        raise GoneInvitation(standing)
    inviter = invitation.invited_by
    if inviter.ended_at is not None or not permissions.may_grant(inviter, invitation.role):
        raise GoneInvitation(Standing.REVOKED)
    return invitation


def invitation_page(token: str) -> InvitationPage:
    """The page behind a link."""
    invitation = invitation_behind(token)
    about = ABOUT[Role(invitation.role)]
    return InvitationPage(
        name=invitation.name,
        email=invitation.email,
        workspace_name=invitation.workspace.name,
        inviter_name=invitation.invited_by.name,
        role_label=str(about.label),
        comes_to=str(about.comes_to),
        until=invitation.expires_at,
        has_account=User.objects.filter(email__iexact=invitation.email).exists(),
    )


def _standing(invitation: Invitation) -> Standing:
    return rules.standing(
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        revoked_at=invitation.revoked_at,
        now=clock.now(),
    )


def _row(member: Member, invitation: Invitation, letter_state: str) -> InvitationRow:
    sees = permissions.may_see_addresses(member) or invitation.invited_by_id == member.pk
    return InvitationRow(
        id=invitation.pk,
        name=invitation.name,
        email=invitation.email if sees else "",
        role_label=str(ABOUT[Role(invitation.role)].label),
        function_label=label(member, invitation.function),
        invited_by=invitation.invited_by.name,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        standing=_standing(invitation),
        letter_state=letter_state,
        can_change=permissions.may_grant(member, invitation.role),
    )
