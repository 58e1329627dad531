"""Making tokens, revoking them, noting that one was used."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_now
from antiphon.platform.tokens import queries, rules
from antiphon.platform.tokens.models import AccessToken
from antiphon.platform.tokens.rules import Scope
from antiphon.platform.workspaces.models import Member


@transaction.atomic
def make_token(*, by: Member, name: str, scope: str, days: int) -> tuple[AccessToken, str]:
    """Make a token; its secret is given back once and never kept."""
    faults = {}
    if not 0 < len(name.strip()) <= rules.LONGEST_NAME:
        faults["name"] = _("Say in a few words which program will use it.")
    if scope not in set(Scope):
        faults["scope"] = _("Choose what the program may do.")
    if days not in rules.LIVES:
        faults["days"] = _("Choose how long it works.")
    if faults:
        raise NotValid(_("Say what the token is for."), faults)
    secret = rules.new_secret()
    token = AccessToken.objects.create(
        workspace_id=by.workspace_id,
        member=by,
        name=name.strip(),
        scope=scope,
        secret_hash=rules.secret_hash(secret),
        expires_at=clock.now() + datetime.timedelta(days=days),
    )
    record("token.made", token, by=by, changes={"name": ("", token.name)}, facts={"scope": scope, "days": days})
    return token, secret


@transaction.atomic
def revoke(*, by: Member, token: AccessToken) -> AccessToken:
    """Make a token stop working at once: one's own, or anybody's for an administrator."""
    queries.get(by, token.pk)
    token = AccessToken.objects.visible_to(by).select_for_update().get(pk=token.pk)
    check_now(token.revoked_at is None, _("This token was revoked already."))
    token.revoked_at, token.revoked_by = clock.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    record("token.revoked", token, by=by)
    return token


@transaction.atomic
def note_use(*, token: AccessToken) -> None:
    """Remember the day a token was last used; the trail keeps when that was so for the first time."""
    current = AccessToken.objects.select_for_update().get(pk=token.pk)
    if current.last_used_date is None:
        record("token.first_used", current, by=current.member)
    current.last_used_date = clock.today()
    current.save(update_fields=["last_used_date"])
