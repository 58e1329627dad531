"""`antiphon listen` in a pipe: standard input and output, a reader that has seen enough, a run that is stopped."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from antiphon.engines.listening.learned import fit_codebook, write_codebook
from tests.engines.listening.coded import comments
from tests.engines.listening.test_codebook import coded

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
SAID = ["We waited two hours", "Dr Smith was kind", "we waited two hours!"]


def antiphon(*words, cwd, stdin=b""):
    command = [sys.executable, "-m", "antiphon", "listen", *map(str, words)]
    return subprocess.run(command, cwd=cwd, env=CLEAN, input=stdin, capture_output=True, check=False, timeout=120)


def lines_of(output):
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize(
    ("more", "content", "ids"),
    [
        ([], "\n".join(SAID), ["1", "2", "3"]),
        (["--format", "lines"], "\n".join(SAID), ["1", "2", "3"]),
        (["--format", "csv"], "n,said\n" + "".join(f"{n},{text}\n" for n, text in enumerate(SAID)), ["2", "3", "4"]),
        (["--format", "tsv"], "n\tsaid\n" + "".join(f"{n}\t{text}\n" for n, text in enumerate(SAID)), ["2", "3", "4"]),
        (["--format", "jsonl"], "".join(json.dumps({"said": text}) + "\n" for text in SAID), ["1", "2", "3"]),
    ],
)
def test_standard_input_is_listened_to_and_standard_output_holds_lines_alone(tmp_path, more, content, ids):
    said = antiphon("-", "--text-column", "said", "--out", "-", *more, cwd=tmp_path, stdin=content.encode())
    assert said.returncode == 0, said.stderr
    lines = lines_of(said.stdout)
    assert [line["id"] for line in lines] == ids
    assert [line["redacted"] for line in lines] == [SAID[0], "Dr [person] was kind", SAID[2]]
    assert lines[2]["duplicate_of"] == ids[0]
    assert b"3 rows read" in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_program_is_told_what_was_read_where_no_rows_go(tmp_path):
    (tmp_path / "said.csv").write_text("said\nWe waited\n" + "x" * 100_001 + "\n")
    told = {"row_count": 2, "bad_row_count": 1, "kept_row_count": 0, "lost_workers": 0}
    words = ("said.csv", "--text-column", "said", "--json", "--quiet", "--out")
    written = antiphon(*words, "heard.jsonl", cwd=tmp_path)
    assert (written.returncode, json.loads(written.stdout)) == (1, {"out": "heard.jsonl", **told})
    piped = antiphon(*words, "-", cwd=tmp_path)
    assert (len(lines_of(piped.stdout)), json.loads(piped.stderr)) == (2, {"out": "-", **told})


def test_a_file_whose_name_says_nothing_is_read_as_it_is_told(tmp_path):
    (tmp_path / "export").write_text("n;said\n1;We waited\n")
    refused = antiphon("export", "--text-column", "said", "--out", "-", cwd=tmp_path)
    assert refused.returncode == 3
    assert b"unsupported_kind" in refused.stderr
    said = antiphon("export", "--format", "csv", "--text-column", "said", "--out", "-", cwd=tmp_path)
    assert [line["redacted"] for line in lines_of(said.stdout)] == ["We waited"]


def test_a_named_pipe_is_read_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    command = [sys.executable, "-m", "antiphon", "listen", "pipe", "--out", "-", "--quiet"]
    with subprocess.Popen(command, cwd=tmp_path, env=CLEAN, stdout=subprocess.PIPE) as run:
        (tmp_path / "pipe").write_text("\n".join(SAID))
        output = run.communicate(timeout=60)[0]
    assert [line["id"] for line in lines_of(output)] == ["1", "2", "3"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_has_seen_enough_ends_it_without_a_word(tmp_path, jobs):
    (tmp_path / "a.txt").write_text("".join(f"We waited {n} hours\n" for n in range(15_000)))
    command = [sys.executable, "-m", "antiphon", "listen", "a.txt", "--out", "-", "--quiet", "--jobs", jobs]
    with subprocess.Popen(command, cwd=tmp_path, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert json.loads(run.stdout.readline())["id"] == "1"
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 141


def as_in_a_terminal() -> None:
    """What a shell starts in the background, as this suite may be, ignores an interrupt, and so do its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize(("stop", "jobs"), [(signal.SIGINT, "1"), (signal.SIGTERM, "2")])
def test_a_run_that_is_stopped_says_how_to_go_on(tmp_path, stop, jobs):
    (tmp_path / "a.txt").write_text("".join(f"We waited {n} hours\n" for n in range(15_000)))
    words = ["a.txt", "--out", "heard.jsonl", "--jobs", jobs]
    command = [sys.executable, "-m", "antiphon", "listen", *words]
    with subprocess.Popen(
        command, cwd=tmp_path, env=CLEAN, stderr=subprocess.PIPE, preexec_fn=as_in_a_terminal
    ) as run:
        part = tmp_path / "heard.jsonl.part"
        while run.poll() is None and not (part.exists() and part.stat().st_size):
            time.sleep(0.02)
        run.send_signal(stop)
        told = run.stderr.read()
    assert run.returncode == 130
    assert b"Give the same command again to go on from here." in told
    assert b"Traceback" not in told
    done = antiphon(*words, cwd=tmp_path)
    assert done.returncode == 0
    assert b"were done by a run before, which was stopped." in b" ".join(done.stderr.split())
    assert len((tmp_path / "heard.jsonl").read_bytes().splitlines()) == 15_000


def test_a_codebook_adds_its_codes(tmp_path):
    write_codebook(fit_codebook(coded(comments()), text_fields=("text",)), tmp_path / "our.codebook")
    words = ["-", "--codebook", "our.codebook", "--out", "-"]
    said = antiphon(*words, cwd=tmp_path, stdin=b"We waited two hours at the desk\n")
    (line,) = lines_of(said.stdout)
    assert [code["code"] for code in line["codes"] if code["asserted"]] == ["waiting"]
    (tmp_path / "our.codebook").write_text("nothing")
    refused = antiphon(*words, cwd=tmp_path, stdin=b"We waited two hours at the desk\n")
    assert refused.returncode == 3
    assert b"our.codebook is no codebook that can be read" in refused.stderr
    assert refused.stdout == b""


def test_nothing_on_standard_input_is_said(tmp_path):
    said = antiphon("-", "--out", "-", cwd=tmp_path)
    assert said.returncode == 3
    assert b"- cannot be read: empty" in said.stderr


@pytest.mark.parametrize("runner", ["daft", "ray"])
def test_a_runner_that_is_not_installed_is_said(tmp_path, runner):
    said = antiphon("-", "--runner", runner, "--out", "heard.jsonl", cwd=tmp_path, stdin=b"We waited\n")
    assert said.returncode == 4
    assert b"needs the extra antiphon[cluster]" in said.stderr
    assert list(tmp_path.iterdir()) == []
