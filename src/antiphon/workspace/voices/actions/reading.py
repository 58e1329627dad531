"""Finishing a passage, going back to it, and seeing its untouched words."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.actions.locking import locked_voice
from antiphon.workspace.voices.models import Sitting, Voice
from antiphon.workspace.voices.queries.sittings import open_elsewhere
from antiphon.workspace.voices.rules import LONGEST_REASON

SHORTEST_PURPOSE = 5


@transaction.atomic
def finish_reading(*, by: Member, voice_id: UUID) -> Voice:
    """Mark a passage as read; whoever was first stays the one who read it."""
    voice = locked_voice(by, voice_id)
    check_allowed(permissions.may_code(by), _("Your role reads passages; it does not finish them for others."))
    if voice.read_at is None:
        voice.read_at, voice.read_by = clock.now(), by
        voice.save(update_fields=["read_at", "read_by"])
        record("voice.read", voice, by=by)
    return voice


@transaction.atomic
def sit_down(*, by: Member, voice_id: UUID) -> bool:
    """Have a passage open to read, where nobody else has; who only looks takes it from nobody. Nothing is recorded."""
    voice = locked_voice(by, voice_id)
    if open_elsewhere(by).filter(voice=voice).exists():
        return False
    if permissions.may_code(by):
        now_open = {"workspace_id": by.workspace_id, "voice": voice, "since_at": clock.now()}
        Sitting.objects.update_or_create(member=by, defaults=now_open)
    return True


@transaction.atomic
def read_again(*, by: Member, voice_id: UUID) -> Voice:
    """Put a passage back into the queue."""
    voice = locked_voice(by, voice_id)
    check_allowed(permissions.may_code(by), _("Your role reads passages; it does not change the queue."))
    if voice.read_at is not None:
        voice.read_at, voice.read_by = None, None
        voice.save(update_fields=["read_at", "read_by"])
        record("voice.read_again", voice, by=by)
    return voice


@transaction.atomic
def show_original(*, by: Member, voice_id: UUID, purpose: str) -> str:
    """The untouched words, for a purpose that is recorded with who saw them."""
    voice = locked_voice(by, voice_id)
    check_allowed(
        permissions.may_see_original(by),
        _("Only patient engagement leads and safety officers see the original words."),
    )
    if not SHORTEST_PURPOSE <= len(purpose.strip()) <= LONGEST_REASON:
        raise NotValid(_("Say in a few words what you need them for."), {"purpose": _("Write at least five letters.")})
    record("voice.original_shown", voice, by=by, reason=purpose.strip())
    return voice.original
