"""Opening workspaces, letting people in, changing what they may do, letting them go."""

from antiphon.platform.workspaces.actions.accepting import accept, accept_with_new_account
from antiphon.platform.workspaces.actions.inviting import Invited, invite, renew, revoke
from antiphon.platform.workspaces.actions.membership import change_member, end_membership, take_back_end
from antiphon.platform.workspaces.actions.opening import add_member, let_in, open_workspace, set_up

__all__ = [
    "Invited",
    "accept",
    "accept_with_new_account",
    "add_member",
    "change_member",
    "end_membership",
    "invite",
    "let_in",
    "open_workspace",
    "renew",
    "revoke",
    "set_up",
    "take_back_end",
]
