"""Stands where a mail server would be set: says that there is none, so that no letter is taken for sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class NoMailServer(OSError):
    """Nobody has said yet which mail server takes letters (ANTIPHON_SMTP_HOST)."""


class Backend(BaseEmailBackend):
    """Takes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise NoMailServer
