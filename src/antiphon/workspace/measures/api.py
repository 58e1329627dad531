"""Today, the map and the trail for programs."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import shape
from antiphon.workspace.measures import queries
from antiphon.workspace.programmes import queries as programmes

router = FeatureRouter("measures")
Today = shape(queries.Today, "Today")
GapMap = shape(queries.GapMap, "GapMap")
Trail = shape(queries.Trail, "Trail")


@router.reads("/today", Today)
def today(request: HttpRequest):
    """What waits for an answer, what is due, how well answers are given."""
    return queries.today(request.member)


@router.reads("/map", GapMap)
def gap_map(request: HttpRequest, programme_id: UUID | None = None, by: Literal["stage", "function"] = "stage"):
    """Needs against lifecycle stages or functions: how far the line has come in each cell."""
    programme = programmes.get(request.member, programme_id).pk if programme_id else None
    return queries.gap_map(request.member, programme_id=programme, by=by)


@router.reads("/voices/{uuid:voice_id}/trail", Trail)
def trail_of_voice(request: HttpRequest, voice_id: UUID):
    """What one person's words changed."""
    return queries.trail_of_voice(request.member, voice_id)


@router.reads("/insights/{uuid:insight_id}/trail", Trail)
def trail_of_insight(request: HttpRequest, insight_id: UUID):
    """What an insight rests on, and what became of it."""
    return queries.trail_of_insight(request.member, insight_id)


@router.reads("/decisions/{uuid:decision_id}/trail", Trail)
def trail_of_decision(request: HttpRequest, decision_id: UUID):
    """Whose words stand behind a decision, and what they were told."""
    return queries.trail_of_decision(request.member, decision_id)
