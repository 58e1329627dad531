"""What a report says: every number equals its rows, small groups stay untold, only redacted words stand in it."""

import datetime

import pytest

from antiphon.interfaces.reports import building
from antiphon.interfaces.reports.building import build
from antiphon.interfaces.reports.model import Drawing, Record, Rows
from antiphon.platform.charts import Bars, Line
from antiphon.platform.errors import NoSuch
from antiphon.workspace.answers import actions as answers
from antiphon.workspace.answers import queries as answer_queries
from antiphon.workspace.answers.rules import Heard
from antiphon.workspace.measures.queries import evidence
from antiphon.workspace.measures.queries.evidence import Scope
from tests.cast import answer, insight, voice

SCOPES = ["everything", "programme", "decision", "open decision", "period", "before anything"]


@pytest.fixture
def scopes(line):
    long_ago = datetime.date(2020, 1, 1)
    return {
        "everything": Scope(),
        "programme": Scope(programme_id=line["about"].pk),
        "decision": Scope(decision_id=line["closed"].pk),
        "open decision": Scope(decision_id=line["late"].pk),
        "period": Scope(first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 30)),
        "before anything": Scope(first=long_ago, last=long_ago),
    }


def faults_of(report) -> list[str]:
    """Figures and bars that do not follow from their rows."""
    found = []
    for figure in report.figures:
        again = figure.recount(report.rows_of(figure.rows))
        if figure.number is not None and figure.number != again:
            found.append(f"{figure.label}: {figure.number}, and {again} by its rows")
    for drawing in report.drawings:
        if isinstance(drawing.chart, Bars):
            cells = [str(cell) for cell in report.rows_of(drawing.rows).column(drawing.column)]
            for bar in drawing.chart.bars:
                again = sum(bar.label in cell.split(", ") or bar.label == cell for cell in cells)
                if bar.value != again:
                    found.append(f"{bar.label}: {bar.value}, and {again} by its rows")
    return found


@pytest.mark.parametrize("name", SCOPES)
def test_every_number_is_the_number_of_its_rows(ana, scopes, name):
    report = build(ana, scopes[name])
    assert faults_of(report) == []
    assert len(list(report.figures)) >= 10


@pytest.mark.parametrize("fault", ["engagements", "people", "voices", "insights", "answered_percent", "median_days"])
def test_a_number_that_is_not_its_rows_is_found(ana, scopes, monkeypatch, fault):
    """Plant the fault: one of the numbers is counted wrongly."""
    right = evidence.counts

    def wrong(member, scope):
        counted = right(member, scope)
        values = {name: getattr(counted, name) for name in counted.__slots__}
        return type(counted)(**values | {fault: values[fault] + 1})

    monkeypatch.setattr(building.evidence, "counts", wrong)
    assert faults_of(build(ana, scopes["everything"]))


def figure(report, label):
    return next(each for each in report.figures if each.label == label)


def test_the_line_in_numbers(ana, scopes):
    report = build(ana, scopes["everything"])
    said = {each.label: each.said for each in report.figures}
    assert said["engagements"] == "2"
    assert said["voices"] == "3"
    assert said["agreed insights"] == "2"
    assert said["answer rate"] == "50 %"
    assert (said["decision"], said["change"], said["answer given"]) == ("1", "1", "1")
    assert said["median time to answer"] == "77 days"
    assert [said[name] for name in ("felt heard", "felt partly heard", "not heard")] == ["3", "2", "1"]


def test_a_programme_is_not_told_what_another_owes(ana, scopes, line):
    report = build(ana, scopes["programme"])
    assert line["late"].question not in str(report)
    assert line["late"].question in str(build(ana, scopes["everything"]))


def test_a_small_group_is_neither_counted_nor_described(ana, scopes):
    report = build(ana, scopes["everything"])
    [few] = [row for row in report.rows_of("engagements").rows if row.cells[0] == "Few"]
    assert few.cells[4:] == ("fewer than 5", "not told")
    people = figure(report, "people who took part")
    assert (people.number, people.note) == (8, "1 engagement is not in it")


