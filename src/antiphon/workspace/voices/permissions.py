"""Who may bring in what patients said, read it, code it, and decide about possible safety events."""

from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import EVERYONE, LEADS, Role
from antiphon.workspace.voices.models import Coding, Suggestion

MAY_BRING = LEADS
MAY_READ = EVERYONE
MAY_CODE = LEADS | {Role.FUNCTION_PARTNER, Role.SAFETY_OFFICER}
MAY_TEACH = LEADS
MAY_WITHDRAW_ANY = LEADS
MAY_DECIDE_SAFETY = LEADS | {Role.SAFETY_OFFICER}
MAY_SEE_ORIGINAL = LEADS | {Role.SAFETY_OFFICER}


def may_bring(member: Member) -> bool:
    """Bring in files of what patients said."""
    return member.role in MAY_BRING


def may_read(member: Member) -> bool:
    """Read passages, redacted."""
    return member.role in MAY_READ


def may_code(member: Member) -> bool:
    """Code passages, mark them as read and point out a possible safety event."""
    return member.role in MAY_CODE


def may_teach(member: Member) -> bool:
    """Let Antiphon learn from the workspace's coding, put an older learned model back, or lay it aside."""
    return member.role in MAY_TEACH


def may_withdraw(member: Member, coding: Coding) -> bool:
    """Take a coding back: one's own, or anyone's for a lead."""
    return may_code(member) and (coding.coded_by_id == member.pk or member.role in MAY_WITHDRAW_ANY)


def may_decide_safety(member: Member) -> bool:
    """Say whether a passage reports a safety event."""
    return member.role in MAY_DECIDE_SAFETY


def may_see_original(member: Member) -> bool:
    """See the untouched words, for a purpose that is recorded."""
    return member.role in MAY_SEE_ORIGINAL


def may_reopen(member: Member, suggestion: Suggestion) -> bool:
    """Take back a verdict: one's own, or anyone's for a lead."""
    return may_code(member) and (suggestion.decided_by_id == member.pk or member.role in MAY_WITHDRAW_ANY)
