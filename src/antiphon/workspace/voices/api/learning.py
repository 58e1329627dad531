"""How well it listens, and what a workspace taught it, for programs."""

from uuid import UUID

from django.http import HttpRequest

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import shape
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.exports import CODE_FITS, FIGURES

router = FeatureRouter("listening")
LearnedModel = shape(queries.LearnedRow, "LearnedModel")
Learning = shape(queries.Learning, "Learning")
Figure = shape(queries.FigureRow, "ListeningFigure")


@router.reads("/listening/figures", list[Figure])
def list_figures(request: HttpRequest):
    """Every figure as measured on the evaluation that ships: value, interval, cost, aim, date, version."""
    return queries.figure_rows()


@router.exports("/listening/figures/export", "listening-figures", FIGURES)
def export_figures(request: HttpRequest):
    """The figures as a file, a row each; it is on the trail, as on the pages."""
    return queries.figure_rows()


@router.reads("/learning", Learning)
def get_learning(request: HttpRequest):
    """What is in use, how good it is code by code on passages not seen, and when it learns anew."""
    return queries.learning(request.member)


@router.exports("/learning/codes/export", "learned-codes", CODE_FITS)
def export_learned_codes(request: HttpRequest):
    """How well each code is heard, as a file; it is on the trail, as on the pages."""
    return queries.learning(request.member).codes


@router.does("/learning/start", Learning)
def learn(request: HttpRequest):
    """Begin to learn from what people of the workspace have read; `is_learning` tells when it is done."""
    actions.learn(by=request.member)
    return queries.learning(request.member)


@router.does("/learning/lay-aside", Learning)
def lay_aside(request: HttpRequest):
    """Do without what was learned here; the engine that ships goes on suggesting."""
    actions.lay_aside(by=request.member)
    return queries.learning(request.member)


@router.does("/learning/models/{uuid:model_id}/use", LearnedModel)
def use_model(request: HttpRequest, model_id: UUID):
    """Put back what was learned before; its suggestions come to the passages nobody has read."""
    actions.use_model(by=request.member, model_id=model_id)
    return queries.get_learned(request.member, model_id)
