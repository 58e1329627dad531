"""Needs against lifecycle stages or functions: planned, asked, heard, decided, answered, silent."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from antiphon.content import decision_points, functions, load, needs, sections
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.decisions.models import Weighing
from antiphon.workspace.decisions.rules import State as DecisionState
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.queries.today import answered_by
from antiphon.workspace.measures.rules import Reach
from antiphon.workspace.programmes.models import Question

BY = ("stage", "function")
UNPLACED = ""


@dataclass(frozen=True, slots=True)
class MapCell:
    """One need at one stage (or for one function): how far the line has come, and how much is there."""

    need: str
    column: str
    reach: Reach
    counts: dict[Reach, int]

    @property
    def count(self) -> int:
        return self.counts.get(self.reach, 0)


@dataclass(frozen=True, slots=True)
class MapRow:
    """One need with its cells."""

    code: str
    label: str
    is_section: bool
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two functions that want to know the same, at the same decision point and of the same need."""

    decision_point_label: str
    need_label: str
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GapMap:
    """The whole map of a programme, or of all programmes."""

    by: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[MapRow, ...]
    silent_count: int
    cell_count: int
    duplicates: tuple[Duplicate, ...]


@dataclass(frozen=True, slots=True)
class CellLine:
    """One thing behind a cell: an insight, or a question with its programme's id."""

    id: UUID
    text: str
    programme_name: str


@dataclass(frozen=True, slots=True)
class CellContents:
    """What stands behind a cell."""

    questions: tuple[CellLine, ...]
    insights: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """So many things reached this far, of a need, at a column."""

    need: str
    column: str
    reach: Reach
    count: int


def gap_map(
    member: Member, *, programme_id: UUID | str | None = None, by: str = "stage", detail: bool = True
) -> GapMap:
    """The map: sections and their categories against stages or functions."""
    facts = [*_question_facts(member, programme_id, by), *_insight_facts(member, programme_id, by)]
    columns = _columns(by)
    rows = []
    for section in sections():
        codes = (
            [section.id, *(child.id for child in needs().children(section.id))] if detail else [section.id]
        )
        rows += [_map_row(code, columns, facts) for code in codes]
    leaves = [cell for row in rows if not (detail and row.is_section) for cell in row.cells]
    silent = sum(cell.reach == Reach.SILENT for cell in leaves)
    return GapMap(by, columns, tuple(rows), silent, len(leaves), tuple(_duplicates(member, programme_id)))


def cell_contents(
    member: Member, *, need: str, column: str, by: str = "stage", programme_id: UUID | str | None = None
) -> CellContents:
    """The questions and insights behind a cell."""
    below = _below(need)
    questions = [
        CellLine(question.programme_id, question.text, question.programme.name)
        for question in _questions(member, programme_id).select_related("programme")
        if question.need in below and _question_column(question, by) == column
    ]
    found = _insights(member, programme_id).filter(codes__pack="needs", codes__code__in=below).distinct()
    insights = [
        CellLine(insight.pk, insight.statement, insight.programme.name)
        for insight in found.prefetch_related("codes")
        if column in _insight_columns(insight, by)
    ]
    return CellContents(tuple(questions), tuple(insights))


def _columns(by: str) -> tuple[tuple[str, str], ...]:
    pack = load("lifecycle_stages") if by == "stage" else functions()
    return tuple((entry.id, entry.label) for entry in pack.entries)


def _below(need: str) -> set[str]:
    """A need with everything under it."""
    found, front = {need}, [need]
    while front:
        children = [child.id for child in needs().children(front.pop())]
        found.update(children)
        front += children
    return found


def _map_row(code: str, columns: tuple[tuple[str, str], ...], facts: list[Fact]) -> MapRow:
    below = _below(code)
    cells = []
    for column, _label in columns:
        counts: Counter[Reach] = Counter()
        for fact in facts:
            if fact.column == column and fact.need in below:
                counts[fact.reach] += fact.count
        cells.append(MapCell(code, column, rules.furthest(counts), dict(counts)))
    entry = needs().get(code)
    return MapRow(code, entry.label, entry.parent is None, tuple(cells))


