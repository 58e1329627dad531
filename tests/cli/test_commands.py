"""The command line: what it says and how it ends."""

import json
import os
import socket
import sqlite3
import subprocess
import sys

import pytest

COMMENTS = "id,comment\n1,The journey takes three hours.\n2,The nurse explained every step.\n"


def antiphon(*arguments, cwd, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    command = [sys.executable, "-m", "antiphon", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=clean | more, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A folder set up once, as `antiphon up` does before it serves, with a workspace and a short trail."""
    data = tmp_path_factory.mktemp("instance") / "data"
    program = f"""
import os
from pathlib import Path
from antiphon.interfaces.cli import instance, setting_up
instance.prepare(Path({str(data)!r}), make=True)
instance.start_django()
assert not setting_up.set_up(demonstration=False)
from antiphon.platform.workspaces.actions import add_member, open_workspace
from antiphon.platform.workspaces.roles import Role
here = open_workspace(name="Hesperia")
add_member(workspace=here, email="ana@x.example", name="Ana", role=Role.PE_LEAD)
print(here.pk)
"""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    made = subprocess.run([sys.executable, "-c", program], env=clean, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return data, made.stdout.strip().splitlines()[-1]


@pytest.fixture
def instance(told, tmp_path):
    """A copy of that folder to spoil."""
    data = tmp_path / "data"
    subprocess.run(["cp", "-a", told[0], data], check=True)
    return data


def test_help_names_every_command_with_an_example(tmp_path):
    said = antiphon("--help", cwd=tmp_path)
    assert said.returncode == 0
    for command in ("up", "listen", "audit", "doctor"):
        assert command in said.stdout
        assert antiphon(command, "--help", cwd=tmp_path).returncode == 0
    assert "Example:" in antiphon("up", "--help", cwd=tmp_path).stdout
    assert antiphon("nonsense", cwd=tmp_path).returncode == 2
    assert "version" in antiphon("--version", cwd=tmp_path).stdout


# ------------------------------------------------------------------ listen


def test_listening_writes_a_line_for_each_row(tmp_path):
    (tmp_path / "a.csv").write_text(COMMENTS)
    said = antiphon(
        "listen", "a.csv", "--text-column", "comment", "--id-column", "id", "--out", "h.jsonl", cwd=tmp_path
    )
    assert said.returncode == 0, said.stderr
    assert "2 rows read, 0 could not be read." in " ".join(said.stderr.split())
    lines = [json.loads(line) for line in (tmp_path / "h.jsonl").read_text().splitlines()]
    assert len(lines) == 2


def test_rows_that_cannot_be_read_are_said(tmp_path):
    (tmp_path / "a.csv").write_text(COMMENTS + '3,"' + "x" * 200_000 + '"\n4,good\n')
    said = antiphon("listen", "a.csv", "--text-column", "comment", "--out", "h.jsonl", "--quiet", cwd=tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "h.jsonl").read_text().splitlines()]
    bad = [line for line in lines if "error" in line]
    assert said.returncode == (1 if bad else 0)
    assert len(lines) == 4


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"", COMMENTS.encode()])
def test_a_file_that_cannot_be_read_writes_nothing(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    said = antiphon("listen", "a.csv", "--text-column", "no such column", "--out", "h.jsonl", cwd=tmp_path)
    assert said.returncode == 3
    assert "Nothing was written." in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "h.jsonl").exists()


@pytest.mark.parametrize("out", ["no/such/folder/h.jsonl", "a.csv/h.jsonl"])
def test_a_place_that_cannot_be_written_is_said(tmp_path, out):
    (tmp_path / "a.csv").write_text(COMMENTS)
    said = antiphon("listen", "a.csv", "--out", out, cwd=tmp_path)
    assert said.returncode == 3
    assert "Traceback" not in said.stderr
    assert out in said.stderr


def test_a_missing_file_is_a_wrong_word(tmp_path):
    assert antiphon("listen", "missing.csv", "--out", "h.jsonl", cwd=tmp_path).returncode == 2


# ------------------------------------------------------------------ doctor


def test_a_well_instance_is_well(instance, tmp_path):
    said = antiphon("doctor", "--data", instance, cwd=tmp_path)
    assert said.returncode == 0, said.stdout
    assert "rules of the database are in place" in said.stdout
    assert "✗" not in said.stdout
    found = json.loads(antiphon("doctor", "--data", instance, "--json", cwd=tmp_path).stdout)
    assert {row["state"] for row in found} <= {"ok", "warning"}


def test_keys_that_others_can_read_are_a_fault(instance, tmp_path):
    (instance / "keys" / "secret").chmod(0o644)
    said = antiphon("doctor", "--data", instance, cwd=tmp_path)
    assert said.returncode == 1
    assert "can read secret" in said.stdout
    assert "chmod 600" in said.stdout


@pytest.mark.parametrize("name", ["audit-values", "audit-signing.pem", "audit-public.pem"])
def test_a_key_that_is_gone_is_a_fault(instance, tmp_path, name):
    (instance / "keys" / name).unlink()
    said = antiphon("doctor", "--data", instance, cwd=tmp_path)
    assert said.returncode == 1
    assert name in said.stdout


def spoil(instance, *statements):
    with sqlite3.connect(instance / "antiphon.sqlite3") as database:
        for statement in statements:
            database.execute(statement)


def test_a_rule_that_is_gone_is_a_fault(instance, tmp_path):
    spoil(instance, "DROP TRIGGER audit_auditevent_append_only_update")
    said = antiphon("doctor", "--data", instance, cwd=tmp_path)
    assert said.returncode == 1
    assert "audit_auditevent_append_only_update" in said.stdout


@pytest.mark.parametrize("command", [["doctor"], ["audit", "verify"]])
def test_an_empty_folder_is_said(tmp_path, command):
    said = antiphon(*command, "--data", tmp_path / "nothing", cwd=tmp_path)
    assert said.returncode == 4
    assert "There is no Antiphon in" in said.stderr
    assert "antiphon up --data" in said.stderr
    assert not (tmp_path / "nothing").exists()


def test_a_wrong_setting_is_a_sentence(instance, tmp_path):
    said = antiphon("doctor", "--data", instance, "--database", "mysql://x/y", cwd=tmp_path)
    assert said.returncode == 4
    assert "postgresql://" in said.stderr
    assert "Traceback" not in said.stderr


# ------------------------------------------------------------------ audit


def test_a_whole_trail_is_whole(instance, tmp_path):
    said = antiphon("audit", "verify", "--data", instance, cwd=tmp_path)
    assert said.returncode == 0, said.stdout
    assert "The trail is whole: 1 chains, 2 events" in said.stdout
    verdict = json.loads(antiphon("audit", "verify", "--data", instance, "--json", cwd=tmp_path).stdout)
    assert verdict["whole"] is True
    assert verdict["heads"] == 1
    assert verdict["faults"] == []


def test_an_altered_trail_is_altered(instance, tmp_path):
    spoil(
        instance,
        "DROP TRIGGER audit_auditevent_append_only_update",
        "UPDATE audit_auditevent SET action = 'nothing.happened' WHERE seq = 2",
    )
    said = antiphon("audit", "verify", "--data", instance, cwd=tmp_path)
    assert said.returncode == 1
    assert "event 2: its columns differ from its body" in said.stdout
    assert "The trail was altered" in said.stdout
    verdict = json.loads(antiphon("audit", "verify", "--data", instance, "--json", cwd=tmp_path).stdout)
    assert verdict["whole"] is False
    assert verdict["faults"]
    assert not (instance / "audit" / "heads.jsonl").exists(), "what is altered is not signed"


def test_an_export_can_be_checked_without_antiphon(instance, told, tmp_path):
    said = antiphon("audit", "export", "--data", instance, "--workspace", told[1], "--out", "t.jsonl", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "2 events written." in said.stdout
    program = said.stdout.split("python ")[1].split(" FILE")[0]
    assert subprocess.run([sys.executable, "-I", program, tmp_path / "t.jsonl"], check=False).returncode == 0


@pytest.mark.parametrize("workspace", ["nonsense", "0198c0de-0000-7000-8000-000000000000"])
def test_an_unknown_workspace_is_no_empty_success(instance, tmp_path, workspace):
    for command in (["export", "--out", "t.jsonl"], ["verify"]):
        said = antiphon("audit", *command, "--data", instance, "--workspace", workspace, cwd=tmp_path)
        assert said.returncode in {2, 3}
        assert workspace in said.stderr
    assert not (tmp_path / "t.jsonl").exists()


# ------------------------------------------------------------------ up


def test_a_taken_port_is_said_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = antiphon("up", "--data", "data", "--port", port, "--no-browser", cwd=tmp_path)
    assert said.returncode == 4
    assert f"Port {port} is taken" in said.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "70000", "-1", "http"])
def test_a_port_that_is_none_is_a_wrong_word(tmp_path, port):
    said = antiphon("up", "--port", port, "--no-browser", cwd=tmp_path)
    assert said.returncode == 2
    assert "Traceback" not in said.stderr
