"""Decisions for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from antiphon.platform.api.routing import FeatureRouter, owner
from antiphon.platform.api.shapes import Day, Number, Paged, Version, chosen, paged, shape, words
from antiphon.workspace.decisions import actions, queries
from antiphon.workspace.decisions.exports import DECISIONS
from antiphon.workspace.decisions.rules import SHORTEST_REASON, State
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.programmes import queries as programmes

router = FeatureRouter("decisions")
Decision = shape(queries.DecisionRow, "Decision")
DecisionRecord = shape(queries.DecisionRecord, "DecisionRecord")
Insights = Annotated[list[UUID], Field(max_length=200)]


class Wanted(Schema):
    """Which decisions."""

    programme_id: UUID | None = None
    state: chosen(["", *State]) = ""
    function: words(20) = ""
    search: words(200) = ""

    def asked(self) -> dict[str, str]:
        """The same as the register asks for it."""
        told = self.dict()
        return told | {"programme": str(told.pop("programme_id") or "")}


class DecisionIn(Schema):
    """A question, its decision point, its owner and its date."""

    programme_id: UUID
    question: words(300, 1)
    decision_point: words(20)
    function: words(20)
    owner_id: UUID | None = None
    due_date: Day
    insights: Insights = []


class DecisionNew(Schema):
    """What is to change in the version that was read; what is left out stays."""

    version: Version
    question: words(300, 1) | None = None
    outcome: words(2_000) | None = None
    due_date: Day | None = None
    owner_id: UUID | None = None


class ToWeigh(Schema):
    """Agreed insights."""

    insights: Insights


class Settled(Schema):
    """What is done with an insight, and why."""

    disposition: words(40, 1)
    reason: words(2_000, SHORTEST_REASON)
    version: Version


class OptionIn(Schema):
    """One way the decision could go."""

    text: words(300, 1)


class Anew(Schema):
    """Why a question is decided anew, and until when."""

    reason: words(1_000, 1)
    due_date: Day


class ChangeIn(Schema):
    """What became different, how one can see it, since when."""

    what: words(300, 1)
    evidence: words(2_000, 1)
    happened_date: Day


@router.reads("/decisions", Paged[Decision])
def list_decisions(request: HttpRequest, wanted: Query[Wanted], page: Number = 1):
    """Decisions: the open ones by due date, then the closed ones."""
    return paged(queries.page(request.member, number=page, **wanted.asked()))


@router.exports("/decisions/export", DECISIONS.what, DECISIONS.columns)
def export_decisions(request: HttpRequest, wanted: Query[Wanted]):
    """Decisions as a file, a row each; it is on the trail, as on the pages."""
    return queries.rows(request.member, **wanted.asked())


@router.makes("/decisions", DecisionRecord)
def open_decision(request: HttpRequest, body: DecisionIn):
    """Put a question up for decision."""
    told = body.dict()
    told["programme"] = programmes.get(request.member, told.pop("programme_id"))
    told["owner"] = owner(request, told.pop("owner_id"))
    told["insights"] = [insights.get(request.member, insight_id) for insight_id in told["insights"]]
    made = actions.open_decision(by=request.member, **told)
    return queries.record(request.member, made.pk)


@router.reads("/decisions/{uuid:decision_id}", DecisionRecord)
def get_decision(request: HttpRequest, decision_id: UUID):
    """A decision with all that stands on it."""
    return queries.record(request.member, decision_id)


@router.words("/decisions/{uuid:decision_id}", DecisionRecord)
def edit_decision(request: HttpRequest, decision_id: UUID, body: DecisionNew):
    """Change an open decision, or write down its outcome."""
    decision = queries.get(request.member, decision_id)
    new = {name: value for name, value in body.dict().items() if value is not None}
    if "owner_id" in new:
        new["owner"] = owner(request, new.pop("owner_id"))
    actions.edit(by=request.member, decision=decision, **new)
    return queries.record(request.member, decision_id)


@router.does("/decisions/{uuid:decision_id}/weighings", DecisionRecord)
def weigh(request: HttpRequest, decision_id: UUID, body: ToWeigh):
    """Put agreed insights on the scales."""
    decision = queries.get(request.member, decision_id)
    found = [insights.get(request.member, insight_id) for insight_id in body.insights]
    actions.weigh(by=request.member, decision=decision, insights=found)
    return queries.record(request.member, decision_id)


@router.words("/weighings/{uuid:weighing_id}", DecisionRecord)
def weigh_up(request: HttpRequest, weighing_id: UUID, body: Settled):
    """Say what is done with an insight, and why."""
    weighing = queries.get_weighing(request.member, weighing_id)
    actions.weigh_up(by=request.member, weighing=weighing, **body.dict())
    return queries.record(request.member, weighing.decision_id)


@router.does("/weighings/{uuid:weighing_id}/take-off", DecisionRecord)
def unweigh(request: HttpRequest, weighing_id: UUID):
    """Take an insight off the scales of an open decision."""
    weighing = queries.get_weighing(request.member, weighing_id)
    return queries.record(request.member, actions.unweigh(by=request.member, weighing=weighing))


@router.does("/decisions/{uuid:decision_id}/options", DecisionRecord)
def add_option(request: HttpRequest, decision_id: UUID, body: OptionIn):
    """Write down one way the decision could go."""
    actions.add_option(by=request.member, decision=queries.get(request.member, decision_id), text=body.text)
    return queries.record(request.member, decision_id)


@router.does("/options/{uuid:option_id}/choose", DecisionRecord)
def choose_option(request: HttpRequest, option_id: UUID):
    """Choose an option."""
    option = queries.get_option(request.member, option_id)
    actions.choose_option(by=request.member, option=option)
    return queries.record(request.member, option.decision_id)


@router.does("/decisions/{uuid:decision_id}/close", DecisionRecord)
def close(request: HttpRequest, decision_id: UUID):
    """Close a decision, or hear what it still lacks."""
    actions.close(by=request.member, decision=queries.get(request.member, decision_id))
    return queries.record(request.member, decision_id)


@router.makes("/decisions/{uuid:decision_id}/supersede", DecisionRecord)
def supersede(request: HttpRequest, decision_id: UUID, body: Anew):
    """Decide a question anew: the new decision; the old one stays as it was."""
    old = queries.get(request.member, decision_id)
    return queries.record(request.member, actions.supersede(by=request.member, decision=old, **body.dict()).pk)


@router.does("/decisions/{uuid:decision_id}/changes", DecisionRecord)
def record_change(request: HttpRequest, decision_id: UUID, body: ChangeIn):
    """Record what became different because of a closed decision."""
    decision = queries.get(request.member, decision_id)
    actions.record_change(by=request.member, decision=decision, **body.dict())
    return queries.record(request.member, decision_id)
