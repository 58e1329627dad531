"""Passages and codings for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Number, Paged, Size, chosen, paged, shape, words
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.exports import CODINGS, VOICES
from antiphon.workspace.voices.rules import LONGEST_REASON, Safety

router = FeatureRouter("voices")
Voice = shape(queries.VoiceRow, "Voice")
Coding = shape(queries.CodedRow, "Coding")
CodingOfVoice = shape(queries.CodingRow, "CodingOfVoice")
Suggestion = shape(queries.SuggestionRow, "Suggestion")
Place = Annotated[int, Field(ge=0, le=1_000_000)]


class VoiceRecord(Schema):
    """A passage, what was suggested for it, and who coded what; also what was taken back."""

    voice: Voice
    suggestions: list[Suggestion]
    codings: list[CodingOfVoice]
    consent_note: str
    heard_by_engine: str


class Where(Schema):
    """A part of the redacted reading, in code points; nothing said is all of it."""

    start: Place | None = None
    end: Place | None = None


class Need(Where):
    """A need, and where it is heard."""

    need: words(20, 1)


class NeedOfVoice(Need):
    """A need that a passage speaks of."""

    voice_id: UUID


class ManyNeeds(Schema):
    """Many codings at once: all are kept, or none."""

    codings: Annotated[list[NeedOfVoice], Field(max_length=actions.MOST)]


class SafetyIn(Schema):
    """A view of a possible safety event, with its reason."""

    wanted: chosen(each for each in Safety if each != Safety.NONE)
    reason: words(LONGEST_REASON) = ""


@router.reads("/voices", Paged[Voice])
def list_voices(
    request: HttpRequest,
    page: Number = 1,
    size: Size = 50,
    engagement_id: UUID | None = None,
    need: words(20) = "",
    search: words(200) = "",
):
    """Passages as they were brought in; `need` also finds what stands under it."""
    wanted = {"engagement_id": engagement_id, "need": need, "search": search}
    return paged(queries.page(request.member, number=page, size=size, **wanted))


@router.exports("/voices/export", "voices", VOICES)
def export_voices(
    request: HttpRequest,
    show: chosen(queries.SHOWS) = queries.SHOWS[-1],
    engagement_id: UUID | None = None,
    section: words(20) = "",
    search: words(200) = "",
):
    """Passages as a file, a row each, with what was coded in them; it is on the trail, as on the pages."""
    wanted = queries.Wanted(show=show, engagement=str(engagement_id or ""), section=section, q=search.strip())
    return queries.as_wanted(request.member, wanted)


@router.reads("/voices/{uuid:voice_id}", VoiceRecord)
def get_voice(request: HttpRequest, voice_id: UUID):
    """One passage with its suggestions and codings."""
    return _record(request, voice_id)


@router.reads("/codings", Paged[Coding])
def list_codings(
    request: HttpRequest,
    page: Number = 1,
    size: Size = 50,
    code: words(20) = "",
    engagement_id: UUID | None = None,
):
    """Codings that stand, in the order they were made; `code` also finds what stands under it."""
    return paged(queries.coded_page(request.member, number=page, size=size, code=code, engagement_id=engagement_id))


@router.exports("/codings/export", "codings", CODINGS)
def export_codings(request: HttpRequest, code: words(20) = "", engagement_id: UUID | None = None):
    """All codings that stand as a file, a row each; it is on the trail, as on the pages."""
    return queries.coded(request.member, code=code, engagement_id=engagement_id)


@router.makes("/codings", list[UUID])
def code_many(request: HttpRequest, body: ManyNeeds):
    """Code many passages at once; the ids of the codings, in the order asked for."""
    wanted = [actions.ToCode(**each) for each in body.dict()["codings"]]
    return [coding.pk for coding in actions.code_many(by=request.member, wanted=wanted)]


@router.makes("/voices/{uuid:voice_id}/codings", VoiceRecord)
def code(request: HttpRequest, voice_id: UUID, body: Need):
    """Say that a passage, or a part of it, speaks of a need."""
    actions.code(by=request.member, voice_id=voice_id, **body.dict())
    return _record(request, voice_id)


@router.does("/codings/{uuid:coding_id}/withdraw", VoiceRecord)
def uncode(request: HttpRequest, coding_id: UUID):
    """Take a coding back; it stays in the history."""
    return _record(request, actions.uncode(by=request.member, coding_id=coding_id).voice_id)


@router.does("/suggestions/{uuid:suggestion_id}/accept", VoiceRecord)
def accept(request: HttpRequest, suggestion_id: UUID, body: Where):
    """Agree with a suggestion: the coding is the member's own."""
    return _record(request, actions.accept(by=request.member, suggestion_id=suggestion_id, **body.dict()).voice_id)


@router.does("/suggestions/{uuid:suggestion_id}/change", VoiceRecord)
def change(request: HttpRequest, suggestion_id: UUID, body: Need):
    """Hear another need than the one suggested."""
    return _record(request, actions.change(by=request.member, suggestion_id=suggestion_id, **body.dict()).voice_id)


@router.does("/suggestions/{uuid:suggestion_id}/reject", VoiceRecord)
def reject(request: HttpRequest, suggestion_id: UUID):
    """Say that a passage does not speak of what was suggested."""
    return _record(request, actions.reject(by=request.member, suggestion_id=suggestion_id).voice_id)


@router.does("/suggestions/{uuid:suggestion_id}/reopen", VoiceRecord)
def reopen(request: HttpRequest, suggestion_id: UUID):
    """Take a verdict back, and the coding that came of it."""
    return _record(request, actions.reopen(by=request.member, suggestion_id=suggestion_id).voice_id)


@router.does("/voices/{uuid:voice_id}/read", VoiceRecord)
def finish_reading(request: HttpRequest, voice_id: UUID):
    """Mark a passage as read."""
    return _record(request, actions.finish_reading(by=request.member, voice_id=voice_id).pk)


@router.does("/voices/{uuid:voice_id}/read-again", VoiceRecord)
def read_again(request: HttpRequest, voice_id: UUID):
    """Put a passage back into the queue."""
    return _record(request, actions.read_again(by=request.member, voice_id=voice_id).pk)


@router.does("/voices/{uuid:voice_id}/safety", VoiceRecord)
def decide_safety(request: HttpRequest, voice_id: UUID, body: SafetyIn):
    """Point out a possible safety event, forward it, or say why it is none."""
    wanted = Safety(body.wanted)
    return _record(
        request, actions.decide_safety(by=request.member, voice_id=voice_id, wanted=wanted, reason=body.reason).pk
    )


def _record(request: HttpRequest, voice_id: UUID) -> dict[str, object]:
    found = queries.record(request.member, voice_id)
    return {
        "voice": found.opened.voice,
        "suggestions": found.opened.suggestions,
        "codings": found.every_coding,
        "consent_note": found.consent_note,
        "heard_by_engine": found.heard_by_engine,
    }
