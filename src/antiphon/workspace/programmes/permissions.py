"""Who may set up programmes and ask questions."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import DECIDERS, LEADS

MAY_EDIT = LEADS
MAY_ASK = DECIDERS


def may_edit(member: Member) -> bool:
    """Set up a programme or change it."""
    return member.role in MAY_EDIT


def may_ask(member: Member) -> bool:
    """Put a question to a programme's patients."""
    return member.role in MAY_ASK
