"""Everything about one passage, on one page."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.models import Voice
from antiphon.workspace.voices.queries.coding import CodingRow, codings_of
from antiphon.workspace.voices.queries.reader import Opened, find, open_voice
from antiphon.workspace.voices.rules import Safety


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that was done to a passage."""

    at: datetime.datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class VoiceRecord:
    """A passage, its origin, what was coded, and what was done."""

    opened: Opened
    every_coding: list[CodingRow]
    history: list[Happened]
    intake_id: UUID | None
    file_name: str
    consent_note: str
    heard_by_engine: str
    sentiment: str
    same_words_count: int
    can_see_original: bool


_DECIDED = {
    Safety.FORWARDED: lambda: _("forwarded it to the safety team"),
    Safety.NOT_AN_EVENT: lambda: _("decided that it reports no safety event"),
}


def record(member: Member, voice_id: UUID | str) -> VoiceRecord:
    """One passage with its history."""
    voice = find(member, voice_id)
    codings = codings_of(member, voice, withdrawn=True)
    intake = voice.intake
    same = Voice.objects.visible_to(member).filter(fingerprint=voice.fingerprint).exclude(pk=voice.pk)
    return VoiceRecord(
        opened=open_voice(member, voice),
        every_coding=codings,
        history=_history(voice, codings),
        intake_id=voice.intake_id,
        file_name=intake.file.name if intake else "",
        consent_note=intake.consent_note if intake else "",
        heard_by_engine=voice.heard_by_engine,
        sentiment=voice.sentiment,
        same_words_count=same.count(),
        can_see_original=permissions.may_see_original(member),
    )


def _history(voice: Voice, codings: list[CodingRow]) -> list[Happened]:
    brought_by = voice.intake.brought_by.name if voice.intake else _("A contributor")
    found = [Happened(voice.created_at, brought_by, _("brought it in"))]
    for coding in codings:
        found.append(Happened(coding.coded_at, coding.coded_by, _("heard “%(need)s”") % {"need": coding.label}))
        if coding.withdrawn_at:
            what = _("took back “%(need)s”") % {"need": coding.label}
            found.append(Happened(coding.withdrawn_at, coding.withdrawn_by, what))
    if voice.read_at:
        found.append(Happened(voice.read_at, voice.read_by.name, _("finished reading it")))
    if voice.safety_decided_at and voice.safety in _DECIDED:
        decided = _DECIDED[Safety(voice.safety)]()
        found.append(Happened(voice.safety_decided_at, voice.safety_decided_by.name, decided))
    return sorted(found, key=lambda done: done.at, reverse=True)
