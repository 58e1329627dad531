"""Coding many passages at once: all of them, or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform.audit.trail import record_each
from antiphon.platform.errors import NotValid
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices.actions.coding import check_coder, check_needs
from antiphon.workspace.voices.models import Coding, Voice
from antiphon.workspace.voices.queries import NoSuchVoice
from antiphon.workspace.voices.rules import span_is_inside

MOST = 500


@dataclass(frozen=True, slots=True)
class ToCode:
    """A passage, a need, and where: nowhere said is the whole passage."""

    voice_id: UUID
    need: str
    start: int | None = None
    end: int | None = None


Place = tuple[UUID, str, int, int]


@transaction.atomic
def code_many(*, by: Member, wanted: Iterable[ToCode]) -> list[Coding]:
    """Say of many passages which needs they speak of; what this member coded just so already stays as it is."""
    wanted = list(wanted)
    check_coder(by)
    if len(wanted) > MOST:
        raise NotValid(_("Code at most %(most)s passages at once.") % {"most": MOST})
    check_needs(by, {each.need for each in wanted})
    ids = {each.voice_id for each in wanted}
    # In the order of their ids, so that two programs that code the same passages wait instead of blocking each other.
    voices = Voice.objects.visible_to(by).filter(pk__in=ids).order_by("pk").select_for_update().in_bulk()
    places = [_place(voices, each) for each in wanted]
    known = _known(by, ids)
    new = [_coding(by, place) for place in dict.fromkeys(places) if place not in known]
    Coding.objects.bulk_create(new)
    record_each("voice.coded", [(coding, _facts(coding)) for coding in new], by=by)
    made = known | {_place_of(coding): coding for coding in new}
    return [made[place] for place in places]


def _place(voices: dict[UUID, Voice], each: ToCode) -> Place:
    voice = voices.get(each.voice_id)
    if voice is None:
        raise NoSuchVoice(each.voice_id)
    length = len(voice.redacted)
    start, end = (0, length) if each.start is None or each.end is None else (each.start, each.end)
    if not span_is_inside(start, end, length):
        raise NotValid(_("The marked part does not lie within the passage. Mark it again."))
    return voice.pk, each.need, start, end


def _known(by: Member, ids: set[UUID]) -> dict[Place, Coding]:
    found = Coding.objects.visible_to(by).filter(voice_id__in=ids, coded_by=by, withdrawn_at=None)
    return {_place_of(coding): coding for coding in found}


def _place_of(coding: Coding) -> Place:
    return coding.voice_id, coding.code, coding.start, coding.end


def _coding(by: Member, place: Place) -> Coding:
    voice_id, need, start, end = place
    return Coding(workspace_id=by.workspace_id, voice_id=voice_id, code=need, start=start, end=end, coded_by=by)


def _facts(coding: Coding) -> dict[str, object]:
    return {"voice": str(coding.voice_id), "need": coding.code, "start": coding.start, "end": coding.end}