def test_an_answer_with_four_replies_is_not_broken_down(ana, ben, noon):
    given = answer(ana, approved_by=ben, given=True)
    token = answer_queries.link_address(ana, given.pk).rstrip("/").rsplit("/", 1)[-1]
    for _ in range(4):
        answers.reply(token=token, heard=Heard.NO, word="")
    report = build(ana, Scope())
    assert (figure(report, "replies to these answers").number, figure(report, "not heard").said) == (4, "–")
    assert figure(report, "not heard").note == "too few replies: no claim"
    assert report.rows_of("answers").rows[0].cells[5:] == ("–", "–", "–")


def test_only_words_that_may_be_repeated_are_quoted_and_only_redacted(ana, scopes):
    told = str(build(ana, scopes["everything"]))
    assert "My son drives me. Call [phone]." in told
    assert "07700 900" not in told
    assert "Nobody may repeat this." not in told


def test_a_passage_that_may_report_a_safety_event_is_not_quoted(ana, noon, scopes, line):
    unsure = voice(ana, "It made me faint.", consent_scope="anonymous_quotes", safety="POSSIBLE")
    insight(ana, voices=[unsure])
    assert "faint" not in str(build(ana, scopes["everything"]))


def test_every_row_leads_to_its_record_here(ana, scopes, settings):
    report = build(ana, scopes["everything"])
    urls = [row.url for rows in report.annex for row in rows.rows]
    assert urls
    assert all(url.startswith(settings.ANTIPHON_ORIGIN + "/") for url in urls)


def test_the_same_rows_at_the_same_moment_make_the_same_report(ana, scopes):
    assert build(ana, scopes["everything"]) == build(ana, scopes["everything"])


def test_a_decision_is_told_with_each_disposition_and_reason(ana, scopes, line):
    report = build(ana, scopes["decision"])
    [record] = [b for s in report.sections if s.key == "decided" for b in s.of(Record)]
    assert record.title == line["closed"].question
    assert record.grid.rows[0].cells == (
        line["told"].statement,
        "Implemented",
        "People told us so, and it could be done.",
    )
    assert [quote.text for quote in record.quotes] == ["My son drives me. Call [phone]."]
    assert not [s for s in report.sections if s.key == "gaps"]


def test_a_month_before_anything_was_agreed_is_no_zero(ana, scopes):
    lines = [d.chart for d in build(ana, scopes["everything"]).drawings if isinstance(d.chart, Line)]
    assert [point.value for point in lines[0].points] == [50]


def test_an_empty_workspace_has_a_report_too(cleo, noon):
    report = build(cleo, Scope())
    assert faults_of(report) == []
    assert figure(report, "answer rate").said == "–"
    assert "No insight was agreed on in this scope" in report.lead
    assert not [d for d in report.drawings if isinstance(d.chart, Line)]


@pytest.mark.parametrize("of", ["programme", "decision"])
def test_another_workspaces_report_cannot_be_made(cleo, scopes, of):
    with pytest.raises(NoSuch):
        build(cleo, scopes[of])


def test_what_is_owed_is_told_by_function_and_late_things_are_marked(ana, scopes):
    rows = build(ana, scopes["everything"]).rows_of("owed")
    assert isinstance(rows, Rows)
    about = {row.cells[2]: row.cells for row in rows.rows}
    assert about["Which words should the leaflet use?"][1] == "a decision"
    assert about["Which words should the leaflet use?"][4] == "yes"
    assert about["Forms are hard to read at home."][1] == "an answer on an insight"


def test_the_number_of_queries_does_not_grow(ana, ben, scopes, django_assert_max_num_queries):
    for _ in range(4):
        answer(ana, approved_by=ben, given=True)
        with django_assert_max_num_queries(45):
            build(ana, scopes["everything"])


def test_every_chart_that_counts_rows_says_which(ana, scopes):
    for drawing in build(ana, scopes["everything"]).drawings:
        assert isinstance(drawing, Drawing)
        assert not isinstance(drawing.chart, Bars) or drawing.rows
