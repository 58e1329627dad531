"""Insights for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from antiphon.platform.api.routing import FeatureRouter, owner
from antiphon.platform.api.shapes import Number, Paged, Version, chosen, codes, paged, shape, words
from antiphon.workspace.insights import actions, queries, rules
from antiphon.workspace.insights.exports import INSIGHTS
from antiphon.workspace.insights.rules import Stance, State, Strength
from antiphon.workspace.programmes import queries as programmes

router = FeatureRouter("insights")
Insight = shape(queries.InsightRow, "Insight")
InsightRecord = shape(queries.InsightRecord, "InsightRecord")
Similar = shape(queries.SimilarRow, "SimilarInsight")
Comparison = shape(queries.Comparison, "Comparison")


class Wanted(Schema):
    """Which insights: `waiting` are those that no answer told back yet."""

    programme_id: UUID | None = None
    state: chosen(["", *State]) = ""
    need: words(40) = ""
    owner_id: UUID | None = None
    waiting: bool = False
    search: words(200) = ""

    def asked(self) -> dict[str, object]:
        """The same as the register asks for it."""
        told = self.dict()
        ids = {name: str(told.pop(f"{name}_id") or "") for name in ("programme", "owner")}
        return told | ids


class InsightWords(Schema):
    """A sentence, how strong it is, and what it speaks of."""

    statement: words(rules.LONGEST_STATEMENT, rules.SHORTEST_STATEMENT)
    strength: chosen(Strength)
    dissent: words(400) = ""
    owner_id: UUID | None = None
    needs: codes() = []
    decision_points: codes() = []
    groups: codes() = []


class InsightIn(InsightWords):
    """A new insight and the passages it rests on."""

    programme_id: UUID
    voices: Annotated[list[UUID], Field(max_length=500)] = []


class InsightNew(InsightWords):
    """New words for the version that was read: if somebody else was faster, nothing is overwritten."""

    version: Version


class Reason(Schema):
    """Why."""

    reason: words(300)


class Resting(Schema):
    """A passage, and whether it speaks for the insight or against it."""

    voice_id: UUID
    stance: chosen(Stance) = Stance.SUPPORTS.value


class MergeIn(Schema):
    """The insight that goes into this one, why, and what a person judges of both."""

    absorbed_id: UUID
    reason: words(rules.LONGEST_REASON, rules.SHORTEST_REASON)
    strength: chosen(Strength)
    dissent: words(rules.LONGEST_DISSENT) = ""


class Unmerged(Schema):
    """An insight of its own again, and the one it had gone into, which may be a draft now."""

    insight: InsightRecord
    kept: InsightRecord
    kept_is_draft: bool


@router.reads("/insights", Paged[Insight])
def list_insights(request: HttpRequest, wanted: Query[Wanted], page: Number = 1):
    """Insights, the latest first; `need` also finds what stands under it."""
    return paged(queries.page(request.member, number=page, **wanted.asked()))


@router.exports("/insights/export", INSIGHTS.what, INSIGHTS.columns)
def export_insights(request: HttpRequest, wanted: Query[Wanted]):
    """Insights as a file, a row each; it is on the trail, as on the pages."""
    return queries.rows(request.member, **wanted.asked())


@router.reads("/insights/similar", list[Similar])
def similar_insights(request: HttpRequest, statement: words(400, 1), programme_id: UUID | None = None):
    """What says nearly the same already."""
    programme = programmes.get(request.member, programme_id).pk if programme_id else ""
    return queries.similar(request.member, statement, programme=programme)


@router.makes("/insights", InsightRecord)
def state_insight(request: HttpRequest, body: InsightIn):
    """State an insight: a sentence that rests on passages."""
    told = body.dict()
    programme, owned = programmes.get(request.member, told.pop("programme_id")), owner(request, told.pop("owner_id"))
    made = actions.state(by=request.member, programme=programme, owner=owned, **told)
    return queries.record(request.member, made.pk)


@router.reads("/insights/{uuid:insight_id}", InsightRecord)
def get_insight(request: HttpRequest, insight_id: UUID):
    """An insight with the passages it rests on and what it still lacks."""
    return queries.record(request.member, insight_id)


@router.words("/insights/{uuid:insight_id}", InsightRecord)
def edit_insight(request: HttpRequest, insight_id: UUID, body: InsightNew):
    """Word an insight anew."""
    insight, told = queries.get(request.member, insight_id), body.dict()
    actions.edit(by=request.member, insight=insight, owner=owner(request, told.pop("owner_id")), **told)
    return queries.record(request.member, insight_id)


@router.does("/insights/{uuid:insight_id}/agree", InsightRecord)
def agree(request: HttpRequest, insight_id: UUID):
    """Agree that an insight holds, so that decisions may rest on it."""
    actions.agree(by=request.member, insight=queries.get(request.member, insight_id))
    return queries.record(request.member, insight_id)


@router.does("/insights/{uuid:insight_id}/set-aside", InsightRecord)
def set_aside(request: HttpRequest, insight_id: UUID, body: Reason):
    """Set an insight aside, with a reason."""
    actions.set_aside(by=request.member, insight=queries.get(request.member, insight_id), reason=body.reason)
    return queries.record(request.member, insight_id)


@router.does("/insights/{uuid:insight_id}/reopen", InsightRecord)
def reopen(request: HttpRequest, insight_id: UUID):
    """Make an insight a draft again."""
    actions.reopen(by=request.member, insight=queries.get(request.member, insight_id))
    return queries.record(request.member, insight_id)


@router.does("/insights/{uuid:insight_id}/voices", InsightRecord)
def add_voice(request: HttpRequest, insight_id: UUID, body: Resting):
    """Let an insight rest on a passage, or put a passage against it."""
    insight = queries.get(request.member, insight_id)
    actions.add_voice(by=request.member, insight=insight, voice_id=body.voice_id, stance=body.stance)
    return queries.record(request.member, insight_id)


@router.does("/insights/{uuid:insight_id}/voices/{uuid:voice_id}/remove", InsightRecord)
def remove_voice(request: HttpRequest, insight_id: UUID, voice_id: UUID):
    """Take a passage away from an insight; the passage itself stays."""
    actions.remove_voice(by=request.member, insight=queries.get(request.member, insight_id), voice_id=voice_id)
    return queries.record(request.member, insight_id)


@router.reads("/insights/{uuid:insight_id}/to-merge-with", list[Insight])
def to_merge_with(request: HttpRequest, insight_id: UUID, search: words(200) = ""):
    """Insights of the same programme that may say the same: the most alike, or those with the words sought."""
    actions.check_may_merge(request.member)
    return queries.to_merge_with(request.member, insight_id, search)


@router.reads("/insights/{uuid:insight_id}/compare", Comparison)
def compare(request: HttpRequest, insight_id: UUID, other_id: UUID):
    """Two insights side by side: which of them may stay, and a suggestion for what a person judges."""
    actions.check_may_merge(request.member)
    return queries.comparison(request.member, insight_id, other_id)


@router.does("/insights/{uuid:insight_id}/merge", InsightRecord)
def merge(request: HttpRequest, insight_id: UUID, body: MergeIn):
    """Take another insight that says the same into this one; nothing is lost, and it can be undone."""
    told = body.dict()
    kept = queries.get(request.member, insight_id)
    absorbed = queries.get(request.member, told.pop("absorbed_id"))
    actions.merge(by=request.member, kept=kept, absorbed=absorbed, **told)
    return queries.record(request.member, insight_id)


@router.does("/insights/{uuid:insight_id}/unmerge", Unmerged)
def unmerge(request: HttpRequest, insight_id: UUID):
    """Give an insight that was taken into another one back as it was."""
    back = actions.unmerge(by=request.member, insight=queries.get(request.member, insight_id))
    both = {"insight": back.insight, "kept": back.kept}
    told = {name: queries.record(request.member, each.pk) for name, each in both.items()}
    return told | {"kept_is_draft": back.kept_is_draft}
