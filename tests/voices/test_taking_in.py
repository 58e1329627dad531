"""Rows become passages once: after a stop, with two workers, and when a file comes twice."""

import json

import pytest
from django.db import IntegrityError, transaction

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.tasks import queue as tasks
from antiphon.workspace.voices import actions, compute, queries
from antiphon.workspace.voices.actions import chunks, running
from antiphon.workspace.voices.models import BadRow, Suggestion, Voice
from tests.voices.files import ROLES, ROWS, checked, table, taken_in

ONE = {"comment": "text"}


def many(count: int, first: int = 0) -> bytes:
    lines = (f"The journey number {n} to the clinic is long." for n in range(first, first + count))
    return ("comment\n" + "\n".join(lines) + "\n").encode()


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(chunks, "ROWS_A_CHUNK", 3)


@pytest.fixture
def queued(monkeypatch):
    """What was asked to run in the background."""
    asked = []
    monkeypatch.setattr(running, "queue", lambda name, *ids: asked.append((name, *ids)))
    return asked


def numbers(intake) -> list[int]:
    return list(Voice.objects.filter(intake=intake).order_by("number").values_list("number", flat=True))


def test_every_passage_is_kept_untouched_with_its_place(ana):
    intake = taken_in(ana)
    assert intake.state == "DONE"
    assert (intake.voice_count, intake.known_count, intake.bad_count) == (7, 0, 0)
    voice = Voice.objects.get(intake=intake, column="comment", number=3)
    assert voice.original == ROWS[1][3]
    assert "Maria" not in voice.redacted
    assert "7946 0958" not in voice.redacted
    assert (voice.place, voice.group, str(voice.said_date)) == ("row 3", "Carers", "2026-09-02")
    assert voice.consent_scope == "internal_learning"
    assert "safety" in voice.heard_by_engine


def test_what_the_engine_heard_waits_for_a_person(ana):
    taken_in(ana)
    unsafe = Voice.objects.get(original=ROWS[2][3])
    assert (unsafe.safety, unsafe.safety_kind) == ("POSSIBLE", "adverse_event")
    assert unsafe.safety_why
    travel = Suggestion.objects.filter(voice__original=ROWS[0][3])
    assert travel.exists()
    assert all(each.verdict == "OPEN" and each.made_by.startswith("needs ") for each in travel)


def test_each_chunk_leaves_one_event_and_the_end_another(ana, small_chunks):
    intake = taken_in(ana, many(7), roles=ONE)
    events = AuditEvent.objects.filter(action="intake.chunk_taken_in").order_by("seq")
    facts = [json.loads(event.body)["facts"] for event in events]
    assert [(fact["first_row"], fact["last_row"], fact["voices"]) for fact in facts] == [
        (1, 3, 3),
        (4, 6, 3),
        (7, 7, 1),
    ]
    assert all(len(fact["sha256"]) == 64 for fact in facts)
    assert AuditEvent.objects.filter(action="intake.finished", object_id=str(intake.pk)).count() == 1


def test_the_same_file_twice_adds_nothing(ana):
    taken_in(ana)
    again = taken_in(ana)
    assert (again.voice_count, again.known_count, again.bad_count) == (0, 7, 0)
    assert Voice.objects.count() == 7


def test_the_same_words_of_two_people_are_both_kept(ana):
    content = b"comment\nIt was good for me.\nIt was good for me.\n"
    first = taken_in(ana, content, roles=ONE)
    again = taken_in(ana, content + b"It was good for me.\n", roles=ONE)
    assert (first.voice_count, again.voice_count, again.known_count) == (2, 1, 2)


def test_a_new_export_adds_only_the_new_rows(ana):
    taken_in(ana, table(ROWS[:2]))
    again = taken_in(ana, table([*reversed(ROWS)]))
    assert (again.voice_count, again.known_count) == (4, 3)


