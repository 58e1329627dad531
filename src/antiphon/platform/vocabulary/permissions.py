"""Who may change the words of a workspace."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import EVERYONE, LEADS

MAY_READ = EVERYONE
MAY_CHANGE = LEADS


def may_change(member: Member) -> bool:
    """Add words, hide shipped ones, keep codebooks."""
    return member.role in MAY_CHANGE
