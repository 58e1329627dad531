"""Handing letters to the mail server: at least once, at worst once too often, never by two at a time.

A letter is taken on by moving its next try forward, in a transaction of its own, before the mail server is asked. A
process that ends between the two leaves it to the sweep. A process that ends after the mail server took the letter and
before that is written down sends it a second time: a mail server cannot be asked whether it has a letter already.
"""

import logging
import smtplib
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.outbox import rules
from antiphon.platform.outbox.models import WIPED, Letter
from antiphon.platform.outbox.rules import State
from antiphon.platform.tasks.queue import queue

DELIVER = "outbox.deliver"
AT_ONCE = 200
NEVER = 500  # From here on a mail server means: not now, and not later either.
log = logging.getLogger(__name__)


def deliver(*, letter_id: UUID | str) -> None:
    """Hand a letter to the mail server, if it is due and nobody else has it in hand."""
    letter = _take_on(letter_id)
    if letter is None:
        return
    if letter.attempts > rules.TRIES:
        _could_not(letter, "Interrupted", for_good=True)
        return
    try:
        _message(letter).send()
    except (OSError, ValueError) as trouble:
        _could_not(letter, _class_of(trouble), for_good=_is_for_good(trouble))
    else:
        _arrived(letter)


def sweep() -> None:
    """Ask for every letter that is due, and wipe those that were given up long ago."""
    due = Letter.objects.filter(state=State.WAITING, next_try_at__lte=clock.now()).order_by("next_try_at", "pk")
    for letter_id in due.values_list("pk", flat=True)[:AT_ONCE]:
        queue(DELIVER, str(letter_id))
    old = Letter.objects.filter(state=State.DEAD, gave_up_at__lte=clock.now() - rules.DEAD_KEPT).exclude(to="")
    old.update(**WIPED)


def _take_on(letter_id: UUID | str) -> Letter | None:
    """The letter, held for this process: one statement, so that of two only one gets it."""
    now = clock.now()
    due = Letter.objects.filter(pk=letter_id, state=State.WAITING, next_try_at__lte=now)
    if not due.update(next_try_at=now + rules.HELD, attempts=F("attempts") + 1):
        return None
    return Letter.objects.get(pk=letter_id)


def _message(letter: Letter) -> EmailMultiAlternatives:
    reply_to = [letter.reply_to] if letter.reply_to else None
    message = EmailMultiAlternatives(
        letter.subject, letter.plain, settings.DEFAULT_FROM_EMAIL, [letter.to], reply_to=reply_to
    )
    # The same letter twice can be told by its name; out-of-office robots stay silent.
    message.extra_headers = {"X-Antiphon-Letter": str(letter.pk), "Auto-Submitted": "auto-generated"}
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


@transaction.atomic
def _arrived(letter: Letter) -> None:
    # Whoever else took it on meanwhile: it did arrive.
    held = Letter.objects.select_for_update().filter(pk=letter.pk, state=State.WAITING).first()
    if held is None:
        return
    for field, nothing in WIPED.items():
        setattr(held, field, nothing)
    held.state, held.sent_at, held.last_error = State.SENT, clock.now(), ""
    held.save(update_fields=["state", "sent_at", "last_error", *WIPED])
    facts = {"kind": held.kind, "attempts": held.attempts, "about": held.object_id}
    record("letter.sent", held, by=None, facts=facts)


@transaction.atomic
def _could_not(letter: Letter, trouble: str, *, for_good: bool) -> None:
    held = _still_held(letter)
    if held is None:
        return
    held.last_error = trouble
    pause = None if for_good else rules.pause_after(held.attempts)
    if pause is None:
        held.state, held.gave_up_at = State.DEAD, clock.now()
        facts = {"kind": held.kind, "attempts": held.attempts, "error": trouble, "about": held.object_id}
        record("letter.given_up", held, by=None, facts=facts)
    else:
        held.next_try_at = clock.now() + pause
    held.save(update_fields=["state", "last_error", "gave_up_at", "next_try_at"])
    log.warning("Letter %s did not leave: %s, try %s of %s.", held.pk, trouble, held.attempts, rules.TRIES)


def _still_held(letter: Letter) -> Letter | None:
    """The letter, unless it was called back, or tried by another, while the mail server was asked."""
    mine = Letter.objects.select_for_update().filter(pk=letter.pk, attempts=letter.attempts)
    return mine.filter(state=State.WAITING).first()


def _is_for_good(trouble: Exception) -> bool:
    """Whether another try would meet the same: the mailbox or the words were refused, or cannot be written down."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return all(code >= NEVER for code, _words in trouble.recipients.values())
    if isinstance(trouble, smtplib.SMTPDataError):
        return trouble.smtp_code >= NEVER
    return isinstance(trouble, (ValueError, smtplib.SMTPNotSupportedError))


def _class_of(trouble: Exception) -> str:
    """What kind of failure it was; never its words, which may hold the address."""
    codes = getattr(trouble, "recipients", None)
    code = next(iter(codes.values()))[0] if codes else getattr(trouble, "smtp_code", "")
    return f"{type(trouble).__name__} {code}".strip()
