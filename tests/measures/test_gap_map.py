"""The map against a slow twin: every cell in both views, and what stands behind it."""

import random

import pytest

from antiphon.content import decision_points, functions, load, needs
from antiphon.platform.vocabulary.queries import vocabulary
from antiphon.workspace.engagements.models import AskedQuestion
from antiphon.workspace.insights.models import Insight, InsightCode
from antiphon.workspace.measures import queries
from antiphon.workspace.measures.rules import ORDER, Reach
from antiphon.workspace.programmes.models import Question
from tests.cast import answer, closed_decision, decision, engagement, insight, programme, question

BY = ["stage", "function"]


def coded(one, *codes):
    one.codes.all().delete()
    for code in codes:
        pack = "decision_points" if code.startswith("DP") else "needs"
        InsightCode.objects.create(workspace=one.workspace, insight=one, pack=pack, code=code)
    return one


def ask(by, asked, held=True):
    AskedQuestion.objects.create(
        workspace=by.workspace, question=asked, engagement=engagement(by, programme=asked.programme, held=held)
    )


# ------------------------------------------------------------------ the slow twin


def under(need: str, above: str) -> bool:
    return above in {entry.id for entry in needs().path(need)}


def things(member, by: str):
    """(what, needs, columns, reach) of everything, one by one."""
    for asked in Question.objects.filter(workspace=member.workspace, withdrawn_at=None).exclude(need=""):
        column = asked.function if by == "function" else decision_points().get(asked.decision_point).stage
        put = any(a.engagement.state != "PLANNED" for a in asked.asked_in.select_related("engagement"))
        yield asked.text, {asked.need}, {column}, Reach.ASKED if put else Reach.PLANNED
    for one in Insight.objects.filter(workspace=member.workspace, state="AGREED").select_related("programme"):
        points = {code.code for code in one.codes.all() if code.pack == "decision_points"}
        stages = {decision_points().get(point).stage for point in points} or {one.programme.stage}
        columns = {one.programme.function} if by == "function" else stages
        reach = Reach.HEARD
        if any(w.decision.state != "OPEN" for w in one.weighings.select_related("decision")):
            reach = Reach.DECIDED
        if any(card.answer.state == "GIVEN" for card in one.cards.select_related("answer")):
            reach = Reach.ANSWERED
        yield one.statement, {code.code for code in one.codes.all() if code.pack == "needs"}, columns, reach


def slowly(member, by: str) -> dict:
    every = list(things(member, by))
    cells = {}
    for row in queries.gap_map(member, by=by).rows:
        for cell in row.cells:
            inside = [
                (what, reach)
                for what, about, columns, reach in every
                if cell.column in columns and any(under(need, cell.need) for need in about)
            ]
            cells[cell.need, cell.column] = inside
    return cells


def check(member, by: str) -> None:
    shown = queries.gap_map(member, by=by)
    expected = slowly(member, by)
    for row in shown.rows:
        for cell in row.cells:
            inside = expected[cell.need, cell.column]
            counts = {reach: sum(r == reach for _, r in inside) for reach in ORDER}
            assert {reach: n for reach, n in cell.counts.items() if n} == {r: n for r, n in counts.items() if n}
            assert cell.reach == max((r for _, r in inside), key=ORDER.index, default=Reach.SILENT)
            if inside:
                contents = queries.cell_contents(member, need=cell.need, column=cell.column, by=by)
                found = [line.text for line in (*contents.questions, *contents.insights)]
                assert sorted(found) == sorted(what for what, _ in inside)


# ------------------------------------------------------------------ the map


@pytest.fixture
def one_of_each(ana, ben):
    """One thing at each reach, each at a need of its own."""
    about = programme(ana, stage="design_planning", function="F_RD")
    question(ana, programme=about, need="N1.4")
    ask(ana, question(ana, programme=about, need="N2.1"))
    coded(insight(ana, programme=about), "N3.1", "DP08")
    decided = coded(insight(ana, programme=about), "N3.2", "DP08")
    closed_decision(ana, programme=about, weighs=[decided])
    told = coded(insight(ana, programme=about), "N3.4", "DP08")
    answer(ana, decision=closed_decision(ana, programme=about, weighs=[told]), approved_by=ben, given=True)
    return about


