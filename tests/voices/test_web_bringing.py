"""The wizard, the bar and the receipt, as a browser meets them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from antiphon.workspace.voices import actions
from antiphon.workspace.voices.actions import running
from antiphon.workspace.voices.models import Intake, Voice
from tests.cast import engagement
from tests.voices.files import ROLES, brought, checked, table, taken_in


@pytest.fixture(autouse=True)
def queued(monkeypatch):
    """What was asked to run in the background."""
    asked = []
    monkeypatch.setattr(running, "queue", lambda name, *ids: asked.append(ids))
    return asked


def upload(browser, content: bytes, name: str = "survey.csv"):
    return browser.post(reverse("voices:intake_new"), {"file": SimpleUploadedFile(name, content)})


def test_a_lead_goes_through_the_wizard_to_the_receipt(ana, signed_in, queued):
    browser, where = signed_in(ana), engagement(ana)
    columns = upload(browser, table())
    assert columns.status_code == 302
    page = browser.get(columns.url)
    assert "The journey to the clinic" in page.text
    assert "7946 0958" not in page.text
    chosen = {f"column_{n}": role for n, role in enumerate(ROLES.values())}
    about = browser.post(columns.url, chosen)
    facts = {
        "source": "Clinic survey",
        "engagement": str(where.pk),
        "consent_scope": "internal_learning",
        "consent_note": "Survey page 1",
    }
    check = browser.post(about.url, facts)
    page = browser.get(check.url)
    assert "7 passages will be taken in" in page.text
    assert not Voice.objects.exists()
    record = browser.post(check.url)
    assert queued == [(str(Intake.objects.get().pk),)]
    running_page = browser.get(record.url)
    assert 'hx-trigger="every 1s"' in running_page.text
    actions.go_on(intake_id=queued.pop()[0])
    part = browser.get(reverse("voices:intake_progress", args=[Intake.objects.get().pk]), HTTP_HX_REQUEST="true")
    assert "7 passages" in part.text
    assert "every 1s" not in part.text
    assert "<html" not in part.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.pdf", b"%PDF-1.7", "Antiphon reads CSV"),
        ("a.csv", b"comment\n", "no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_where_it_was_chosen(ana, signed_in, name, content, words):
    page = upload(signed_in(ana), content, name)
    assert page.status_code == 422
    assert words in page.text
    assert "Nothing of it was kept." in page.text


def test_no_file_chosen_says_so(ana, signed_in):
    assert signed_in(ana).post(reverse("voices:intake_new"), {}).status_code == 422


def test_columns_without_words_keep_what_was_chosen(ana, signed_in):
    intake = brought(ana)
    page = signed_in(ana).post(reverse("voices:intake_columns", args=[intake.pk]), {"column_0": "id"})
    assert page.status_code == 422
    assert "at least one column" in page.text
    assert '<option value="id" selected>' in page.text


def test_a_missing_consent_keeps_what_was_typed(ana, signed_in):
    intake = brought(ana)
    actions.map_columns(by=ana, intake_id=intake.pk, roles=ROLES)
    page = signed_in(ana).post(reverse("voices:intake_about", args=[intake.pk]), {"source": "Clinic survey"})
    assert page.status_code == 422
    assert 'value="Clinic survey"' in page.text


def test_each_step_leads_to_the_one_that_is_missing(ana, signed_in):
    browser, intake = signed_in(ana), brought(ana)
    record = browser.get(reverse("voices:intake_record", args=[intake.pk]))
    assert record.url == reverse("voices:intake_columns", args=[intake.pk])
    actions.map_columns(by=ana, intake_id=intake.pk, roles=ROLES)
    check = browser.get(reverse("voices:intake_check", args=[intake.pk]))
    assert check.url == reverse("voices:intake_about", args=[intake.pk])


def test_a_stopped_import_is_resumed_with_one_button(ana, signed_in, queued):
    browser, intake = signed_in(ana), checked(ana)
    actions.start(by=ana, intake_id=intake.pk)
    actions.fail(intake_id=intake.pk, trouble="The disk was full.")
    page = browser.get(reverse("voices:intake_record", args=[intake.pk]))
    assert "The disk was full." in page.text
    assert "Go on where it stopped" in page.text
    queued.clear()
    browser.post(reverse("voices:intake_resume", args=[intake.pk]))
    assert queued == [(str(intake.pk),)]


def test_bad_rows_are_downloaded_harmless(ana, signed_in):
    content = b'comment\n"=HYPERLINK(1)\x00"\nAll is fine with me.\n'
    intake = taken_in(ana, content, roles={"comment": "text"})
    answer = signed_in(ana).get(reverse("voices:intake_bad_rows", args=[intake.pk]))
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert lines[0] == ["place", "reason", "row"]
    assert lines[1][0] == "row 2"
    assert lines[1][2].startswith("'=HYPERLINK")


@pytest.mark.parametrize("role", ["ben", "sam", "cora", "eve"])
def test_those_who_do_not_bring_files_see_the_list_and_the_receipt_only(cast, signed_in, role):
    intake = taken_in(cast.ana)
    browser = signed_in(getattr(cast, role))
    assert browser.get(reverse("voices:intake_list")).status_code == 200
    assert browser.get(reverse("voices:intake_record", args=[intake.pk])).status_code == 200
    for name in ("intake_bad_rows", "intake_columns", "intake_about"):
        assert browser.get(reverse(f"voices:{name}", args=[intake.pk])).status_code == 403
    assert browser.get(reverse("voices:intake_new")).status_code == 403
    assert upload(browser, table()).status_code == 403


def test_another_workspace_s_import_is_not_found(ana, cleo, signed_in):
    draft = checked(ana)
    browser = signed_in(cleo)
    for name in ("columns", "about", "check", "record", "progress", "bad_rows"):
        assert browser.get(reverse(f"voices:intake_{name}", args=[draft.pk])).status_code == 404
    for name in ("columns", "about", "check", "resume"):
        assert browser.post(reverse(f"voices:intake_{name}", args=[draft.pk]), {"column_0": "text"}).status_code == 404
    assert str(draft.pk) not in browser.get(reverse("voices:intake_list")).text


def test_an_empty_list_teaches(cast, signed_in):
    page = signed_in(cast.ana).get(reverse("voices:intake_list"))
    assert "Bring in a file" in page.text
    assert "For example" in page.text
    assert reverse("voices:intake_new") not in signed_in(cast.eve).get(reverse("voices:intake_list")).text


def test_names_and_words_from_a_file_do_no_harm(ana, signed_in):
    content = "<script>alert(1)</script>,\u202eolleh\n<img src=x onerror=alert(1)> is what I typed.,x\n".encode()
    browser = signed_in(ana)
    page = browser.get(upload(browser, content, "a\u202e<i>.csv").url)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "<i>.csv" not in page.text
    assert "\u202e<" not in Intake.objects.get().file.name


def test_the_list_takes_as_many_queries_for_one_file_as_for_many(ana, signed_in, django_assert_num_queries):
    browser = signed_in(ana)
    brought(ana)
    with django_assert_num_queries(5):
        browser.get(reverse("voices:intake_list"))
    for n in range(5):
        brought(ana, name=f"another {n}.csv")
    with django_assert_num_queries(5):
        browser.get(reverse("voices:intake_list"))
