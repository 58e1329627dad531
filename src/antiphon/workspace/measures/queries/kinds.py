"""Agreed insights that are alike in all that the map and the first screen ask of them, counted by the database."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, Q

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.measures.models import Standing


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of insight: what it is about, whose it is, how far the line has come; how many, and since when."""

    needs: tuple[str, ...]
    points: tuple[str, ...]
    stage: str
    function: str
    decided: bool
    answered: bool
    count: int
    oldest_at: datetime.datetime


def kinds(member: Member, programme_id: UUID | str | None = None) -> list[Kind]:
    """Few rows, however many insights there are: the database is three times as quick as reading them all."""
    found = Standing.objects.visible_to(member)
    if programme_id:
        found = found.filter(programme_id=programme_id)
    alike = found.annotate(told=Q(told_at__isnull=False)).order_by()
    own = ("programme__stage", "programme__function", "is_decided", "told")
    counted = alike.values_list("coded", *own).annotate(Count("pk"), Min("agreed_at"))
    return [Kind(_in_pack(codes, "needs"), _in_pack(codes, "decision_points"), *rest) for codes, *rest in counted]


def _in_pack(codes: str, pack: str) -> tuple[str, ...]:
    pairs = (each.partition(":") for each in codes.split(",") if each)
    return tuple(code for held_in, _colon, code in pairs if held_in == pack)
