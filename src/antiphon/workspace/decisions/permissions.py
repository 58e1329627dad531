"""Who may decide."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import DECIDERS, LEADS
from antiphon.workspace.decisions.models import Decision

MAY_OPEN = DECIDERS
MAY_EDIT_ANY = LEADS


def may_open(member: Member) -> bool:
    """Put a question up for decision."""
    return member.role in MAY_OPEN


def may_edit(member: Member, decision: Decision) -> bool:
    """Work on a decision: leads on all, function partners on their own and their function's."""
    mine = decision.owner_id == member.pk or (member.function and member.function == decision.function)
    return member.role in MAY_EDIT_ANY or (member.role in MAY_OPEN and bool(mine))