def test_an_id_with_other_words_is_listed_not_lost(ana):
    taken_in(ana)
    changed = [(*ROWS[0][:3], "Something else entirely was said.", ROWS[0][4]), *ROWS[1:]]
    again = taken_in(ana, table(changed))
    assert (again.voice_count, again.known_count, again.bad_count) == (0, 6, 1)
    [cells] = queries.bad_rows(ana, again.pk)
    assert "was taken in before with other words" in cells[1]
    assert "Something else entirely" in cells[2]


def test_one_id_twice_in_a_file_keeps_the_first_and_lists_the_second(ana):
    twice = [ROWS[0], (ROWS[0][0], *ROWS[3][1:])]
    intake = taken_in(ana, table(twice), roles=ROLES | {"wish": "ignore"})
    assert Voice.objects.get(intake=intake).original == ROWS[0][3]
    assert Voice.objects.get(intake=intake).redacted == ROWS[0][3]
    assert intake.bad_count == 1
    assert intake.shape["check"]["bad"] == 1


def test_bad_rows_are_listed_and_the_run_goes_on(ana):
    long = "x" * 1_000_000
    lines = [
        "comment",
        "The first is fine for me.",
        long,
        '"=cmd, the third\x00 row"',
        "The last is fine.",
        "",
    ]
    content = "\n".join(lines)
    intake = taken_in(ana, content.encode(), roles=ONE)
    assert intake.voice_count == 2
    assert [bad.code for bad in BadRow.objects.order_by("number")] == ["cell_too_long", "nul_character"]
    lines = list(queries.bad_rows(ana, intake.pk))
    assert lines[1][2].startswith("'=cmd")
    assert all(len(line[2]) <= 1_001 for line in lines)


