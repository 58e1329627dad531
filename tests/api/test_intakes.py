"""A program brings a file, sees what would happen, starts it, and asks how it goes; nothing is taken in twice."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from antiphon.platform.audit.models import AuditEvent
from antiphon.workspace.voices import actions
from antiphon.workspace.voices.actions import running
from antiphon.workspace.voices.models import Intake, Voice
from tests.cast import engagement, told
from tests.voices.files import HEADER, ROLES, ROWS, table

ABOUT = {
    "source": "Clinic survey",
    "consent_scope": "internal_learning",
    "consent_note": "Survey page 1, version of 3 March",
}


@pytest.fixture(autouse=True)
def queued(monkeypatch):
    """What was asked to run in the background."""
    asked = []
    monkeypatch.setattr(running, "queue", lambda name, *ids: asked.append(ids))
    return asked


@pytest.fixture
def program(ana, program_of):
    return program_of(ana)


@pytest.fixture
def where(ana):
    return engagement(ana)


def a_file(content: bytes = b"", name: str = "survey.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or table())


def everything(where, **changes) -> dict:
    said = {"file": a_file(), "columns": json.dumps(ROLES), "engagement_id": str(where.pk)} | ABOUT
    return said | changes


def test_a_file_with_all_that_is_said_of_it_is_checked_at_once_and_started(program, where, queued):
    draft = program.post("/intakes", everything(where))
    assert draft.status_code == 201, draft.content
    check = draft.json()["check"]
    assert (check["rows"], check["passages"], check["new"], check["known"]) == (4, 7, 7, 0)
    assert draft.json()["engagement_name"] == where.name
    assert not Voice.objects.exists(), "nothing is taken in before it is started"
    address = f"/intakes/{draft.json()['id']}"
    started = program.post(f"{address}/start").json()
    assert (started["state"], started["total"]) == ("RUNNING", 4)
    actions.go_on(intake_id=queued.pop()[0])
    done = program.get(address).json()
    assert (done["state"], done["done"], done["voice_count"], done["bad_count"]) == ("DONE", 4, 7, 0)
    assert Voice.objects.count() == program.get("/voices").json()["count"] == 7
    (row,) = program.get("/intakes").json()
    assert (row["source_name"], row["voice_count"], row["state"]) == ("Clinic survey", 7, "DONE")
    assert "7946 0958" not in program.post("/voices/export?kind=json").content.decode(), "what leaves is redacted"


def test_the_same_file_twice_adds_nothing(program, where, queued):
    for wanted in ((7, 0), (0, 7)):
        draft = program.post("/intakes", everything(where)).json()
        assert (draft["check"]["new"], draft["check"]["known"]) == wanted
        program.post(f"/intakes/{draft['id']}/start")
        actions.go_on(intake_id=queued.pop()[0])
        done = program.get(f"/intakes/{draft['id']}").json()
        assert (done["voice_count"], done["known_count"]) == wanted
    assert Voice.objects.count() == 7


def test_step_by_step_as_on_the_pages(program, where, queued):
    draft = program.post("/intakes", {"file": a_file()}).json()
    assert [column["name"] for column in draft["columns"]] == list(HEADER)
    assert draft["columns"][3]["samples"][0].startswith("The journey")
    assert draft["check"] is None
    address = f"/intakes/{draft['id']}"
    early = program.put(f"{address}/about", ABOUT | {"engagement_id": str(where.pk)})
    assert (early.status_code, early.json()["title"]) == (409, "Say first which columns hold what people said.")
    assert program.post(f"{address}/start").status_code == 409
    assert program.put(f"{address}/columns", {"columns": {"id": "id"}}).status_code == 422, "no column of words"
    strange = program.put(f"{address}/columns", {"columns": ROLES | {"opinion": "text"}})
    assert (strange.status_code, strange.json()["fields"]) == (
        422,
        {"columns": "The file has no column of this name: opinion."},
    )
    mapped = program.put(f"{address}/columns", {"columns": {"comment": "text"}}).json()
    assert (mapped["is_mapped"], mapped["text_columns"]) == (True, ["comment"])
    described = program.put(f"{address}/about", ABOUT | {"engagement_id": str(where.pk)}).json()
    assert described["check"]["passages"] == 4
    assert program.get(f"{address}/draft").json() == described
    assert program.post(f"{address}/start").status_code == 200
    assert program.post(f"{address}/start").status_code == 409
    late = program.put(f"{address}/columns", {"columns": {"comment": "text"}})
    assert late.json()["title"].startswith("This file was started already.")


def test_columns_that_are_not_said_are_remembered_from_the_last_time(program, where, queued):
    first = program.post("/intakes", everything(where)).json()
    program.post(f"/intakes/{first['id']}/start")
    more = table([*ROWS, ("5", "2026-09-05", "Carers", "The bus never comes.", "")])
    second = everything(where, file=a_file(more))
    del second["columns"]
    draft = program.post("/intakes", second).json()
    assert {column["name"]: column["role"] for column in draft["columns"]} == ROLES
    assert draft["check"]["rows"] == 5


def test_the_trail_names_the_token_that_brought_a_file(program, where):
    program.post("/intakes", everything(where))
    for deed in ("intake.brought", "intake.columns_mapped", "intake.described"):
        assert told(deed)["through"], deed
    assert told("intake.described")["facts"]["engagement"] == str(where.pk)


def test_what_cannot_be_read_is_refused_and_nothing_of_it_is_kept(program, where):
    answer = program.post("/intakes", everything(where, file=a_file(b"\x89PNG\r\n\x1a\n" + bytes(5_000), "x.png")))
    assert answer.status_code == 422
    assert "Nothing of it was kept." in answer.json()["title"]
    assert not Intake.objects.exists()


def test_where_what_is_said_is_refused_the_draft_is_named(program, where):
    answer = program.post("/intakes", everything(where, columns=json.dumps({"id": "id"})))
    assert answer.status_code == 422
    named = answer.json()["fields"]["intake_id"]
    assert named == str(Intake.objects.get().pk)
    assert program.put(f"/intakes/{named}/columns", {"columns": ROLES}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"columns": "{"}, "columns"),
        ({"columns": '{"comment": "feeling"}'}, "columns"),
        ({"columns": "[]"}, "columns"),
        ({"consent_scope": "whatever"}, "consent_scope"),
        ({"engagement_id": "x"}, "engagement_id"),
        ({"file": "no file"}, "file"),
    ],
)
def test_a_form_that_has_another_shape_keeps_nothing(program, where, wrong, field):
    answer = program.post("/intakes", everything(where, **wrong) | {"other": a_file()})
    assert answer.status_code == 422
    assert any(field in name for name in answer.json()["fields"]), answer.json()
    assert not Intake.objects.exists()


def test_another_workspaces_engagement_is_not_there_and_nothing_is_kept(cast, program):
    theirs = engagement(cast.cleo)
    assert program.post("/intakes", everything(theirs)).status_code == 404
    assert not Intake.objects.exists()


@pytest.mark.parametrize("who", ["ben", "sam", "eve"])
def test_only_who_may_on_the_pages_brings_files(cast, program_of, where, who):
    made = program_of(cast.ana).post("/intakes", everything(where)).json()
    program, address = program_of(getattr(cast, who)), f"/intakes/{made['id']}"
    assert program.post("/intakes", everything(where)).status_code == 403
    assert program.get(f"{address}/draft").status_code == 403
    assert program.put(f"{address}/columns", {"columns": ROLES}).status_code == 403
    assert program.post(f"{address}/start").status_code == 403
    assert program.get(f"{address}/bad-rows").status_code == 403
    assert program.post(f"{address}/bad-rows/export").status_code == 403
    assert program.get(address).json()["state"] == "DRAFT", "how it stands may be seen by everybody"


def test_an_import_that_stopped_is_resumed(program, where, queued):
    draft = program.post("/intakes", everything(where)).json()
    program.post(f"/intakes/{draft['id']}/start")
    actions.fail(intake_id=draft["id"], trouble="The machine was switched off.")
    stopped = program.get(f"/intakes/{draft['id']}").json()
    assert (stopped["state"], stopped["trouble"]) == ("FAILED", "The machine was switched off.")
    assert program.post(f"/intakes/{draft['id']}/resume").json()["state"] == "RUNNING"
    actions.go_on(intake_id=queued.pop()[0])
    assert program.get(f"/intakes/{draft['id']}").json()["voice_count"] == 7
    assert program.post(f"/intakes/{draft['id']}/resume").status_code == 409


def test_the_rows_that_failed_are_listed_and_taken_away_as_they_came(program, where, queued):
    content = b"\n".join([b'{"comment": "The way is long."}', b"=cmd, and no JSON", b"[1]"])
    file = {"file": a_file(content, "words.jsonl"), "columns": '{"comment": "text"}', "engagement_id": str(where.pk)}
    draft = program.post("/intakes", file | ABOUT).json()
    assert draft["check"]["bad"] == 2
    address = f"/intakes/{draft['id']}"
    program.post(f"{address}/start")
    actions.go_on(intake_id=queued.pop()[0])
    assert program.get(address).json()["bad_count"] == 2
    page = program.get(f"{address}/bad-rows?size=1&page=1").json()
    assert (page["count"], page["pages"], len(page["items"])) == (2, 2, 1)
    assert page["items"][0]["row"] == "=cmd, and no JSON\n"
    assert page["items"][0]["reason"]
    rows = program.post(f"{address}/bad-rows/export?kind=json").json()
    assert [row["row"].strip() for row in rows] == ["=cmd, and no JSON", "[1]"]
    table_of = program.post(f"{address}/bad-rows/export").content.decode("utf-8-sig")
    assert "'=cmd" in table_of, "no cell runs as a formula"
    assert told("rows.exported")["facts"]["what"] == "bad-rows"
    assert AuditEvent.objects.filter(action="rows.exported").count() == 2
