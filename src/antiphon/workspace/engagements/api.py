"""Engagements for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Day, Number, Paged, Version, chosen, codes, paged, shape, words
from antiphon.workspace.engagements import actions, queries
from antiphon.workspace.engagements.exports import ENGAGEMENTS
from antiphon.workspace.engagements.rules import State
from antiphon.workspace.programmes import queries as programmes

router = FeatureRouter("engagements")
Engagement = shape(queries.EngagementRow, "Engagement")
EngagementRecord = shape(queries.EngagementRecord, "EngagementRecord")


class Wanted(Schema):
    """Which engagements."""

    programme_id: UUID | None = None
    state: chosen(["", *State]) = ""
    search: words(200) = ""

    def asked(self) -> dict[str, str]:
        """The same as the register asks for it."""
        told = self.dict()
        return told | {"programme": str(told.pop("programme_id") or "")}


class EngagementPlan(Schema):
    """With whom, when and what for."""

    name: words(160, 1)
    kind: words(40)
    purpose: words(2_000, 1)
    starts_date: Day
    ends_date: Day | None = None
    functions: codes(20) = []
    questions: list[UUID] = []


class EngagementNew(EngagementPlan):
    """A new plan for the version that was read."""

    version: Version


class EngagementIn(EngagementPlan):
    """An engagement of a programme."""

    programme_id: UUID


class Held(Schema):
    """When it ended and who took part, in groups."""

    ends_date: Day
    groups: codes()
    people: Annotated[int, Field(ge=0, le=100_000)] | None = None


@router.reads("/engagements", Paged[Engagement])
def list_engagements(request: HttpRequest, wanted: Query[Wanted], page: Number = 1):
    """Engagements, the latest first."""
    return paged(queries.page(request.member, number=page, **wanted.asked()))


@router.exports("/engagements/export", ENGAGEMENTS.what, ENGAGEMENTS.columns)
def export_engagements(request: HttpRequest, wanted: Query[Wanted]):
    """Engagements as a file, a row each; it is on the trail, as on the pages."""
    return queries.rows(request.member, **wanted.asked())


@router.makes("/engagements", EngagementRecord)
def plan_engagement(request: HttpRequest, body: EngagementIn):
    """Plan an engagement."""
    plan = body.dict()
    programme = programmes.get(request.member, plan.pop("programme_id"))
    made = actions.plan(by=request.member, programme=programme, **plan)
    return queries.record(request.member, made.pk)


@router.reads("/engagements/{uuid:engagement_id}", EngagementRecord)
def get_engagement(request: HttpRequest, engagement_id: UUID):
    """An engagement, what it asked, what it owes."""
    return queries.record(request.member, engagement_id)


@router.words("/engagements/{uuid:engagement_id}", EngagementRecord)
def edit_engagement(request: HttpRequest, engagement_id: UUID, body: EngagementNew):
    """Change the plan of an engagement."""
    engagement = queries.get(request.member, engagement_id)
    actions.edit(by=request.member, engagement=engagement, **body.dict())
    return queries.record(request.member, engagement_id)


@router.does("/engagements/{uuid:engagement_id}/hold", EngagementRecord)
def hold_engagement(request: HttpRequest, engagement_id: UUID, body: Held):
    """Say that it took place, and with whom: from now on its clocks run."""
    actions.hold(by=request.member, engagement=queries.get(request.member, engagement_id), **body.dict())
    return queries.record(request.member, engagement_id)


@router.does("/courtesies/{uuid:courtesy_id}/done", EngagementRecord)
def courtesy_done(request: HttpRequest, courtesy_id: UUID):
    """Say that thanks were said, or a holding reply was sent."""
    courtesy = queries.get_courtesy(request.member, courtesy_id)
    actions.do_courtesy(by=request.member, courtesy=courtesy)
    return queries.record(request.member, courtesy.engagement_id)
