"""Who may invite, see addresses, change roles, end memberships and set the workspace up."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import LEADS, Role

MAY_INVITE = LEADS
MAY_GRANT_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
MAY_CHANGE_MEMBERS = frozenset({Role.ADMINISTRATOR})
MAY_SEE_ADDRESSES = frozenset({Role.ADMINISTRATOR})
MAY_SET_UP = frozenset({Role.ADMINISTRATOR})


def may_invite(member: Member) -> bool:
    """Ask people in, call an invitation back, send a new link."""
    return member.role in MAY_INVITE


def may_grant(member: Member, role: Role | str) -> bool:
    """Ask somebody in, in this role: only administrators make administrators."""
    return may_invite(member) and (role != Role.ADMINISTRATOR or member.role in MAY_GRANT_ADMINISTRATOR)


def may_change(member: Member, person: Member) -> bool:
    """Change somebody's role or end their membership; nobody does so for themselves."""
    return member.role in MAY_CHANGE_MEMBERS and person.pk != member.pk


def may_see_addresses(member: Member) -> bool:
    """See the e-mail addresses of members and invited people."""
    return member.role in MAY_SEE_ADDRESSES


def may_set_up(member: Member) -> bool:
    """Name the workspace and set its clocks."""
    return member.role in MAY_SET_UP
