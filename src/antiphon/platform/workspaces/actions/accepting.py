"""Becoming a member: whoever holds the link, with an account of theirs, or with one made now."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.platform.workspaces import queries
from antiphon.platform.workspaces.actions.accounts import account_of, make_account, vouch_for
from antiphon.platform.workspaces.actions.checking import check_name
from antiphon.platform.workspaces.models import Invitation, Member, User, Workspace


@transaction.atomic
def accept(*, token: str, user: User) -> Member:
    """Join with the account one is signed in to; it must be the one that was invited."""
    invitation = _held(token)
    if user.email.lower() != invitation.email.lower():
        raise NotAllowed(_("This invitation is for another address. Sign out, then open its link again."))
    return _join(invitation, user)


@transaction.atomic
def accept_with_new_account(*, token: str, name: str, password: str) -> Member:
    """Join with an account made now. The link was sent to the address, so the address is the person's own."""
    invitation = _held(token)
    if account_of(invitation.email):
        raise NotNow(_("You have an account already. Sign in, then open the link again."))
    check_name(name)
    try:
        validate_password(password, User(email=invitation.email, name=name))
    except ValidationError as fault:
        raise NotValid(_("Choose another password."), {"password": " ".join(fault.messages)}) from None
    return _join(invitation, make_account(invitation.email, name, password))


def _held(token: str) -> Invitation:
    """The invitation, held until this is done; the workspace first, as everybody who changes members does."""
    invitation = queries.invitation_behind(token)
    list(Workspace.objects.select_for_update(no_key=True).filter(pk=invitation.workspace_id))
    return queries.invitation_behind(token)


def _join(invitation: Invitation, user: User) -> Member:
    vouch_for(user)
    known = Member.objects.filter(workspace_id=invitation.workspace_id, user=user).first()
    if known is not None and known.ended_at is None:
        raise NotNow(_("You are a member already."))
    member = known or Member(workspace_id=invitation.workspace_id, user=user)
    member.role, member.function, member.ended_at = invitation.role, invitation.function, None
    if known is not None:
        member.version += 1
    member.save()
    invitation.accepted_at, invitation.accepted_by = clock.now(), member
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    facts = {"role": member.role, "function": member.function, "member": member.pk, "came_back": known is not None}
    record("member.invitation_accepted", invitation, by=member, facts=facts | {"invited_by": invitation.invited_by_id})
    return member
