"""Programmes and questions for programs."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Version, chosen, codes, shape, words
from antiphon.workspace.programmes import actions, queries
from antiphon.workspace.programmes.exports import PROGRAMMES
from antiphon.workspace.programmes.rules import Kind

router = FeatureRouter("programmes")
Programme = shape(queries.ProgrammeRow, "Programme")
Question = shape(queries.QuestionRow, "Question")


class ProgrammeIn(Schema):
    """What a programme is and where it stands."""

    name: words(120, 1)
    kind: chosen(Kind)
    stage: words(40)
    function: words(20)
    indication: words(200) = ""
    sharing: codes() = []


class ProgrammeNew(ProgrammeIn):
    """New words for the version that was read."""

    version: Version


class QuestionIn(Schema):
    """A question at a decision point."""

    text: words(300, 10)
    decision_point: words(20)
    function: words(20)
    need: words(20) = ""


@router.reads("/programmes", list[Programme])
def list_programmes(request: HttpRequest, search: words(200) = ""):
    """The programmes in use, by name."""
    return queries.rows(request.member, search=search)


@router.exports("/programmes/export", PROGRAMMES.what, PROGRAMMES.columns)
def export_programmes(request: HttpRequest, search: words(200) = ""):
    """The programmes in use as a file, a row each; it is on the trail, as on the pages."""
    return queries.rows(request.member, search=search)


@router.makes("/programmes", Programme)
def open_programme(request: HttpRequest, body: ProgrammeIn):
    """Open a programme: an asset or a disease area."""
    made = actions.open_programme(by=request.member, **body.dict())
    return queries.row(request.member, made.pk)


@router.reads("/programmes/{uuid:programme_id}", Programme)
def get_programme(request: HttpRequest, programme_id: UUID):
    """One programme."""
    return queries.row(request.member, programme_id)


@router.words("/programmes/{uuid:programme_id}", Programme)
def edit_programme(request: HttpRequest, programme_id: UUID, body: ProgrammeNew):
    """Change what a programme is called and where it stands."""
    programme = queries.get(request.member, programme_id)
    actions.edit_programme(by=request.member, programme=programme, **body.dict())
    return queries.row(request.member, programme_id)


@router.reads("/questions", list[Question])
def list_questions(request: HttpRequest, programme_id: UUID | None = None):
    """The questions still asked, of one programme or of all."""
    return queries.questions(request.member, programme_id=programme_id)


@router.makes("/programmes/{uuid:programme_id}/questions", Question)
def ask(request: HttpRequest, programme_id: UUID, body: QuestionIn):
    """Ask a question on behalf of a function, at a decision point."""
    programme = queries.get(request.member, programme_id)
    made = actions.ask(by=request.member, programme=programme, **body.dict())
    return next(row for row in queries.questions(request.member, programme_id=programme_id) if row.id == made.pk)


@router.does("/questions/{uuid:question_id}/withdraw", list[Question])
def withdraw_question(request: HttpRequest, question_id: UUID):
    """Take back a question that nobody has been asked yet; the questions that remain."""
    question = queries.get_question(request.member, question_id)
    actions.withdraw_question(by=request.member, question=question)
    return queries.questions(request.member, programme_id=question.programme_id)
