"""In which order passages wait: possible safety events first, then what teaches most; or as they came."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from antiphon.platform.database.searching import holding
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices.models import Coding, Suggestion, Voice
from antiphon.workspace.voices.rules import Safety, Verdict

SHOWS = ("unread", "safety", "read", "all")
ORDERS = ("teaches", "came")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked to see, and in which order; it lives in the address."""

    show: str = SHOWS[0]
    engagement: str = ""
    section: str = ""
    q: str = ""
    order: str = ORDERS[0]


@dataclass(frozen=True, slots=True)
class _Tier:
    """A stretch of the queue in its order, and how to go on beyond a passage that stands in it."""

    found: QuerySet[Voice]
    beyond: Callable[[Voice], Q]


def first(member: Member, wanted: Wanted, after: Voice | None, taken: list[UUID]) -> UUID | None:
    """The passage that comes first, or next after another one; those that are `taken` are passed over."""
    tiers = _tiers(member, wanted, taken)
    start = _tier_of(after, wanted) if after else 0
    for place, tier in enumerate(tiers[start:], start=start):
        found = tier.found.filter(tier.beyond(after)) if after and place == start else tier.found
        nearest = found.values_list("pk", flat=True).first()
        if nearest:
            return nearest
    return None


def why_now(member: Member, voice: Voice, wanted: Wanted) -> str:
    """Why a passage comes now, in a sentence; nothing where somebody asked for this one."""
    if wanted.show != "unread" or voice.read_at is not None:
        return ""
    if voice.safety == Safety.POSSIBLE:
        return _("It comes first because it may report a side effect or a faulty product.")
    if wanted.order == "came":
        return _("It comes now because you asked for the order in which they came.")
    if not voice.teaches_code:
        return _("Antiphon has no question about it. Such passages come last, in the order they came.")
    need = vocabulary(member).needs.label(voice.teaches_code)
    return _("It comes now because Antiphon learns most from it. Its question: is this about “%(need)s”?") % {
        "need": need
    }


def within(member: Member, wanted: Wanted) -> QuerySet[Voice]:
    """The passages of an engagement, with these words, about a section."""
    found = Voice.objects.visible_to(member)
    if wanted.engagement:
        found = found.filter(engagement_id=wanted.engagement)
    if wanted.q:
        found = holding(found, "redacted", wanted.q)
    if wanted.section:
        about = Q(code__in=vocabulary(member).below(wanted.section))
        suggested = Suggestion.objects.filter(about, voice=OuterRef("pk")).exclude(verdict=Verdict.REJECTED)
        coded = Coding.objects.filter(about, voice=OuterRef("pk"), withdrawn_at=None)
        found = found.filter(Exists(suggested) | Exists(coded))
    return found


def _tiers(member: Member, wanted: Wanted, taken: list[UUID]) -> list[_Tier]:
    found = within(member, wanted).exclude(pk__in=taken) if taken else within(member, wanted)
    unread = found.unread()
    rest = unread.exclude(safety=Safety.POSSIBLE)
    by_teaching = _Tier(rest.order_by("-teaches", "created_at", "pk"), _teaches_less)
    stretches = {
        "safety": [_as_came(found.possibly_unsafe())],
        "read": [_as_came(found.exclude(read_at=None))],
        "all": [_as_came(found)],
        "unread": [_as_came(unread.possibly_unsafe()), by_teaching if wanted.order == "teaches" else _as_came(rest)],
    }
    return stretches[wanted.show]


def _tier_of(voice: Voice, wanted: Wanted) -> int:
    return int(wanted.show == "unread" and voice.safety != Safety.POSSIBLE)


def _as_came(found: QuerySet[Voice]) -> _Tier:
    return _Tier(found.order_by("created_at", "pk"), _later)


def _later(voice: Voice) -> Q:
    return Q(created_at__gt=voice.created_at) | Q(created_at=voice.created_at, pk__gt=voice.pk)


def _teaches_less(voice: Voice) -> Q:
    # The first condition says nothing new; by it the database steps into the index where the passage stands.
    return Q(teaches__lte=voice.teaches) & (Q(teaches__lt=voice.teaches) | _later(voice))
