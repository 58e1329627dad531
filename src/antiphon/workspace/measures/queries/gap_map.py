"""Needs against lifecycle stages or functions: planned, asked, heard, decided, answered, silent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from uuid import UUID

from django.db.models import Count, Q

from antiphon.content import decision_points
from antiphon.platform import clock
from antiphon.platform.vocabulary.queries import Vocabulary, vocabulary
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.engagements.rules import State as EngagementState
from antiphon.workspace.insights.models import Insight
from antiphon.workspace.measures import rules
from antiphon.workspace.measures.queries.kept import Kept
from antiphon.workspace.measures.queries.kinds import Kind
from antiphon.workspace.measures.rules import Reach
from antiphon.workspace.programmes.models import Question

BY = ("stage", "function")


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
class CellRow:
    """One cell of the map as a row, with how much has come how far."""

    need: str
    need_label: str
    is_section: bool
    column: str
    column_label: str
    reach: str
    planned: int
    asked: int
    heard: int
    decided: int
    answered: int


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


# How many things reached how far: (shown need, column) to reach to their number, nothing counted twice.
Counts = dict[tuple[str, str], dict[Reach, int]]


def gap_map(
    member: Member, *, programme_id: UUID | str | None = None, by: str = "stage", detail: bool = True
) -> GapMap:
    """The map: sections, own codebooks that are used, and their categories against stages or functions."""
    found = Kept(member, clock.today()).kinds(programme_id)
    return map_of(member, found, programme_id=programme_id, by=by, detail=detail)


def map_of(
    member: Member, found: Iterable[Kind], *, programme_id: UUID | str | None = None, by: str, detail: bool
) -> GapMap:
    """The map, of insights that are counted already."""
    words = vocabulary(member)
    shown = [_shown_as(words, 0), _shown_as(words, 1)] if detail else [_shown_as(words, 0)]
    questions = _put_or_planned(member, programme_id)
    counts: Counts = {}
    asked = chain.from_iterable(_counted_questions(words, questions, by, shown_as) for shown_as in shown)
    for need, column, reach, n in chain(asked, _counted_insights(found, by, shown)):
        cell = counts.setdefault((need, column), {})
        cell[reach] = cell.get(reach, 0) + n
    columns = _columns(words, by, {column for _need, column in counts})
    codes = _rows_shown(words, {need for need, _column in counts}, detail)
    rows = [_map_row(words, code, columns, counts) for code in codes]
    leaves = [cell for row in rows if not (detail and row.is_section) for cell in row.cells]
    silent = sum(cell.reach == Reach.SILENT for cell in leaves)
    return GapMap(by, columns, tuple(rows), silent, len(leaves), tuple(_duplicates(member, programme_id)))


def cells(found: GapMap) -> list[CellRow]:
    """The map as rows, the silent cells too."""
    labels = dict(found.columns)
    reaches = [reach for reach in Reach if reach != Reach.SILENT]
    return [
        CellRow(
            row.code,
            row.label,
            row.is_section,
            cell.column,
            labels[cell.column],
            cell.reach.value,
            *(cell.counts.get(reach, 0) for reach in reaches),
        )
        for row in found.rows
        for cell in row.cells
    ]


def cell_contents(
    member: Member, *, need: str, column: str, by: str = "stage", programme_id: UUID | str | None = None
) -> CellContents:
    """The questions and insights behind a cell."""
    words = vocabulary(member)
    below = words.below(need)
    questions = [
        CellLine(question.programme_id, question.text, question.programme.name)
        for question in _questions(member, programme_id).select_related("programme")
        if question.need in below and _question_column(words, question, by) == column
    ]
    found = _insights(member, programme_id).filter(codes__pack="needs", codes__code__in=below).distinct()
    insights = [
        CellLine(insight.pk, insight.statement, insight.programme.name)
        for insight in found.prefetch_related("codes")
        if column in _insight_columns(words, insight, by)
    ]
    return CellContents(tuple(questions), tuple(insights))


def _columns(words: Vocabulary, by: str, used: set[str]) -> tuple[tuple[str, str], ...]:
    """What is offered, and what is no longer offered but used."""
    pack = words.pack("lifecycle_stages") if by == "stage" else words.functions
    return tuple((entry.id, entry.label) for entry in pack.every if pack.offers(entry.id) or entry.id in used)


def _rows_shown(words: Vocabulary, used: set[str], detail: bool) -> list[str]:
    """The shipped sections with their categories; own codebooks, and what is no longer offered, where used."""
    pack = words.needs
    depths, rows = {0, 1} if detail else {0}, []
    for top in pack.children(None) + tuple(e for e in pack.every if e.depth == 0 and not pack.offers(e.id)):
        is_own = "W" in top.provenance
        if top.id not in used and (is_own or not pack.offers(top.id)):
            continue
        under = [entry for entry in pack.every if entry.depth in depths and pack.path(entry.id)[0].id == top.id]
        rows += [entry.id for entry in under if entry.id == top.id or pack.offers(entry.id) or entry.id in used]
    return rows


def _shown_as(words: Vocabulary, depth: int) -> dict[str, str]:
    """Each need to the section (0) or the category (1) that it is shown in."""
    paths = {entry.id: words.needs.path(entry.id) for entry in words.needs.every}
    return {need: path[depth].id for need, path in paths.items() if len(path) > depth}


def _map_row(words: Vocabulary, code: str, columns: tuple[tuple[str, str], ...], counts: Counts) -> MapRow:
    cells = []
    for column, _label in columns:
        here = counts.get((code, column), {})
        cells.append(MapCell(code, column, rules.furthest(here), here))
    entry = words.needs.get(code)
    return MapRow(code, entry.label, entry.parent is None, tuple(cells))


def _questions(member: Member, programme_id: UUID | str | None):
    found = Question.objects.visible_to(member).filter(withdrawn_at=None).exclude(need="")
    return found.filter(programme_id=programme_id) if programme_id else found


def _question_column(words: Vocabulary, question: Question, by: str) -> str:
    return question.function if by == "function" else words.decision_points.get(question.decision_point).stage


def _put_or_planned(member: Member, programme_id: UUID | str | None) -> list[Question]:
    """Questions with the number of engagements that put them; one in a plan was not put to anybody yet."""
    put = Count("asked_in", filter=~Q(asked_in__engagement__state=EngagementState.PLANNED))
    return list(_questions(member, programme_id).annotate(asked_count=put))


def _counted_questions(
    words: Vocabulary, questions: list[Question], by: str, shown_as: Mapping[str, str]
) -> Iterator[tuple[str, str, Reach, int]]:
    for question in questions:
        if question.need in shown_as:
            reach = Reach.ASKED if question.asked_count else Reach.PLANNED
            yield shown_as[question.need], _question_column(words, question, by), reach, 1


def _insights(member: Member, programme_id: UUID | str | None):
    found = Insight.objects.visible_to(member).agreed().select_related("programme")
    return found.filter(programme_id=programme_id) if programme_id else found


def _insight_columns(words: Vocabulary, insight: Insight, by: str) -> set[str]:
    if by == "function":
        return {insight.programme.function}
    points = {code.code for code in insight.codes.all() if code.pack == "decision_points"}
    stages = {words.decision_points.get(point).stage or insight.programme.stage for point in points}
    return stages or {insight.programme.stage}


def _counted_insights(
    found: Iterable[Kind], by: str, shown: Sequence[Mapping[str, str]]
) -> Iterator[tuple[str, str, Reach, int]]:
    """What was heard: an insight with two needs of a section, or two points of a stage, counts once there."""
    stages = {point.id: point.stage for point in decision_points().every}
    counts: dict[tuple[str, str, Reach], int] = {}
    for kind in found:
        column, points = (kind.function, ()) if by == "function" else (kind.stage, kind.points)
        columns = {stages.get(point) or column for point in points} or {column}
        rows = {table[need] for table in shown for need in kind.needs if need in table}
        for cell in product(rows, columns, (rules.reach_of_insight(kind.decided, kind.answered),)):
            counts[cell] = counts.get(cell, 0) + kind.count
    return ((row, column, reach, n) for (row, column, reach), n in counts.items())


def _duplicates(member: Member, programme_id: UUID | str | None) -> list[Duplicate]:
    """Likely duplicates: one need, one decision point, one programme, two functions."""
    words = vocabulary(member)
    asked: dict[tuple, list[Question]] = {}
    for question in _questions(member, programme_id).order_by("created_at"):
        asked.setdefault((question.programme_id, question.decision_point, question.need), []).append(question)
    return [
        Duplicate(
            words.decision_points.label(point),
            words.needs.label(need),
            tuple((words.functions.label(question.function), question.text) for question in questions),
        )
        for (_programme, point, need), questions in asked.items()
        if len({question.function for question in questions}) > 1
    ]
