"""Pages of reports: choose, look, take away on record."""

import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from antiphon.interfaces.reports import lengths
from antiphon.interfaces.reports.actions import make
from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NotValid
from antiphon.workspace.measures.queries.evidence import Scope
from tests.cast import in_clear, told

CHOOSE, PREVIEW, MAKE = (reverse(f"reports:{name}") for name in ("choose", "preview", "make"))
EVERYONE = ["ana", "ben", "sam", "cora", "eve", "adam"]
SIGNS = {"pdf": b"%PDF", "docx": b"PK", "pptx": b"PK"}


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_may_read_and_take_away_what_they_may_see(cast, line, signed_in, who):
    browser = signed_in(getattr(cast, who))
    assert browser.get(CHOOSE).status_code == 200
    assert browser.get(PREVIEW).status_code == 200
    assert browser.post(MAKE, {"format": "pdf"}).content.startswith(b"%PDF")


@pytest.mark.parametrize("kind", SIGNS)
def test_a_report_is_a_file_and_its_taking_is_on_record(eve, line, signed_in, kind):
    answer = signed_in(eve).post(MAKE, {"format": kind, "programme": str(line["about"].pk)})
    assert answer.status_code == 200
    assert answer.content.startswith(SIGNS[kind])
    assert answer["Content-Disposition"] == f'attachment; filename="antiphon-evidence-2026-11-18.{kind}"'
    said = told("rows.exported")
    assert said["actor"] == str(eve.pk)
    assert said["facts"]["what"] == "evidence-report"
    assert said["facts"]["format"] == kind
    assert said["facts"]["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert said["facts"]["rows"] > 5
    assert line["about"].name not in in_clear()


def test_a_long_report_comes_with_its_rows_beside_it(eve, line, signed_in, monkeypatch):
    monkeypatch.setattr(lengths, "MOST_ROWS", 0)
    browser = signed_in(eve)
    answer = browser.post(MAKE, {"format": "pdf"})
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="antiphon-evidence-2026-11-18.pdf.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as together:
        document, rows = (together.read(name) for name in together.namelist())
        assert together.namelist() == ["antiphon-evidence-2026-11-18.pdf", "antiphon-evidence-2026-11-18-rows.xlsx"]
    assert told("rows.exported")["facts"]["sha256"] == hashlib.sha256(document).hexdigest()
    assert line["told"].statement in {cell.value for sheet in load_workbook(io.BytesIO(rows)) for cell in sheet["A"]}
    assert "all of them are in the workbook that comes with the file" in browser.get(PREVIEW).text


def test_looking_first_leaves_no_trace_and_keeps_what_was_chosen(eve, line, signed_in):
    browser = signed_in(eve)
    before = AuditEvent.objects.count()
    chosen = {"programme": str(line["about"].pk), "first": "2026-11-01", "format": "pdf", "look": "1"}
    answer = browser.post(MAKE, chosen)
    assert answer.status_code == 302
    page = browser.get(answer["Location"])
    assert "Heart" in page.text
    assert "From 1 Nov 2026 on" in page.text
    assert AuditEvent.objects.count() == before


def test_the_page_holds_every_row_its_numbers_lead_to(eve, line, signed_in):
    page = signed_in(eve).get(PREVIEW).text
    for key in ("engagements", "voices", "insights", "decisions", "weighings", "changes", "answers", "owed"):
        assert f'id="rows-{key}"' in page
    assert 'href="#rows-insights"' in page
    assert line["told"].statement in page
    assert "07700 900" not in page


def test_a_report_on_one_decision_asks_for_nothing_but_the_file(eve, line, signed_in):
    browser = signed_in(eve)
    page = browser.get(CHOOSE, {"decision": str(line["closed"].pk)}).text
    assert line["closed"].question in page
    assert 'name="programme"' not in page
    preview = browser.get(PREVIEW, {"decision": str(line["closed"].pk)}).text
    assert "One decision, whenever it was" in preview
    assert line["late"].question not in preview


WRONG = [
    ({"first": "2026-12-01", "last": "2026-11-01", "format": "pdf"}, "The period ends before it begins."),
    ({"first": "nonsense", "format": "pdf"}, "Enter a valid date."),
    ({"programme": "0198c0de-0000-7000-8000-000000000000", "format": "pdf"}, "Select a valid choice."),
    ({"format": "exe"}, "Select a valid choice."),
]


@pytest.mark.parametrize(("chosen", "sentence"), WRONG)
def test_what_cannot_be_made_is_said_and_nothing_is_recorded(eve, signed_in, chosen, sentence):
    before = AuditEvent.objects.count()
    for answer in (signed_in(eve).post(MAKE, chosen), signed_in(eve).get(PREVIEW, chosen)):
        assert answer.status_code == 422
        assert sentence in answer.text
    assert AuditEvent.objects.count() == before


def test_an_unknown_kind_is_refused_by_the_action_too(ana):
    with pytest.raises(NotValid):
        make(by=ana, scope=Scope(), kind="exe")


@pytest.mark.parametrize("odd", ["nonsense", "0", "' OR 1=1", "%00", "0198c0de-0000-7000-8000-000000000000"])
def test_a_decision_that_is_none_is_not_there(ana, signed_in, odd):
    browser = signed_in(ana)
    assert browser.get(CHOOSE, {"decision": odd}).status_code == 404
    assert browser.get(PREVIEW, {"decision": odd}).status_code == 404
    assert browser.post(MAKE, {"decision": odd, "format": "pdf"}).status_code == 404


def test_another_workspaces_decision_is_not_there(cleo, line, signed_in):
    browser = signed_in(cleo)
    for address in (CHOOSE, PREVIEW):
        assert browser.get(address, {"decision": str(line["closed"].pk)}).status_code == 404
    assert browser.get(PREVIEW, {"programme": str(line["about"].pk)}).status_code == 422


def test_reports_are_reached_from_where_one_works(ana, line, signed_in):
    browser = signed_in(ana)
    assert f'href="{CHOOSE}"' in browser.get(reverse("home:today")).text
    programme, closed = line["about"].pk, line["closed"].pk
    assert f"{CHOOSE}?programme={programme}" in browser.get(reverse("programmes:record", args=[programme])).text
    assert f"{CHOOSE}?decision={closed}" in browser.get(reverse("decisions:record", args=[closed])).text
