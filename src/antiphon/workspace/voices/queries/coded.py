"""Codings as a list: which passage, which need, where, by whom."""

import datetime
from dataclasses import dataclass
from itertools import starmap
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.voices.models import Coding


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One coding: a need that a person heard in a passage, from one letter of it to another."""

    id: UUID
    voice_id: UUID
    code: str
    start: int
    end: int
    words: str
    coded_by: str
    coded_at: datetime.datetime


# As they are read from the database, in the order of the row: the words alone, not the passages they stand in.
FIELDS = ("id", "voice_id", "code", "start", "end", "said", "coded_by__user__name", "created_at")


def coded(member: Member, **wanted: object) -> list[CodedRow]:
    """All codings that stand, in the order they were made."""
    return list(starmap(CodedRow, _wanted(member, **wanted)))


def coded_page(member: Member, *, number: object, size: int, **wanted: object) -> Page:
    """One page of them."""
    page = Paginator(_wanted(member, **wanted), size).get_page(number)
    page.object_list = list(starmap(CodedRow, page.object_list))
    return page


def _wanted(member: Member, *, code: str = "", engagement_id: UUID | str | None = None) -> QuerySet:
    """`code` also finds what stands under it."""
    found = Coding.objects.visible_to(member).filter(withdrawn_at=None)
    if code:
        found = found.filter(code__in=vocabulary(member).below(code))
    if engagement_id:
        found = found.filter(voice__engagement_id=engagement_id)
    said = Substr("voice__redacted", F("start") + 1, F("end") - F("start"))
    return found.order_by("created_at", "pk").annotate(said=said).values_list(*FIELDS)