def _questions(member: Member, programme_id: UUID | str | None):
    found = Question.objects.visible_to(member).filter(withdrawn_at=None).exclude(need="")
    return found.filter(programme_id=programme_id) if programme_id else found


def _question_column(question: Question, by: str) -> str:
    return question.function if by == "function" else decision_points().get(question.decision_point).stage


def _question_facts(member: Member, programme_id: UUID | str | None, by: str) -> list[Fact]:
    found = _questions(member, programme_id).annotate(asked_count=Count("asked_in"))
    grouped: Counter[tuple[str, str, Reach]] = Counter()
    for question in found:
        reach = Reach.ASKED if question.asked_count else Reach.PLANNED
        grouped[question.need, _question_column(question, by), reach] += 1
    return [Fact(*key, count) for key, count in grouped.items()]


def _insights(member: Member, programme_id: UUID | str | None):
    found = Insight.objects.visible_to(member).agreed().select_related("programme")
    return found.filter(programme_id=programme_id) if programme_id else found


def _insight_columns(insight: Insight, by: str) -> set[str]:
    if by == "function":
        return {insight.programme.function}
    points = {code.code for code in insight.codes.all() if code.pack == "decision_points"}
    return {decision_points().get(point).stage for point in points} or {insight.programme.stage}


def _insight_facts(member: Member, programme_id: UUID | str | None, by: str) -> list[Fact]:
    settled = Weighing.objects.filter(insight_id=OuterRef("pk")).exclude(decision__state=DecisionState.OPEN)
    found = _insights(member, programme_id).filter(codes__pack="needs")
    found = found.annotate(decided=Exists(settled), answered=answered_by())
    points = Q(codes__pack="decision_points")
    placed = (
        found.filter(pk__in=Insight.objects.filter(points).values("pk")) if by == "stage" else found.none()
    )
    unplaced = found.exclude(pk__in=Insight.objects.filter(points).values("pk")) if by == "stage" else found
    default = "programme__stage" if by == "stage" else "programme__function"
    facts: Counter[tuple[str, str, Reach]] = Counter()
    for row in unplaced.values("codes__code", default, "decided", "answered").annotate(
        n=Count("pk", distinct=True)
    ):
        reach = rules.reach_of_insight(row["decided"], row["answered"])
        facts[row["codes__code"], row[default], reach] += row["n"]
    for (need, stage, reach), n in _placed(placed).items():
        facts[need, stage, reach] += n
    return [Fact(*key, count) for key, count in facts.items()]


def _placed(found) -> Counter[tuple[str, str, Reach]]:
    """Insights at decision points; one at two points of a stage counts once there."""
    reached = {
        pk: rules.reach_of_insight(d, a) for pk, d, a in found.values_list("pk", "decided", "answered")
    }
    codes = Insight.codes.rel.related_model.objects.filter(insight_id__in=list(reached))
    of: dict[UUID, dict[str, set[str]]] = {}
    for insight_id, pack, code in codes.values_list("insight_id", "pack", "code"):
        of.setdefault(insight_id, {}).setdefault(pack, set()).add(code)
    facts: Counter[tuple[str, str, Reach]] = Counter()
    for insight_id, packs in of.items():
        stages = {decision_points().get(point).stage for point in packs.get("decision_points", ())}
        for need in packs.get("needs", ()):
            for stage in stages:
                facts[need, stage, reached[insight_id]] += 1
    return facts


def _duplicates(member: Member, programme_id: UUID | str | None) -> list[Duplicate]:
    """Likely duplicates: one need, one decision point, one programme, two functions."""
    asked: dict[tuple, list[Question]] = {}
    for question in _questions(member, programme_id).order_by("created_at"):
        asked.setdefault((question.programme_id, question.decision_point, question.need), []).append(question)
    return [
        Duplicate(
            decision_points().label(point),
            needs().label(need),
            tuple((functions().label(question.function), question.text) for question in questions),
        )
        for (_programme, point, need), questions in asked.items()
        if len({question.function for question in questions}) > 1
    ]
