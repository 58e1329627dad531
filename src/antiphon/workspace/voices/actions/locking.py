"""A voice that is about to change, locked for the member who changes it."""

from uuid import UUID

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices.models import Voice
from antiphon.workspace.voices.queries import NoSuchVoice


def locked_voice(by: Member, voice_id: UUID | str) -> Voice:
    """The voice, locked until the transaction ends; another workspace's is none."""
    voice = Voice.objects.visible_to(by).filter(pk=voice_id).select_for_update().first()
    if voice is None:
        raise NoSuchVoice(voice_id)
    return voice
