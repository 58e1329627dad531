"""What was suggested for a passage and what people coded."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices import permissions
from antiphon.workspace.voices.models import Coding, Suggestion, Voice
from antiphon.workspace.voices.rules import KNOWN_BY_WORDS, Safety, Verdict, shown_range

_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A need the engine thinks it hears, with the words that rests on."""

    id: UUID
    code: str
    label: str
    section: str
    score: float
    because: tuple[str, ...]
    verdict: str
    decided_by: str
    made_by: str
    model_number: int | None
    sure: str
    can_reopen: bool

    @property
    def is_open(self) -> bool:
        """Whether a person has still to decide."""
        return self.verdict == Verdict.OPEN


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A need that a person heard in a passage or a part of it."""

    id: UUID
    code: str
    label: str
    section: str
    start: int
    end: int
    words: str
    coded_by: str
    coded_at: datetime.datetime
    withdrawn_by: str
    withdrawn_at: datetime.datetime | None
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class NeedChoice:
    """A need to choose from."""

    code: str
    label: str
    section: str

    @property
    def written(self) -> str:
        """As it is chosen: the words, then the code."""
        return f"{self.label} · {self.code}"


def needs(member: Member) -> list[NeedChoice]:
    """Every need of the framework, section by section, and those of the workspace's own codebooks."""
    pack = vocabulary(member).needs
    return [NeedChoice(need.id, need.label, pack.path(need.id)[0].label) for need in pack]


def need_label(member: Member, code: str) -> str:
    """What a need is called; a code that is no longer there says itself."""
    return vocabulary(member).needs.label(code)


def section_label(member: Member, code: str) -> str:
    """The section of the framework, or the codebook, a need stands in."""
    pack = vocabulary(member).needs
    return pack.path(code)[0].label if code in pack else ""


def suggestions_of(member: Member, voice: Voice) -> list[SuggestionRow]:
    """What was suggested for a voice, the likeliest first."""
    found = voice.suggestions.select_related("decided_by__user", "model").order_by("-score", "code")
    return [_suggestion(member, voice, suggestion) for suggestion in found]


def codings_of(member: Member, voice: Voice, *, withdrawn: bool = False) -> list[CodingRow]:
    """Who coded what in a voice, in the order it was done."""
    found = voice.codings.select_related("coded_by__user", "withdrawn_by__user").order_by("created_at", "pk")
    if not withdrawn:
        found = found.filter(withdrawn_at=None)
    return [_coding(member, voice, coding) for coding in found]


def why_ranges(voice: Voice, suggestions: list[Suggestion] | None = None) -> list[tuple[int, int]]:
    """Where in the redacted reading the open suggestions, and a possible safety event, rest."""
    if suggestions is None:
        suggestions = list(voice.suggestions.filter(verdict=Verdict.OPEN))
    why = [place for suggestion in suggestions for place in suggestion.why]
    why += voice.safety_why if voice.safety == Safety.POSSIBLE else []
    return [shown_range(place["start"], place["end"], voice.spans) for place in why]


def _suggestion(member: Member, voice: Voice, suggestion: Suggestion) -> SuggestionRow:
    places = [shown_range(why["start"], why["end"], voice.spans) for why in suggestion.why[:_MOST_WORDS]]
    person = suggestion.decided_by
    return SuggestionRow(
        id=suggestion.pk,
        code=suggestion.code,
        label=need_label(member, suggestion.code),
        section=section_label(member, suggestion.code),
        score=suggestion.score,
        because=tuple(dict.fromkeys(voice.redacted[start:end] for start, end in places if start < end)),
        verdict=suggestion.verdict,
        decided_by=person.name if person else "",
        made_by=suggestion.made_by,
        model_number=suggestion.model.number if suggestion.model else None,
        sure=_sure(suggestion),
        can_reopen=person is not None and permissions.may_reopen(member, suggestion),
    )


def _sure(suggestion: Suggestion) -> str:
    """How often such a suggestion is right; the engine that ships is sure of sections, words tell which need."""
    of_100 = {"n": round(suggestion.score * 100)}
    if suggestion.model_id or "." not in suggestion.code:
        return _("right in %(n)s of 100") % of_100
    if suggestion.code in KNOWN_BY_WORDS:
        return _("by these words alone")
    return _("right about the section in %(n)s of 100") % of_100


def _coding(member: Member, voice: Voice, coding: Coding) -> CodingRow:
    is_part = (coding.start, coding.end) != (0, len(voice.redacted))
    return CodingRow(
        id=coding.pk,
        code=coding.code,
        label=need_label(member, coding.code),
        section=section_label(member, coding.code),
        start=coding.start,
        end=coding.end,
        words=voice.redacted[coding.start : coding.end] if is_part else "",
        coded_by=coding.coded_by.name,
        coded_at=coding.created_at,
        withdrawn_by=coding.withdrawn_by.name if coding.withdrawn_by else "",
        withdrawn_at=coding.withdrawn_at,
        can_withdraw=coding.withdrawn_at is None and permissions.may_withdraw(member, coding),
    )


def surest_suggestions(member: Member, limit: int) -> list[tuple[UUID, UUID]]:
    """The open suggestions with the highest scores, one a voice: (suggestion, voice)."""
    found = Suggestion.objects.visible_to(member).filter(verdict=Verdict.OPEN).order_by("-score", "pk")
    chosen: dict[UUID, UUID] = {}
    for suggestion_id, voice_id in found.values_list("pk", "voice_id")[: 4 * limit]:
        chosen.setdefault(voice_id, suggestion_id)
    return [(suggestion_id, voice_id) for voice_id, suggestion_id in chosen.items()][:limit]
