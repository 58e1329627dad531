"""Everything on a stretch of the line, read once; a fixed number of queries, however many voices."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from antiphon.platform.workspaces.models import Member
from antiphon.workspace.answers.models import Answer, Card
from antiphon.workspace.decisions.models import Change, Decision, Weighing
from antiphon.workspace.insights.models import Insight, Merge, Support
from antiphon.workspace.measures.queries.stretch import STRETCHES
from antiphon.workspace.voices.models import Coding, Voice


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of a stretch and what joins them."""

    title: str
    kind: str
    voices: list[Voice]
    insights: list[Insight]
    supports: list[Support]
    merges: list[Merge]
    decisions: list[Decision]
    weighings: list[Weighing]
    changes: list[Change]
    answers: list[Answer]


def told(member: Member, kind: str, thing_id: object) -> Told:
    """All of it: every voice, not only those that a page can draw."""
    of = STRETCHES[kind](member, thing_id)
    codings = Coding.objects.filter(withdrawn_at=None).select_related("coded_by", "suggestion").order_by("pk")
    spoken = of.voices.select_related("engagement", "intake__brought_by").order_by("created_at", "pk")
    answers = of.answers.select_related("engagement", "approved_by", "given_by", "drafted_by").distinct()
    cards = Prefetch("cards", Card.objects.order_by("place", "pk"))
    found, decided = of.insights.values("pk"), of.decisions.values("pk")
    merges = Merge.objects.visible_to(member).filter(undone_at=None, kept__in=found, absorbed__in=found)
    supports = Support.objects.filter(insight__in=found, voice__in=of.voices.values("pk"))
    return Told(
        title=of.title,
        kind=kind,
        voices=list(spoken.prefetch_related(Prefetch("codings", codings, to_attr="kept_codings"))),
        insights=list(_people(of.insights, "stated_by", "agreed_by")),
        supports=list(supports.select_related("insight", "voice").order_by("pk")),
        merges=list(_people(merges, "merged_by")),
        decisions=list(_people(of.decisions, "owner", "closed_by")),
        weighings=list(_people(Weighing.objects.filter(decision__in=decided, insight__in=found), "weighed_by")),
        changes=list(_people(Change.objects.filter(decision__in=decided), "recorded_by")),
        answers=list(answers.prefetch_related(cards).order_by("created_at", "pk")),
    )


def _people(found, *names: str):
    return found.select_related(*names).distinct().order_by("created_at", "pk")


def moment(at: object) -> str | None:
    """A moment as files say it."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
