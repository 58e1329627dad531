"""Reading tokens, and finding the one behind a secret."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from antiphon.platform import clock
from antiphon.platform.errors import NoSuch
from antiphon.platform.tokens.models import AccessToken
from antiphon.platform.tokens.rules import secret_hash
from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import Role


class NoSuchToken(NoSuch):
    """No token that this member may see has this id."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its list shows it."""

    id: UUID
    name: str
    scope: str
    owner_name: str
    created_at: datetime.datetime
    expires_at: datetime.datetime
    last_used_date: datetime.date | None
    revoked_at: datetime.datetime | None
    is_mine: bool
    state: str


def rows(member: Member) -> list[TokenRow]:
    """One's own tokens; an administrator sees everybody's. Those that still work first."""
    found = _seen_by(member).select_related("member__user").order_by("-created_at", "pk")
    return sorted((_row(member, token) for token in found), key=lambda row: row.state != "WORKS")


def get(member: Member, token_id: UUID | str) -> AccessToken:
    """One token that this member may see."""
    token = _seen_by(member).filter(pk=token_id).first()
    if token is None:
        raise NoSuchToken(token_id)
    return token


def behind(secret: str) -> AccessToken | None:
    """The token of a secret, while it works and its member is one."""
    found = AccessToken.objects.filter(
        secret_hash=secret_hash(secret),
        revoked_at=None,
        expires_at__gt=clock.now(),
        member__ended_at=None,
        member__user__is_active=True,
    )
    return found.select_related("member__user", "member__workspace").first()


def _seen_by(member: Member):
    found = AccessToken.objects.visible_to(member)
    return found if member.role == Role.ADMINISTRATOR else found.filter(member=member)


def _row(member: Member, token: AccessToken) -> TokenRow:
    return TokenRow(
        id=token.pk,
        name=token.name,
        scope=token.scope,
        owner_name=token.member.name,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_date=token.last_used_date,
        revoked_at=token.revoked_at,
        is_mine=token.member_id == member.pk,
        state=_state(token),
    )


def _state(token: AccessToken) -> str:
    if token.revoked_at:
        return "REVOKED"
    return "WORKS" if token.expires_at > clock.now() else "EXPIRED"
