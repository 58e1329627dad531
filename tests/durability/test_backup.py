"""What is backed up while others work comes back equal, and goes on from there."""

import json
import os
import re
import stat
import urllib.request
from types import SimpleNamespace

import pytest

from tests.durability.instances import SERVER, Instance, free_port
from tests.durability.test_killed_writers import LOOK, WHOLE, wait_for_notes, writing


def backed_up(instance, out):
    done = instance.cli("backup", "--data", str(instance.data), "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(**json.loads(done.stdout))


def restored(backup, folder, database=""):
    done = Instance(folder).cli("restore", str(backup), "--data", str(folder), "--database", database)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Restored and proven: ")
    return Instance(folder, database)


def test_a_backup_taken_while_others_write_comes_back_equal(instance, tmp_path, databases):
    notes, out = tmp_path / "acknowledged", tmp_path / "backup.tar.gz"
    with writing(instance, notes):
        wait_for_notes(notes, 20)
        before = notes.read_text()
        made = backed_up(instance, out)
        wait_for_notes(notes, before.count("\n") + 20)
    (tmp_path / "before").write_text(before)
    back = restored(out, tmp_path / "restored", databases.make())
    told = back.told(LOOK, str(tmp_path / "before"))
    assert {name: told[name] for name in WHOLE} == WHOLE
    assert told["content_hash"] == made.content_hash
    assert told["acknowledged"] >= 20
    assert instance.told(LOOK)["events"] > told["events"]
    print(f"{made.rows} rows, {made.files} files, {made.size} bytes, {made.seconds} s")
    if not back.database:
        assert back.ask("PRAGMA integrity_check") == [("ok",)]


def test_a_restored_instance_starts_and_shows_an_answer_under_its_old_link(instance, tmp_path, databases):
    backed_up(instance, tmp_path / "backup.tar.gz")
    link = instance.told(LOOK)["link"]
    back = restored(tmp_path / "backup.tar.gz", tmp_path / "restored", databases.make())
    port = free_port()
    try:
        back.up(port)
        path = re.sub(r"^https?://[^/]+", "", link)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as page:
            assert page.status == 200
            assert "You told us what the way to a visit is like." in page.read().decode()
    finally:
        back.end()
    doctor = back.cli("doctor", "--data", str(back.data), "--database", back.database)
    assert doctor.returncode == 0
    assert "No backup was made from this folder yet. Run: antiphon backup --data" in doctor.stdout


@pytest.mark.skipif(not SERVER, reason="needs both databases")
def test_a_backup_of_one_database_can_be_restored_into_the_other(demonstration, tmp_path, databases):
    first = backed_up(demonstration, tmp_path / "postgresql.tar.gz")
    embedded = restored(tmp_path / "postgresql.tar.gz", tmp_path / "embedded")
    second = backed_up(embedded, tmp_path / "sqlite.tar.gz")
    server = restored(tmp_path / "sqlite.tar.gz", tmp_path / "server", databases.make())
    third = backed_up(server, tmp_path / "again.tar.gz")
    assert (first.database, second.database, third.database) == ("postgresql", "sqlite", "postgresql")
    assert first.content_hash == second.content_hash == third.content_hash
    assert first.counts == third.counts
    [(last,)] = server.ask("SELECT max(id) FROM auth_permission")
    assert server.ask("SELECT nextval('auth_permission_id_seq')") == [(last + 1,)]
    assert server.cli("doctor", "--data", str(server.data), "--database", server.database).returncode == 0


@pytest.mark.skipif(not SERVER, reason="needs a database outside the folder")
def test_a_database_that_is_not_empty_is_refused(demonstration, tmp_path):
    backed_up(demonstration, tmp_path / "backup.tar.gz")
    words = ["--data", str(tmp_path / "restored"), "--database", demonstration.database]
    done = demonstration.cli("restore", str(tmp_path / "backup.tar.gz"), *words)
    assert done.returncode == 4
    assert "Restore into an empty one" in done.stderr
    assert not (tmp_path / "restored").exists()


def test_only_its_owner_can_read_a_backup_and_what_is_restored_from_it(demonstration, tmp_path, databases):
    words = ["--data", str(demonstration.data), "--out", str(tmp_path / "backup.tar.gz")]
    done = demonstration.cli("backup", *words)
    assert "whoever has it can read everything" in done.stdout
    back = restored(tmp_path / "backup.tar.gz", tmp_path / "restored", databases.make())
    private = [tmp_path / "backup.tar.gz", *(back.data / "keys").iterdir(), *back.data.glob("files/*/*/*")]
    assert len(private) > 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    for path in (demonstration.data / "keys").iterdir():
        assert (back.data / "keys" / path.name).read_bytes() == path.read_bytes()


def test_doctor_knows_the_last_backup(instance, tmp_path):
    words = ("doctor", "--data", str(instance.data), "--database", instance.database)
    assert "No backup was made from this folder yet" in instance.cli(*words).stdout
    made = backed_up(instance, tmp_path / "backup.tar.gz")
    assert "The last backup is 0 hours old" in instance.cli(*words).stdout
    remembered = json.loads((instance.data / "backups.json").read_text())["last"]
    assert remembered["content_hash"] == made.content_hash
    remembered["at"] = "2026-01-01T00:00:00+00:00"
    (instance.data / "backups.json").write_text(json.dumps({"last": remembered}))
    assert re.search(r"! The last backup is \d+ hours old. Run: antiphon backup", instance.cli(*words).stdout)


@pytest.mark.parametrize("change", ["missing", "altered"])
def test_a_file_that_is_lost_or_altered_is_said_and_not_passed_over(instance, tmp_path, change):
    file = next(instance.data.glob("files/*/*/*"))
    if change == "missing":
        file.unlink()
    else:
        os.chmod(file, 0o600)
        file.write_bytes(file.read_bytes() + b"\n")
    done = instance.cli("backup", "--data", str(instance.data), "--out", str(tmp_path / "backup.tar.gz"))
    assert done.returncode == 4
    assert file.name in done.stderr
    assert not (tmp_path / "backup.tar.gz").exists()


def test_a_backup_never_writes_over_a_file_and_clears_away_what_a_stopped_one_left(instance, tmp_path):
    left = instance.data / "backup-stopped"
    left.mkdir()
    (left / "rows.jsonl").write_text("what patients said")
    backed_up(instance, tmp_path / "backup.tar.gz")
    assert not left.exists()
    before = (tmp_path / "backup.tar.gz").read_bytes()
    done = instance.cli("backup", "--data", str(instance.data), "--out", str(tmp_path / "backup.tar.gz"))
    assert done.returncode == 4
    assert "There is a file" in done.stderr
    assert (tmp_path / "backup.tar.gz").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {"instance", "backup.tar.gz", "instance.log"}


def test_a_sign_in_does_not_come_back_to_life():
    from antiphon.platform.backup import rows

    labels = {model._meta.label for model in rows.tables()}
    assert not labels & set(rows.LEFT_OUT)
    assert {"audit.AuditEvent", "voices.Voice", "django_q.OrmQ", "auth.Group_permissions"} <= labels


def test_rows_have_one_order_on_every_database():
    """Numbers and UUIDs sort alike everywhere; words would not."""
    from django.db import models

    from antiphon.platform.backup import rows

    for model in rows.tables():
        key = model._meta.pk
        while key.is_relation:
            key = key.target_field
        assert isinstance(key, models.UUIDField | models.AutoField | models.BigAutoField), model._meta.label
