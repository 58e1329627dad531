"""The reading queue: what comes first, what stands beside it, and what can be undone."""

import datetime
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.models import Coding, Suggestion, Voice
from antiphon.workspace.voices.queries.coding import (
    CodingRow,
    SuggestionRow,
    codings_of,
    suggestions_of,
    why_ranges,
)
from antiphon.workspace.voices.queries.order import Wanted, first, why_now, within
from antiphon.workspace.voices.queries.sittings import open_elsewhere, readers_of
from antiphon.workspace.voices.queries.voices import NoSuchVoice, VoiceRow, row, with_origin
from antiphon.workspace.voices.queries.words import SAFETY_KINDS, say
from antiphon.workspace.voices.rules import Part, Safety, parts

NEIGHBOUR_CHARACTERS = 280


@dataclass(frozen=True, slots=True)
class Undo:
    """The last thing a member did while reading, and the address that takes it back."""

    url: str
    id: UUID
    what: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A passage as the reader shows it: marked words, suggestions, codings, safety."""

    voice: VoiceRow
    parts: list[Part]
    suggestions: list[SuggestionRow]
    codings: list[CodingRow]
    safety_kind: str
    safety_reason: str
    safety_decided_by: str
    can_code: bool
    can_decide_safety: bool
    shown: dict = field(default_factory=dict)

    @property
    def open_suggestions(self) -> list[SuggestionRow]:
        """Those that a person has still to decide."""
        return [suggestion for suggestion in self.suggestions if suggestion.is_open]

    @property
    def decided_suggestions(self) -> list[SuggestionRow]:
        """Those a person has decided."""
        return [suggestion for suggestion in self.suggestions if not suggestion.is_open]


@dataclass(frozen=True, slots=True)
class Reader:
    """One sitting at the queue."""

    opened: Opened | None
    before: dict | None
    after: dict | None
    previous_id: UUID | None
    undo: Undo | None
    read_count: int
    total_count: int
    safety_count: int
    sits_here: bool
    also_reading: list[str]
    why_now: str
    wanted: Wanted
    engagements: list[tuple[str, str]]
    sections: list[tuple[str, str]]


def reader(member: Member, wanted: Wanted, *, voice_id: str = "", after_id: str = "") -> Reader:
    """The passage to read now: the one asked for, the one after another, or the first of the queue."""
    voice = _voice(member, wanted, voice_id, after_id)
    whole = within(member, Wanted(engagement=wanted.engagement))
    total_count = whole.count()
    sits_here, also_reading = readers_of(member, voice) if voice else (False, [])
    return Reader(
        opened=open_voice(member, voice) if voice else None,
        before=_neighbour(voice, -1) if voice else None,
        after=_neighbour(voice, 1) if voice else None,
        previous_id=_previous(member, voice),
        undo=last_done(member),
        read_count=total_count - whole.unread().count(),
        total_count=total_count,
        safety_count=whole.possibly_unsafe().count(),
        sits_here=sits_here,
        also_reading=also_reading,
        why_now=why_now(member, voice, wanted) if voice else "",
        wanted=wanted,
        engagements=_engagements(member),
        sections=[(section.id, section.label) for section in vocabulary(member).needs.children(None)],
    )


def as_wanted(member: Member, wanted: Wanted) -> list[VoiceRow]:
    """Every passage that a reader asked to see, in the order it was brought in."""
    found = within(member, wanted)
    narrowed = {"unread": Q(read_at=None), "read": ~Q(read_at=None), "safety": Q(safety=Safety.POSSIBLE)}
    found = found.filter(narrowed.get(wanted.show, Q()))
    return [row(voice) for voice in with_origin(found).order_by("created_at", "pk")]


def open_voice(member: Member, voice: Voice) -> Opened:
    """A voice with everything a person needs to code it."""
    shown = row(voice)
    suggestions = suggestions_of(member, voice)
    marked = parts(voice.redacted, why_ranges(voice))
    return Opened(
        voice=shown,
        parts=marked,
        suggestions=suggestions,
        codings=codings_of(member, voice),
        safety_kind=say(SAFETY_KINDS, voice.safety_kind),
        safety_reason=voice.safety_reason,
        safety_decided_by=voice.safety_decided_by.name if voice.safety_decided_by else "",
        can_code=permissions.may_code(member),
        can_decide_safety=permissions.may_decide_safety(member),
        shown={
            "text": voice.redacted,
            "parts": [Part(exact(part.text), part.why) for part in marked],
            "speaker": shown.speaker,
            "origin": shown.origin,
            "said_date": shown.said_date,
            "language": shown.language,
        },
    )


def find(member: Member, voice_id: UUID | str) -> Voice:
    """One voice of the workspace, with its origin."""
    found = with_origin(Voice.objects.visible_to(member)).select_related("safety_decided_by__user")
    voice = found.filter(pk=voice_id).first()
    if voice is None:
        raise NoSuchVoice(voice_id)
    return voice


def last_done(member: Member) -> Undo | None:
    """The last verdict, coding or reading of a member."""
    mine = [_last_verdict(member), _last_coding(member), _last_reading(member)]
    return max((done for done in mine if done), key=lambda done: done.at, default=None)


def _voice(member: Member, wanted: Wanted, voice_id: str, after_id: str) -> Voice | None:
    if voice_id:
        return find(member, voice_id)
    after = find(member, after_id) if after_id else None
    taken = list(open_elsewhere(member).values_list("voice", flat=True))
    found = first(member, wanted, after, taken) or (first(member, wanted, None, taken) if after else None)
    # The last ones are read by two rather than by nobody.
    found = found or (first(member, wanted, None, []) if taken else None)
    return find(member, found) if found else None


def _neighbour(voice: Voice, direction: int) -> dict | None:
    """The beginning of what stands just before or after in the same file and column."""
    beside = Voice.objects.filter(engagement=voice.engagement_id, source=voice.source_id, column=voice.column)
    beside = beside.filter(intake=voice.intake_id)
    if direction < 0:
        found = beside.filter(number__lt=voice.number).order_by("-number").first()
    else:
        found = beside.filter(number__gt=voice.number).order_by("number").first()
    if found is None:
        return None
    return {"text": Truncator(found.redacted).chars(NEIGHBOUR_CHARACTERS), "language": found.language}


def exact(text: str) -> SafeString:
    """Escaped so that a browser counts the same characters: it would turn a bare return into a new line."""
    return SafeString(escape(text).replace("\r", "&#13;"))


def _previous(member: Member, voice: Voice | None) -> UUID | None:
    mine = Voice.objects.visible_to(member).filter(read_by=member)
    if voice is not None and voice.read_by_id == member.pk:
        mine = mine.filter(read_at__lt=voice.read_at)
    return mine.order_by("-read_at").values_list("pk", flat=True).first()


def _last_verdict(member: Member) -> Undo | None:
    found = Suggestion.objects.visible_to(member).filter(decided_by=member).order_by("-decided_at").first()
    return Undo("voices:suggestion_reopen", found.pk, "verdict", found.decided_at) if found else None


def _last_coding(member: Member) -> Undo | None:
    mine = Coding.objects.visible_to(member).filter(coded_by=member, withdrawn_at=None, suggestion=None)
    found = mine.order_by("-created_at").first()
    return Undo("voices:uncode", found.pk, "coding", found.created_at) if found else None


def _last_reading(member: Member) -> Undo | None:
    found = Voice.objects.visible_to(member).filter(read_by=member).order_by("-read_at").first()
    return Undo("voices:read_again", found.pk, "reading", found.read_at) if found else None


def _engagements(member: Member) -> list[tuple[str, str]]:
    heard = Engagement.objects.visible_to(member).filter(Exists(Voice.objects.filter(engagement=OuterRef("pk"))))
    return [(str(pk), name) for pk, name in heard.order_by("name").values_list("pk", "name")]
