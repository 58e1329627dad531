"""Posting a letter with the change that asks for it; calling it back; trying again what did not arrive."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.outbox import permissions, queries, rules
from antiphon.platform.outbox.actions.delivering import DELIVER
from antiphon.platform.outbox.models import WIPED, Letter
from antiphon.platform.outbox.rules import State
from antiphon.platform.tasks.queue import queue

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member


class CannotBeWritten(NotValid):
    """What was typed cannot stand in the head of a letter."""


def post(
    *,
    by: "Member | None",
    workspace_id: UUID,
    kind: str,
    thing: models.Model,
    to: str,
    subject: str,
    plain: str,
    html: str = "",
    reply_to: str = "",
) -> Letter:
    """Write a letter in the transaction of the change; it leaves once that is safe, and never if it is not."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A letter belongs in the transaction of its change.")
    _check_head(to, subject, reply_to)
    letter = Letter.objects.create(
        workspace_id=workspace_id,
        kind=kind,
        object_type=thing._meta.label,
        object_id=thing.pk,
        to=to,
        to_hash=rules.address_hash(to, workspace_id, settings.SECRET_KEY),
        subject=subject,
        plain=plain,
        html=html,
        reply_to=reply_to,
        posted_by=by,
    )
    queue(DELIVER, str(letter.pk))
    return letter


@transaction.atomic
def try_again(*, by: "Member", letter: Letter) -> Letter:
    """Send a letter again that did not arrive, from the first try."""
    letter = _locked(by, letter)
    possible = rules.can_become(State(letter.state), State.WAITING) and bool(letter.to)
    check_now(possible, _("Only a letter that did not arrive can be sent again."))
    was = {"attempts": letter.attempts, "error": letter.last_error, "kind": letter.kind}
    letter.state, letter.attempts, letter.next_try_at = State.WAITING, 0, clock.now()
    letter.gave_up_at, letter.last_error = None, ""
    letter.save(update_fields=["state", "attempts", "next_try_at", "gave_up_at", "last_error"])
    record("letter.tried_again", letter, by=by, facts=was)
    queue(DELIVER, str(letter.pk))
    return letter


@transaction.atomic
def forget(*, by: "Member", letter: Letter) -> Letter:
    """Give up a letter that did not arrive, and wipe its address."""
    letter = _locked(by, letter)
    check_now(letter.state == State.DEAD, _("Only a letter that did not arrive can be forgotten."))
    _call_back(letter)
    record("letter.recalled", letter, by=by, facts={"kind": letter.kind})
    return letter


@transaction.atomic
def recall(*, by: "Member | None", thing: models.Model) -> int:
    """Call back the letters about a thing that have not left yet; how many they were.

    One that is at the mail server at this very moment cannot be called back.
    """
    found = Letter.objects.filter(workspace_id=thing.workspace_id, object_id=thing.pk)
    held = list(found.filter(state__in=[State.WAITING, State.DEAD]).select_for_update().order_by("pk"))
    for letter in held:
        _call_back(letter)
        record("letter.recalled", letter, by=by, facts={"kind": letter.kind}, workspace_id=letter.workspace_id)
    return len(held)


def _call_back(letter: Letter) -> None:
    letter.state, letter.gave_up_at = State.RECALLED, None
    for field, nothing in WIPED.items():
        setattr(letter, field, nothing)
    letter.save(update_fields=["state", "gave_up_at", *WIPED])


def _locked(by: "Member", letter: Letter) -> Letter:
    current = Letter.objects.visible_to(by).select_for_update().filter(pk=letter.pk).first()
    if current is None:
        raise queries.NoSuchLetter(letter.pk)
    check_allowed(permissions.may_look_after(by, current), _("Leads and administrators look after letters."))
    return current


def _check_head(to: str, subject: str, reply_to: str) -> None:
    if not all(rules.is_one_line(part) for part in (to, subject, reply_to)):
        raise CannotBeWritten(_("A line break cannot stand in the head of a letter. Write it in one line."))
    try:
        for address in filter(None, (to, reply_to)):
            validate_email(address)
    except ValidationError:
        raise CannotBeWritten(_("This is not an e-mail address.")) from None
