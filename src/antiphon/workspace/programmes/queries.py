"""Reading programmes and their questions."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from antiphon.platform.errors import NoSuch
from antiphon.platform.paging import ordered
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.programmes import permissions
from antiphon.workspace.programmes.models import Programme, Question


class NoSuchProgramme(NoSuch):
    """No programme of this workspace has this id."""


class NoSuchQuestion(NoSuch):
    """No question of this workspace has this id."""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as lists show it."""

    id: UUID
    name: str
    kind: str
    indication: str
    stage: str
    stage_label: str
    function: str
    function_label: str
    sharing_labels: tuple[str, ...]
    engagement_count: int
    question_count: int
    version: int
    can_edit: bool


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as lists show it; `engagement_count` says whether it was ever asked."""

    id: UUID
    programme_id: UUID
    programme_name: str
    text: str
    decision_point: str
    decision_point_label: str
    stage: str
    function: str
    function_label: str
    need: str
    asked_by: str
    engagement_count: int


def get(member: Member, programme_id: UUID | str) -> Programme:
    """One programme of the member's workspace."""
    programme = Programme.objects.visible_to(member).filter(pk=programme_id).first()
    if programme is None:
        raise NoSuchProgramme(programme_id)
    return programme


def by_text(member: Member, programme_id: str) -> Programme:
    """One programme by an id that somebody may have typed into an address."""
    try:
        return get(member, UUID(programme_id))
    except ValueError:
        raise NoSuchProgramme(programme_id) from None


def rows(member: Member, *, order: str = "", search: str = "") -> list[ProgrammeRow]:
    """The programmes of a workspace by name, those in use first."""
    found = Programme.objects.visible_to(member).filter(retired_at=None)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(indication__icontains=search))
    return [_row(member, programme) for programme in ordered(_counted(found).order_by("name"), order)]


def row(member: Member, programme_id: UUID | str) -> ProgrammeRow:
    """One programme, as lists show it."""
    get(member, programme_id)
    return _row(member, _counted(Programme.objects.visible_to(member)).get(pk=programme_id))


def initial(programme: Programme) -> dict[str, object]:
    """What a form about this programme starts from."""
    fields = ("name", "kind", "indication", "stage", "function", "version")
    sharing = list(programme.sharing.values_list("function", flat=True))
    return {field: getattr(programme, field) for field in fields} | {"sharing": sharing}


def questions(member: Member, *, programme_id: UUID | str | None = None) -> list[QuestionRow]:
    """Questions still asked, of one programme or of all."""
    found = Question.objects.visible_to(member).filter(withdrawn_at=None)
    if programme_id:
        found = found.filter(programme_id=programme_id)
    found = found.select_related("programme", "asked_by__user").annotate(
        engagement_count=Count("asked_in", distinct=True)
    )
    return [_question(member, question) for question in found.order_by("decision_point", "created_at")]


def get_question(member: Member, question_id: UUID | str) -> Question:
    """One question of the member's workspace."""
    question = Question.objects.visible_to(member).filter(pk=question_id).first()
    if question is None:
        raise NoSuchQuestion(question_id)
    return question


def _counted(found):
    return found.prefetch_related("sharing").annotate(
        engagement_count=Count("engagements", distinct=True),
        question_count=Count("questions", filter=Q(questions__withdrawn_at=None), distinct=True),
    )


def _row(member: Member, programme: Programme) -> ProgrammeRow:
    words = vocabulary(member)
    functions, stages = words.functions, words.pack("lifecycle_stages")
    return ProgrammeRow(
        id=programme.pk,
        name=programme.name,
        kind=programme.kind,
        indication=programme.indication,
        stage=programme.stage,
        stage_label=stages.label(programme.stage),
        function=programme.function,
        function_label=functions.label(programme.function),
        sharing_labels=tuple(sorted(functions.label(shared.function) for shared in programme.sharing.all())),
        engagement_count=programme.engagement_count,
        question_count=programme.question_count,
        version=programme.version,
        can_edit=permissions.may_edit(member),
    )


def _question(member: Member, question: Question) -> QuestionRow:
    words = vocabulary(member)
    point = words.decision_points.get(question.decision_point)
    return QuestionRow(
        id=question.pk,
        programme_id=question.programme_id,
        programme_name=question.programme.name,
        text=question.text,
        decision_point=question.decision_point,
        decision_point_label=point.label,
        stage=point.stage,
        function=question.function,
        function_label=words.functions.label(question.function),
        need=question.need,
        asked_by=question.asked_by.name,
        engagement_count=question.engagement_count,
    )
