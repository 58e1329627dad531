"""Today, the map and the trail for programs."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import chosen, shape
from antiphon.platform.exports.tables import FORMATS
from antiphon.workspace.measures import actions, queries
from antiphon.workspace.measures.exports import CELLS
from antiphon.workspace.programmes import queries as programmes

router = FeatureRouter("measures")
Today = shape(queries.Today, "Today")
GapMap = shape(queries.GapMap, "GapMap")
Trail = shape(queries.Trail, "Trail")
# W3C PROV is JSON, too, and stands first: it is what a trail is for.
TRAIL_FILES = ("prov", *FORMATS)


@router.reads("/today", Today)
def today(request: HttpRequest):
    """What waits for an answer, what is due, how well answers are given."""
    return queries.today(request.member)


@router.reads("/map", GapMap)
def gap_map(request: HttpRequest, programme_id: UUID | None = None, by: Literal["stage", "function"] = "stage"):
    """Needs against lifecycle stages or functions: how far the line has come in each cell."""
    return queries.gap_map(request.member, programme_id=_known(request, programme_id), by=by)


@router.exports("/map/export", "map", CELLS)
def export_gap_map(request: HttpRequest, programme_id: UUID | None = None, by: Literal["stage", "function"] = "stage"):
    """The map as a file, a row for each cell, the silent ones too; it is on the trail, as on the pages."""
    found = queries.gap_map(request.member, programme_id=_known(request, programme_id), by=by)
    return queries.cells(found)


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


@router.files("/voices/{uuid:voice_id}/trail/export", TRAIL_FILES)
def export_trail_of_voice(request: HttpRequest, voice_id: UUID, kind: chosen(TRAIL_FILES) = "prov"):
    """Everything on the trail of a passage as a file: W3C PROV, or a row for each step."""
    return _trail(request, "voice", voice_id, kind)


@router.files("/insights/{uuid:insight_id}/trail/export", TRAIL_FILES)
def export_trail_of_insight(request: HttpRequest, insight_id: UUID, kind: chosen(TRAIL_FILES) = "prov"):
    """Everything on the trail of an insight as a file: W3C PROV, or a row for each step."""
    return _trail(request, "insight", insight_id, kind)


@router.files("/decisions/{uuid:decision_id}/trail/export", TRAIL_FILES)
def export_trail_of_decision(request: HttpRequest, decision_id: UUID, kind: chosen(TRAIL_FILES) = "prov"):
    """Everything on the trail of a decision as a file: W3C PROV, or a row for each step."""
    return _trail(request, "decision", decision_id, kind)


def _known(request: HttpRequest, programme_id: UUID | None) -> UUID | None:
    return programmes.get(request.member, programme_id).pk if programme_id else None


def _trail(request: HttpRequest, of: str, thing_id: UUID, kind: str) -> HttpResponse:
    taken = actions.take_trail(by=request.member, kind=of, thing_id=thing_id, form=kind)
    return HttpResponse(taken.content, content_type=taken.content_type)
