"""Who may look after letters. Roles are named by their codes: members stand above the outbox."""

from typing import TYPE_CHECKING

from antiphon.platform.outbox.models import Letter

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

MAY_LOOK_AFTER = frozenset({"pe_lead", "administrator"})
# Letters that nobody posted are about how somebody signs in.
MAY_LOOK_AFTER_SIGN_IN = frozenset({"administrator"})


def may_see(member: "Member") -> bool:
    """See whom a letter did not reach; an address is shown only to those who may."""
    return member.role in MAY_LOOK_AFTER


def may_see_unposted(member: "Member") -> bool:
    """See letters that the product itself wrote to a colleague."""
    return member.role in MAY_LOOK_AFTER_SIGN_IN


def may_look_after(member: "Member", letter: Letter) -> bool:
    """Send it again or forget it: whoever posted it, and those who look after letters."""
    if letter.posted_by_id is None:
        return may_see_unposted(member)
    return may_see(member) or letter.posted_by_id == member.pk