def test_a_run_stopped_between_chunks_comes_to_the_same_end(ana, small_chunks, queued, monkeypatch):
    intake = checked(ana, many(10), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    real, calls = compute.hear, []

    def killed(texts):
        calls.append(texts)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(texts)

    monkeypatch.setattr(compute, "hear", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.go_on(intake_id=intake.pk)
    assert len(numbers(intake)) == 6
    monkeypatch.setattr(compute, "hear", real)
    actions.resume(by=ana, intake_id=intake.pk)
    actions.go_on(intake_id=intake.pk)
    assert numbers(intake) == list(range(2, 12))
    intake.refresh_from_db()
    assert (intake.state, intake.voice_count) == ("DONE", 10)
    assert queries.progress(ana, intake.pk).done == 10


def test_a_chunk_that_fails_half_way_leaves_nothing_of_itself(ana, small_chunks, queued, monkeypatch):
    intake = checked(ana, many(5), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)

    def broken(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(chunks, "record", broken)
    actions.go_on(intake_id=intake.pk)
    monkeypatch.undo()
    found = queries.progress(ana, intake.pk)
    assert (found.state, found.done, found.voice_count) == ("FAILED", 0, 0)
    assert "went wrong on our side" in found.trouble
    assert not Voice.objects.exists()
    assert AuditEvent.objects.filter(action="intake.failed").count() == 1


def test_a_failed_run_goes_on_when_it_is_started_again(ana, small_chunks, monkeypatch):
    intake = checked(ana, many(5), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    actions.fail(intake_id=intake.pk, trouble="The machine stopped.")
    actions.go_on(intake_id=intake.pk)
    assert not Voice.objects.exists(), "a failed run waits for a person"
    actions.resume(by=ana, intake_id=intake.pk)
    actions.go_on(intake_id=intake.pk)
    assert len(numbers(intake)) == 5
    assert queries.progress(ana, intake.pk).trouble == ""


def test_two_workers_on_one_run_keep_every_row_once(ana, small_chunks, queued, monkeypatch):
    intake = checked(ana, many(10), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    real, inside = compute.hear, []

    def overtaken(texts):
        if not inside:
            inside.append(True)
            actions.go_on(intake_id=intake.pk)
        return real(texts)

    monkeypatch.setattr(compute, "hear", overtaken)
    actions.go_on(intake_id=intake.pk)
    assert numbers(intake) == list(range(2, 12))
    intake.refresh_from_db()
    assert (intake.state, intake.voice_count) == ("DONE", 10)
    assert AuditEvent.objects.filter(action="intake.finished").count() == 1


def test_a_worker_that_was_overtaken_by_a_chunk_steps_back(ana, small_chunks, queued, monkeypatch):
    intake = checked(ana, many(10), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    real, inside = compute.hear, []

    def overtaken(texts):
        if not inside:
            inside.append(True)
            actions.go_on(intake_id=intake.pk, seconds=0)
        return real(texts)

    monkeypatch.setattr(compute, "hear", overtaken)
    queued.clear()
    actions.go_on(intake_id=intake.pk)
    intake.refresh_from_db()
    assert (intake.voice_count, intake.known_count, len(queued)) == (3, 0, 1)
    actions.go_on(intake_id=intake.pk)
    intake.refresh_from_db()
    assert (intake.voice_count, intake.known_count, intake.state) == (10, 0, "DONE")
    assert AuditEvent.objects.filter(action="intake.chunk_taken_in").count() == 4


def test_without_the_cursor_the_database_still_keeps_every_row_once(ana, small_chunks, queued, monkeypatch):
    """The guard taken away: the key then refuses the second copy, and the run says that it stopped."""
    intake = checked(ana, many(4), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    actions.go_on(intake_id=intake.pk, seconds=0)
    voice = Voice.objects.filter(intake=intake).order_by("number").first()
    voice.pk, voice._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        voice.save(force_insert=True)
    assert numbers(intake) == [2, 3, 4]


def test_a_task_delivered_twice_changes_nothing(ana, queued):
    intake = taken_in(ana)
    actions.go_on(intake_id=intake.pk)
    intake.refresh_from_db()
    assert (intake.voice_count, Voice.objects.count()) == (7, 7)


def test_a_long_file_is_taken_in_by_several_tasks(ana, small_chunks, queued, monkeypatch):
    intake = checked(ana, many(8), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    rounds = 0
    while queued:
        queued.pop()
        actions.go_on(intake_id=intake.pk, seconds=0)
        rounds += 1
    assert rounds == 4
    assert numbers(intake) == list(range(2, 10))


def test_the_bar_is_true(ana, small_chunks, queued):
    intake = checked(ana, many(8), roles=ONE)
    actions.start(by=ana, intake_id=intake.pk)
    actions.go_on(intake_id=intake.pk, seconds=0)
    found = queries.progress(ana, intake.pk)
    assert (found.done, found.total, found.is_running) == (3, 8, True)
    assert found.per_second > 0
    assert found.seconds_left is not None


def test_starting_asks_the_queue_once_it_is_safe(ana, django_capture_on_commit_callbacks, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "async_task", lambda *call: asked.append(call))
    intake = checked(ana)
    with django_capture_on_commit_callbacks() as after_commit:
        actions.start(by=ana, intake_id=intake.pk)
    assert not asked
    [callback] = after_commit
    callback()
    [(path, *call)] = asked
    assert path == "antiphon.platform.tasks.queue.run"
    tasks.run(*call)
    intake.refresh_from_db()
    assert (call, intake.state) == (["voices.take_in", str(intake.pk)], "DONE")


def test_after_an_import_the_database_knows_its_tables_anew(ana, django_capture_on_commit_callbacks, monkeypatch):
    renewed = []
    monkeypatch.setattr("antiphon.platform.database.statistics.renew", lambda: renewed.append("anew"))
    intake = checked(ana)
    with django_capture_on_commit_callbacks(execute=True):
        actions.start(by=ana, intake_id=intake.pk)
        tasks.run("voices.take_in", str(intake.pk))
    assert renewed == ["anew"]


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("a.txt", "First thought of mine.\n\nSecond thought of mine.\n", 2),
        ("a.md", "# Board\n\n- The first point said.\n- The second point said.\n", 2),
        ("a.jsonl", '{"text": "One thing I said."}\nnot json\n{"text": "Another thing I said."}\n', 2),
    ],
)
def test_notes_and_posts_are_taken_in_too(ana, name, content, texts):
    intake = taken_in(ana, content.encode(), name=name, roles={"text": "text"})
    assert intake.voice_count == texts
    assert intake.bad_count == (name == "a.jsonl")
