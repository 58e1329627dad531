"""A file goes through the wizard; nothing of it is a passage before the last step."""

import io
import json

import pytest
from openpyxl import Workbook

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.platform.files.models import StoredFile
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.models import Intake, Source, Voice
from tests.cast import engagement
from tests.voices.files import ROLES, ROWS, brought, checked, kept, table, taken_in


def test_a_file_is_looked_at_and_kept_as_it_is(ana):
    intake = brought(ana)
    assert intake.state == "DRAFT"
    assert [column["name"] for column in intake.shape["columns"]] == [
        "id",
        "date",
        "group",
        "comment",
        "wish",
    ]
    assert [path.read_bytes() for path in kept(ana)] == [table()]
    event = AuditEvent.objects.get(action="intake.brought")
    facts = json.loads(event.body)["facts"]
    assert facts == {"sha256": intake.file.sha256, "size": len(table()), "kind": "csv"}


def test_the_preview_shows_no_personal_detail(ana):
    draft = queries.draft(ana, brought(ana).pk)
    comment = next(column for column in draft.columns if column.name == "comment")
    assert "7946 0958" not in " ".join(comment.samples)
    assert comment.role == "text"


@pytest.mark.parametrize("role", ["ben", "sam", "cora", "eve"])
def test_only_leads_bring_files(cast, role):
    with pytest.raises(NotAllowed):
        brought(getattr(cast, role))
    assert not Intake.objects.exists()


HOSTILE = {
    "empty": ("a.csv", b""),
    "blank": ("a.csv", b" \n \n"),
    "header alone": ("a.csv", b"comment\n"),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "a PDF by another name": ("a.csv", b"%PDF-1.7 something"),
    "an unknown kind": ("a.exe", b"comment\nIt was fine and good.\n"),
    "a broken workbook": ("a.xlsx", b"PK\x03\x04" + b"x" * 200),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
    "10,000 columns": (
        "a.csv",
        (",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join(["x"] * 10_000)).encode(),
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(ana, case):
    name, content = HOSTILE[case]
    with pytest.raises(NotValid) as refusal:
        brought(ana, content or b"\n", name) if content else actions.bring(by=ana, name=name, chunks=[b""])
    assert "Nothing of it was kept." in str(refusal.value.sentence)
    assert "(" not in str(refusal.value.sentence), "every code has words of its own"
    assert not StoredFile.objects.exists()
    assert not kept(ana)


def test_a_file_may_have_odd_characters_and_still_be_read(ana):
    latin = "comment\nDas Gespräch war für mich sehr hilfreich und gut.\n".encode("cp1252")
    intake = taken_in(ana, latin, roles={"comment": "text"})
    assert Voice.objects.get(intake=intake).original == "Das Gespräch war für mich sehr hilfreich und gut."


def test_a_name_from_elsewhere_becomes_a_plain_one(ana):
    intake = brought(ana, name="../../\u202evsc.<b>survey</b>.csv")
    assert intake.file.name == "b>.csv"


def test_the_same_columns_are_filled_in_as_last_time(ana):
    taken_in(ana, roles=ROLES | {"wish": "ignore"})
    draft = queries.draft(ana, brought(ana, table(ROWS[:1])).pk)
    assert draft.remembered_from == "Clinic survey"
    assert {column.name: column.role for column in draft.columns} == ROLES | {"wish": "ignore"}


def test_columns_without_words_are_refused(ana):
    intake = brought(ana)
    with pytest.raises(NotValid, match="at least one column"):
        actions.map_columns(by=ana, intake_id=intake.pk, roles={"id": "id"})


def test_another_sheet_can_be_chosen(ana):
    book = Workbook()
    book.active.title = "Cover"
    book.active.append(["note"])
    book.active.append(["Nothing to see here"])
    sheet = book.create_sheet("Answers")
    sheet.append(["comment"])
    sheet.append(["The stairs are hard for me every single day."])
    written = io.BytesIO()
    book.save(written)
    intake = brought(ana, written.getvalue(), "answers.xlsx")
    actions.choose_sheet(by=ana, intake_id=intake.pk, sheet="Answers")
    draft = queries.draft(ana, intake.pk)
    assert draft.sheet == "Answers"
    assert [column.name for column in draft.columns] == ["comment"]


def test_the_check_says_what_will_happen_and_writes_no_passage(ana):
    taken_in(ana, table(ROWS[:2]), source="Clinic survey")
    before = Voice.objects.count()
    bad = b'5,2026-09-05,Patients,"\x00",\n'
    intake = checked(ana, table() + bad, source="Clinic survey")
    found = queries.draft(ana, intake.pk).check
    assert (found.rows, found.passages, found.known, found.new) == (5, 7, 3, 4)
    assert (found.same_words, found.empty, found.bad) == (1, 1, 1)
    assert found.possible_events == 1
    assert found.bad_rows[0].place == "row 6"
    assert Voice.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value"), [("source", "  "), ("consent_scope", "safety_contact"), ("consent_note", " ")]
)
def test_a_file_needs_its_source_and_its_consent(ana, field, value):
    intake = brought(ana)
    actions.map_columns(by=ana, intake_id=intake.pk, roles=ROLES)
    about = {"source": "Survey", "consent_scope": "internal_learning", "consent_note": "Page 1"} | {field: value}
    with pytest.raises(NotValid) as refusal:
        actions.describe(by=ana, intake_id=intake.pk, engagement_id=engagement(ana).pk, **about)
    assert list(refusal.value.fields) == [field]


def test_an_engagement_of_another_workspace_is_none(ana, cleo):
    intake = brought(ana)
    actions.map_columns(by=ana, intake_id=intake.pk, roles=ROLES)
    with pytest.raises(NoSuch):
        actions.describe(
            by=ana,
            intake_id=intake.pk,
            source="Survey",
            engagement_id=engagement(cleo).pk,
            consent_scope="internal_learning",
            consent_note="Page 1",
        )


def test_another_workspace_s_import_is_none(ana, cleo):
    intake = checked(ana)
    for refused in (
        lambda: queries.draft(cleo, intake.pk),
        lambda: queries.progress(cleo, intake.pk),
        lambda: queries.bad_rows(cleo, intake.pk),
        lambda: actions.map_columns(by=cleo, intake_id=intake.pk, roles=ROLES),
        lambda: actions.start(by=cleo, intake_id=intake.pk),
        lambda: actions.resume(by=cleo, intake_id=intake.pk),
    ):
        with pytest.raises(NoSuch):
            refused()


def test_an_import_that_started_cannot_be_changed_or_started_again(ana):
    intake = taken_in(ana)
    with pytest.raises(NotNow):
        actions.map_columns(by=ana, intake_id=intake.pk, roles=ROLES)
    with pytest.raises(NotNow):
        actions.start(by=ana, intake_id=intake.pk)
    with pytest.raises(NotNow):
        actions.resume(by=ana, intake_id=intake.pk)


def test_mapping_again_asks_for_a_new_check(ana):
    intake = checked(ana)
    actions.map_columns(by=ana, intake_id=intake.pk, roles=ROLES)
    with pytest.raises(NotNow):
        actions.start(by=ana, intake_id=intake.pk)
    assert not Source.objects.exists()
