"""Who may draft, approve and give answers."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import APPROVERS, DECIDERS, LEADS
from antiphon.workspace.answers.models import Answer

MAY_DRAFT = DECIDERS
MAY_APPROVE = APPROVERS
MAY_GIVE = LEADS


def may_draft(member: Member) -> bool:
    """Draft answers and word their cards."""
    return member.role in MAY_DRAFT


def may_approve(member: Member, answer: Answer) -> bool:
    """Approve the words of somebody else."""
    return member.role in MAY_APPROVE and answer.worded_by_id != member.pk


def may_close(member: Member) -> bool:
    """Say that an engagement answered those who spoke, and is over."""
    return member.role in MAY_GIVE


def may_give(member: Member) -> bool:
    """Give an approved answer, take it back, renew its link."""
    return member.role in MAY_GIVE
