"""How people sign in: by invitation only, so nobody signs up by themselves. Where they act once they have."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from antiphon.platform.outbox import actions as outbox
from antiphon.platform.workspaces.models import Member, User
from antiphon.platform.workspaces.queries import acting_member

CHOSEN = "member_id"


class Adapter(DefaultAccountAdapter):
    """Closed sign-up, letters through the outbox, links to our own origin; the rest is the library's."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes and try again, or choose “I forgot my password”."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Post it: no page waits for a mail server, and none breaks when it is down."""
        user = User.objects.filter(email__iexact=email).first()
        membership = Member.objects.filter(user=user).order_by("joined_at").first() if user else None
        if membership is None:
            return
        about = {"origin": settings.ANTIPHON_ORIGIN, "name": user.name}
        message = self.render_mail(template_prefix, email, context | about)
        with transaction.atomic():
            outbox.post(
                by=None,
                workspace_id=membership.workspace_id,
                kind="sign_in",
                thing=user,
                to=user.email,
                subject=" ".join(message.subject.split()),
                plain=message.body,
            )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the letter leads to this instance, whatever host the request named."""
        origin = urlsplit(settings.ANTIPHON_ORIGIN)
        made = urlsplit(super().get_reset_password_from_key_url(key))
        return urlunsplit(made._replace(scheme=origin.scheme, netloc=origin.netloc))

    def format_email_subject(self, subject: str) -> str:
        return subject


def pin(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Hold a session to the one workspace its person can act in, so that a later change moves nobody elsewhere."""
    member = acting_member(user, None)
    if member is not None:
        request.session[CHOSEN] = str(member.pk)


def act_as(request: HttpRequest, member: Member) -> None:
    """Act in this workspace from now on; a session that was seen elsewhere is worth nothing any more."""
    request.session.cycle_key()
    request.session[CHOSEN] = str(member.pk)
