"""Evidence from the shell: the same as on the pages, done by a member, on record."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from tests.cli.test_commands import antiphon

STORY = """
import os, datetime
from pathlib import Path
from antiphon.interfaces.cli import instance, setting_up
instance.prepare(Path({data!r}), make=True)
instance.start_django()
assert not setting_up.set_up(demonstration=False)
from tests.cast import Cast, closed_decision, insight, programme
cast = Cast.assembled()
about = programme(cast.ana, name="Heart")
stated = insight(cast.ana, programme=about, statement="The way to the clinic is too long.")
closed = closed_decision(cast.ana, programme=about, weighs=[stated])
print(closed.pk, stated.pk, stated.supports.get().voice_id)
"""
ANA = ("--as", "ANA@hesperia.example")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """An instance with one decision, its insight and its voice."""
    data = tmp_path_factory.mktemp("evidence") / "data"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    command = [sys.executable, "-c", STORY.format(data=str(data))]
    made = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    decision, insight, voice = made.stdout.strip().splitlines()[-1].split()
    return {"data": data, "decision": decision, "insight": insight, "voice": voice}


def run(told, *arguments, cwd):
    return antiphon(*arguments, "--data", told["data"], cwd=cwd)


@pytest.mark.parametrize(("ending", "sign"), [("pdf", b"%PDF"), ("docx", b"PK"), ("pptx", b"PK")])
def test_a_report_is_written_as_its_ending_says(told, tmp_path, ending, sign):
    said = run(told, "report", *ANA, "--out", f"e.{ending}", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert (tmp_path / f"e.{ending}").read_bytes().startswith(sign)
    assert f"Written to e.{ending}" in said.stdout


def test_programs_get_figures_and_the_hash_that_is_on_record(told, tmp_path):
    said = run(told, "report", *ANA, "--programme", "Heart", "--out", "e.pdf", "--json", cwd=tmp_path)
    answer = json.loads(said.stdout)
    assert said.stderr == ""
    assert answer["figures"]["insights"] == 1
    assert answer["sha256"] == hashlib.sha256((tmp_path / "e.pdf").read_bytes()).hexdigest()
    verdict = run(told, "audit", "verify", "--json", cwd=tmp_path)
    assert json.loads(verdict.stdout)["whole"]


def test_a_report_on_one_decision_takes_its_address(told, tmp_path):
    address = f"http://127.0.0.1:8600/decisions/{told['decision']}/"
    said = run(told, "report", *ANA, "--decision", address, "--out", "e.docx", "--json", cwd=tmp_path)
    assert json.loads(said.stdout)["figures"]["decisions"] == 1


NOTHING = "0198c0de-0000-7000-8000-000000000000"
REFUSED = [
    (["report", *ANA, "--out", "e.txt"], 2, "ends in none of"),
    (["report", "--out", "e.pdf"], 2, "Missing option '--as'"),
    (["report", "--as", "nobody@x.example", "--out", "e.pdf"], 3, "is no member here"),
    (["report", *ANA, "--programme", "Liver", "--out", "e.pdf"], 3, "There are: Heart"),
    (["report", *ANA, "--decision", NOTHING, "--out", "e.pdf"], 3, "There is no decision"),
    (["report", *ANA, "--from", "2026-02-01", "--to", "2026-01-01", "--out", "e.pdf"], 2, "ends before it begins"),
    (["report", *ANA, "--from", "yesterday", "--out", "e.pdf"], 2, "does not match the format"),
    (["report", *ANA, "--out", "no/such/folder/e.pdf"], 4, "there is no such folder"),
    (["trail", "nonsense", *ANA], 2, "holds no id"),
    (["trail", NOTHING, *ANA], 3, "There is no voice, insight or decision"),
    (["trail", NOTHING, *ANA, "--format", "svg"], 2, "Invalid value"),
]


@pytest.mark.parametrize(("arguments", "code", "sentence"), REFUSED)
def test_what_cannot_be_done_is_said_in_one_sentence(told, tmp_path, arguments, code, sentence):
    said = run(told, *arguments, cwd=tmp_path)
    assert said.returncode == code
    assert sentence in " ".join(said.stderr.split())
    assert "Traceback" not in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_another_workspaces_member_sees_nothing_of_it(told, tmp_path):
    said = run(told, "trail", told["decision"], "--as", "cleo@boreas.example", cwd=tmp_path)
    assert said.returncode == 3
    assert run(told, "report", *ANA, "--workspace", "Boreas", "--out", "e.pdf", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize("kind", ["decision", "insight", "voice"])
def test_a_trail_is_told_as_an_indented_list(told, tmp_path, kind):
    said = run(told, "trail", told[kind], *ANA, cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    lines = said.stdout.splitlines()
    assert [line for line in lines if line[0] not in " →"] == ["VOICE", "INSIGHT", "DECISION", "WEIGHING"]
    assert sum(line.startswith("→ ") for line in lines) == 1
    assert "The way to the clinic is too long." in said.stdout


def test_a_trail_is_written_as_prov_rows_and_workbook(told, tmp_path):
    prov = run(told, "trail", told["decision"], *ANA, "--format", "prov", cwd=tmp_path)
    assert "wasDerivedFrom" in json.loads(prov.stdout)
    rows = run(told, "trail", told["decision"], *ANA, "--format", "json", cwd=tmp_path)
    assert [row["kind"] for row in json.loads(rows.stdout)] == ["voice", "insight", "decision", "weighing"]
    assert run(told, "trail", told["decision"], *ANA, "--json", cwd=tmp_path).stdout == rows.stdout
    assert run(told, "trail", told["decision"], *ANA, "--format", "xlsx", cwd=tmp_path).returncode == 2
    book = run(told, "trail", told["decision"], *ANA, "--format", "xlsx", "--out", "t.xlsx", cwd=tmp_path)
    assert book.returncode == 0
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    assert run(told, "trail", told["voice"], *ANA, "--format", "csv", cwd=tmp_path).stdout.startswith(
        "\ufeffWhat it is"
    )


def test_help_teaches_by_example(tmp_path):
    for command in ("report", "trail"):
        said = antiphon(command, "--help", cwd=tmp_path).stdout
        assert "Examples:" in said
        assert "Exit codes:" in said
