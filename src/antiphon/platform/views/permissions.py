"""Who may keep views, share them and change them."""

from antiphon.platform.views.models import SavedView
from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import EVERYONE, LEADS

MAY_KEEP = EVERYONE
MAY_SHARE = LEADS


def may_share(member: Member) -> bool:
    """Show a view to everybody in the workspace."""
    return member.role in MAY_SHARE


def may_change(member: Member, view: SavedView) -> bool:
    """Name it anew, take it away: one's own; a shared one also by those who share."""
    return view.member_id == member.pk or (view.is_shared and may_share(member))