@pytest.mark.parametrize(("by", "column"), [("stage", None), ("function", "F_RD")])
def test_every_reach_has_its_cell(ana, one_of_each, by, column):
    column = column or decision_points().get("DP08").stage
    shown = queries.gap_map(ana, by=by)
    at = {row.code: next(cell for cell in row.cells if cell.column == column) for row in shown.rows}
    found = {need: at[need].reach.value for need in ("N1.4", "N2.1", "N3.1", "N3.2", "N3.4", "N3.5", "N3")}
    assert found == {
        "N1.4": "planned",
        "N2.1": "asked",
        "N3.1": "heard",
        "N3.2": "decided",
        "N3.4": "answered",
        "N3.5": "silent",
        "N3": "answered",
    }
    check(ana, by)


@pytest.mark.parametrize("by", BY)
def test_an_insight_about_two_needs_of_a_section_counts_once_in_it(ana, by):
    about = programme(ana)
    coded(insight(ana, programme=about), "N3.1", "N3.5", "N3", "DP08", "DP12")
    shown = queries.gap_map(ana, by=by, detail=False)
    section = next(row for row in shown.rows if row.code == "N3")
    assert max(cell.count for cell in section.cells) == 1
    check(ana, by)


@pytest.mark.parametrize("by", BY)
def test_a_question_in_a_plan_was_not_asked_yet(ana, by):
    asked = question(ana, need="N2.1")
    ask(ana, asked, held=False)
    cells = [cell for row in queries.gap_map(ana, by=by).rows if row.code == "N2.1" for cell in row.cells]
    assert {cell.reach for cell in cells} == {Reach.SILENT, Reach.PLANNED}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("by", BY)
def test_a_random_world_is_mapped_as_the_slow_twin_maps_it(ana, ben, cleo, seed, by):
    chance = random.Random(seed)
    codes = [entry.id for entry in needs().entries]
    points, stages = [e.id for e in decision_points().entries], [e.id for e in load("lifecycle_stages").entries]
    abouts = [
        programme(ana, stage=chance.choice(stages), function=chance.choice([e.id for e in functions().entries]))
        for _ in range(3)
    ]
    for _ in range(12):
        about = chance.choice(abouts)
        asked = question(ana, programme=about, need=chance.choice([*codes, ""]), decision_point=chance.choice(points))
        for held in chance.choice([[], [True], [False], [True, False]]):
            ask(ana, asked, held)
        wanted = chance.sample(codes, chance.randint(0, 3)) + chance.sample(points, chance.randint(0, 3))
        one = coded(insight(ana, programme=about, agreed=chance.random() < 0.8), *wanted)
        fate = chance.choice(["nothing", "open", "closed", "drafted", "given"])
        if fate == "open":
            decision(ana, weighs=[one])
        elif fate != "nothing":
            behind = closed_decision(ana, weighs=[one])
            if fate != "closed":
                given = fate == "given"
                answer(ana, decision=behind, approved_by=ben if given else None, given=given)
    coded(insight(cleo), "N3.1", "DP08")
    check(ana, by)


def test_a_map_can_show_one_programme(ana, one_of_each):
    other = programme(ana)
    coded(insight(ana, programme=other), "N5.1" if "N5.1" in needs() else "N3.5", "DP08")
    whole, part = queries.gap_map(ana), queries.gap_map(ana, programme_id=other.pk)
    heard = [cell for row in part.rows if not row.is_section for cell in row.cells if cell.reach != Reach.SILENT]
    assert len(heard) == 1
    assert part.silent_count == part.cell_count - 1
    assert whole.silent_count == whole.cell_count - 6


def test_two_functions_that_ask_the_same_are_shown(ana):
    about = programme(ana)
    for function in ("F_RD", "F_MED", "F_RD"):
        question(ana, programme=about, need="N1.4", function=function, decision_point="DP08")
    question(ana, programme=about, need="N2.1", function="F_MED", decision_point="DP08")
    question(ana, need="N1.4", function="F_MED", decision_point="DP08")
    [found] = queries.gap_map(ana).duplicates
    assert found.need_label == needs().label("N1.4")
    assert [label for label, _ in found.questions] == [functions().label(f) for f in ("F_RD", "F_MED", "F_RD")]


@pytest.mark.parametrize("by", BY)
def test_the_number_of_queries_is_fixed(ana, django_assert_num_queries, by):
    for _ in range(2):
        for _ in range(4):
            coded(insight(ana), "N3.1", "DP08")
            coded(insight(ana), "N3.2")
            ask(ana, question(ana, need="N2.1"))
        vocabulary(ana)
        with django_assert_num_queries(4):
            queries.gap_map(ana, by=by)
        stage = decision_points().get("DP08").stage
        with django_assert_num_queries(3):  # questions, insights, their codes
            queries.cell_contents(ana, need="N3", column=stage if by == "stage" else "F_RD", by=by)
