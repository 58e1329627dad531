"""Passages as lists and other features show them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, QuerySet

from antiphon.content import load
from antiphon.platform.database.searching import holding, latest_with, nearest
from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import page_of
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices.models import Coding, Voice


class NoSuchVoice(NoSuch):
    """No voice of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A passage as lists show it: the redacted reading, and where it comes from."""

    id: UUID
    redacted: str
    place: str
    column: str
    source_name: str
    engagement_id: UUID
    engagement_name: str
    programme_id: UUID
    group: str
    said_date: datetime.date | None
    consent_scope: str
    consent_label: str
    language: str
    safety: str
    need_codes: tuple[str, ...]
    read: bool

    @property
    def text(self) -> str:
        """What people work with."""
        return self.redacted

    @property
    def speaker(self) -> str:
        """The group a person belongs to; never a name."""
        return self.group

    @property
    def origin(self) -> str:
        """Where the passage stands."""
        return f"{self.source_name}, {self.place}"


def get(member: Member, voice_id: UUID | str) -> VoiceRow:
    """One passage of the member's workspace."""
    voice = with_origin(Voice.objects.visible_to(member)).filter(pk=voice_id).first()
    if voice is None:
        raise NoSuchVoice(voice_id)
    return row(voice)


def rows(
    member: Member,
    *,
    engagement_id: UUID | str | None = None,
    search: str = "",
    need: str = "",
    limit: int = 50,
) -> list[VoiceRow]:
    """Passages as they were brought in; `need` also finds what stands under it."""
    found = _wanted(member, engagement_id=engagement_id, search=search, need=need)
    return [row(voice) for voice in with_origin(found).order_by("created_at", "pk")[:limit]]


def page(member: Member, *, number: object, size: int, **wanted: object) -> Page:
    """One page of passages, as they were brought in."""
    found = _wanted(member, **wanted).order_by("created_at", "pk")
    return page_of(found, number, lambda shown: [row(voice) for voice in with_origin(shown)], size)


def _wanted(
    member: Member, *, engagement_id: UUID | str | None = None, search: str = "", need: str = ""
) -> QuerySet[Voice]:
    found = Voice.objects.visible_to(member)
    if engagement_id:
        found = found.filter(engagement_id=engagement_id)
    if search:
        found = holding(found, "redacted", search)
    if need:
        standing = Coding.objects.filter(code__in=vocabulary(member).below(need), withdrawn_at=None)
        found = found.filter(Exists(standing.filter(voice=OuterRef("pk"))))
    return found


def chosen(member: Member, ids: Iterable[UUID | str]) -> list[VoiceRow]:
    """The passages of these ids, in the order asked for; those of other workspaces are left out."""
    wanted = list(dict.fromkeys(str(each) for each in ids))
    # In no order: asked for one, the embedded database goes through all passages in it and picks these.
    shown = with_origin(Voice.objects.visible_to(member).filter(pk__in=wanted).order_by())
    found = {str(voice.pk): row(voice) for voice in shown}
    return [found[each] for each in wanted if each in found]


def nearest_to(member: Member, words: Iterable[str], *, limit: int) -> list[VoiceRow]:
    """The passages that hold most of these words, the rarer words and the later passages first."""
    words = tuple(words)
    texts = latest_with(Voice.objects.visible_to(member), "redacted", words)
    return chosen(member, nearest(texts, words)[:limit])


def queue_counts(member: Member) -> tuple[int, int, datetime.datetime | None]:
    """How many passages nobody read, how many possible safety events wait, and since when."""
    # Apart, so that each is answered from an index: one pass over all passages takes ten times as long.
    found = Voice.objects.visible_to(member)
    possible = found.possibly_unsafe().aggregate(count=Count("pk"), oldest=Min("created_at"))
    return found.unread().count(), possible["count"], possible["oldest"]


def with_origin(found: QuerySet[Voice]) -> QuerySet[Voice]:
    """With everything a row needs, in two queries whatever their number."""
    codings = Coding.objects.filter(withdrawn_at=None).order_by("created_at")
    return found.select_related("source", "engagement").prefetch_related(
        Prefetch("codings", queryset=codings, to_attr="codings_kept")
    )


def row(voice: Voice) -> VoiceRow:
    """A voice with its origin, as a row."""
    scopes = load("consent_scopes")
    return VoiceRow(
        id=voice.pk,
        redacted=voice.redacted,
        place=voice.place,
        column=voice.column,
        source_name=voice.source.name,
        engagement_id=voice.engagement_id,
        engagement_name=voice.engagement.name,
        programme_id=voice.engagement.programme_id,
        group=voice.group,
        said_date=voice.said_date,
        consent_scope=voice.consent_scope,
        consent_label=scopes.label(voice.consent_scope) if voice.consent_scope in scopes else voice.consent_scope,
        language=voice.language,
        safety=voice.safety,
        need_codes=tuple(dict.fromkeys(coding.code for coding in voice.codings_kept)),
        read=voice.read_at is not None,
    )
