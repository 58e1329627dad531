"""Who may state insights, agree on them, set them aside and merge them."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import DECIDERS, EVERYONE, LEADS, Role

MAY_READ = EVERYONE
MAY_STATE = DECIDERS | {Role.SAFETY_OFFICER}
MAY_AGREE = DECIDERS
MAY_SET_ASIDE = LEADS
MAY_MERGE = LEADS


def may_read(member: Member) -> bool:
    """Read insights and the passages they rest on."""
    return member.role in MAY_READ


def may_state(member: Member) -> bool:
    """State an insight, word it anew, add passages to it."""
    return member.role in MAY_STATE


def may_agree(member: Member) -> bool:
    """Say that an insight holds, so that decisions may rest on it."""
    return member.role in MAY_AGREE


def may_set_aside(member: Member) -> bool:
    """Set an insight aside, or open it again."""
    return member.role in MAY_SET_ASIDE


def may_merge(member: Member) -> bool:
    """Take one insight into another that says the same, and give it back."""
    return member.role in MAY_MERGE
