"""Asking people in: by a letter with a link that only its reader knows."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.outbox import actions as outbox
from antiphon.platform.workspaces import permissions, queries, rules
from antiphon.platform.workspaces.actions.checking import check_name, check_role, hold
from antiphon.platform.workspaces.models import Invitation, Member
from antiphon.platform.workspaces.roles import ABOUT, Role


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with its link: told this once, then kept only as a hash."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite(*, by: Member, email: str, name: str, role: str, function: str = "") -> Invited:
    """Ask a person to become a member, in a role."""
    by = hold(by)
    check_role(by, role, function)
    _check_may_grant(by, role)
    check_name(name)
    _check_address(email)
    _check_new_here(by, email)
    _check_not_too_many(by)
    token = rules.new_token()
    invitation = Invitation.objects.create(
        workspace_id=by.workspace_id,
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        function=function,
        invited_by=by,
        token_hash=rules.token_hash(token),
        expires_at=clock.now() + rules.INVITATION_HOLDS,
    )
    changes = {"email": ("", invitation.email), "name": ("", invitation.name)}
    record("member.invited", invitation, by=by, changes=changes, facts={"role": role, "function": function})
    return _send(by, invitation, token)


@transaction.atomic
def renew(*, by: Member, invitation: Invitation) -> Invited:
    """Send a new link that holds as long as the first did; the old one stops working at once."""
    by = hold(by)
    invitation = _unsettled(by, invitation)
    token = rules.new_token()
    invitation.token_hash = rules.token_hash(token)
    invitation.expires_at = clock.now() + rules.INVITATION_HOLDS
    invitation.save(update_fields=["token_hash", "expires_at"])
    outbox.recall(by=by, thing=invitation)
    record("member.invitation_renewed", invitation, by=by, facts={"role": invitation.role})
    return _send(by, invitation, token)


@transaction.atomic
def revoke(*, by: Member, invitation: Invitation) -> Invitation:
    """Take an invitation back; its link stops working at once."""
    by = hold(by)
    return take_back(by=by, invitation=_unsettled(by, invitation))


def take_back(*, by: Member, invitation: Invitation) -> Invitation:
    """The change itself, where it is known that the member may."""
    invitation.revoked_at, invitation.revoked_by = clock.now(), by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    outbox.recall(by=by, thing=invitation)
    record("member.invitation_revoked", invitation, by=by, facts={"role": invitation.role})
    return invitation


def _send(by: Member, invitation: Invitation, token: str) -> Invited:
    link = settings.ANTIPHON_ORIGIN + reverse("administration:invitation", args=[token])
    subject = _("%(name)s invites you to %(workspace)s")
    context = {
        "invitation": invitation,
        "inviter": by.name,
        "role": ABOUT[Role(invitation.role)],
        "sender": by.workspace.name,
        "subject": " ".join((subject % {"name": by.name, "workspace": by.workspace.name}).split()),
        "link": link,
        "until": timezone.localdate(invitation.expires_at),
    }
    plain, rich = (render_to_string(f"workspaces/invitation.{kind}", context) for kind in ("txt", "html"))
    outbox.post(
        by=by,
        workspace_id=by.workspace_id,
        kind="invitation",
        thing=invitation,
        to=invitation.email,
        subject=context["subject"],
        plain=plain,
        html=rich,
        reply_to=by.user.email,
    )
    return Invited(invitation, link)


def _unsettled(by: Member, invitation: Invitation) -> Invitation:
    found = Invitation.objects.visible_to(by).select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise queries.NoSuchInvitation(invitation.pk)
    _check_may_grant(by, found.role)
    check_now(found.accepted_at is None, _("This invitation was accepted. Look for the person among the members."))
    check_now(found.revoked_at is None, _("This invitation was taken back. Invite the person again."))
    return found


def _check_may_grant(by: Member, role: str) -> None:
    check_allowed(permissions.may_invite(by), _("Leads and administrators invite people."))
    check_allowed(permissions.may_grant(by, role), _("Only administrators invite administrators."))


def _check_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError:
        sentence = _("This is not an e-mail address.")
        raise NotValid(sentence, {"email": sentence}) from None


def _check_new_here(by: Member, email: str) -> None:
    """Whether the person has an account elsewhere is nobody's business here: that always looks the same."""
    here = Member.objects.filter(workspace_id=by.workspace_id, ended_at=None, user__email__iexact=email.strip())
    if here.exists():
        sentence = _("This person is a member already.")
        raise NotValid(sentence, {"email": sentence})
    asked = Invitation.objects.visible_to(by).filter(email__iexact=email.strip(), accepted_at=None, revoked_at=None)
    if asked.exists():
        sentence = _("This person was invited already. Send a new link from the list instead.")
        raise NotValid(sentence, {"email": sentence})


def _check_not_too_many(by: Member) -> None:
    since = clock.now() - datetime.timedelta(days=1)
    sent = Invitation.objects.visible_to(by).filter(invited_by=by, created_at__gt=since).count()
    sentence = _("You invited %(n)s people within a day. Go on tomorrow.") % {"n": rules.INVITATIONS_A_DAY}
    check_now(sent < rules.INVITATIONS_A_DAY, sentence)
