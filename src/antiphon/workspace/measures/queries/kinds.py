"""Agreed insights that are alike in all that the map and the first screen ask of them, counted by the database."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from antiphon.platform.database.together import Together
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions.models import Weighing
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.insights.models import Insight, InsightCode, Merge
from antiphon.workspace.measures.queries.rates import is_answered


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


def kinds(member: Member, found: QuerySet[Insight]) -> list[Kind]:
    """Few rows, however many insights there are: the database is three times as quick as reading them all."""
    alike = found.annotate(coded=_codes(), decided=_decided(member), answered=is_answered()).order_by()
    own = ("programme__stage", "programme__function", "decided", "answered")
    counted = alike.values_list("coded", *own).annotate(Count("pk"), Min("agreed_at"))
    return [Kind(_in_pack(codes, "needs"), _in_pack(codes, "decision_points"), *rest) for codes, *rest in counted]


def _codes() -> Coalesce:
    """The codes of an insight, each behind its pack, with commas between."""
    held = InsightCode.objects.filter(insight=OuterRef("pk")).order_by().values("insight")
    together = held.annotate(together=Together(Concat("pack", Value(":"), "code"))).values("together")
    return Coalesce(Subquery(together), Value(""), output_field=TextField())


def _in_pack(codes: str, pack: str) -> tuple[str, ...]:
    pairs = (each.partition(":") for each in codes.split(",") if each)
    return tuple(code for held_in, _colon, code in pairs if held_in == pack)


def _decided(member: Member) -> Q:
    """Whether a settled decision weighed it, or weighed something that was merged into it."""
    settled = Weighing.objects.visible_to(member).exclude(decision__state=DecisionState.OPEN).values("insight")
    merged = Merge.objects.visible_to(member).filter(undone_at=None, absorbed__in=settled)
    return Q(pk__in=settled) | Q(pk__in=merged.values("kept"))
