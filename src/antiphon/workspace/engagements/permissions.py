"""Who may plan and run engagements."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import LEADS, Role

MAY_PLAN = LEADS | {Role.FUNCTION_PARTNER}
MAY_RUN = LEADS


def may_plan(member: Member) -> bool:
    """Plan an engagement and change its plan."""
    return member.role in MAY_PLAN


def may_run(member: Member) -> bool:
    """Say that an engagement took place, and that its courtesies were done."""
    return member.role in MAY_RUN
