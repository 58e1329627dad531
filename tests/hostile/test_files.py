"""Every way in for a file takes or refuses what wants something: no page breaks, no memory runs out, nothing runs."""

import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.voices.models import Intake
from tests.hostile.asking import names_asked_of
from tests.hostile.files import FILES
from tests.hostile.trying import fault_of
from tests.hostile.values import RAW
from tests.meta.test_routes import OURS
from tests.meta.test_two_workspaces import TOKENS, fill, foreign
from tests.meta.world import World

# Each page that takes a file, with the word that its form has for it.
TAKES_A_FILE = {"voices:intake_new": "file", "codebooks:bring": "file"}
MOST_MEMORY = 400 * 1024  # KiB


@pytest.fixture
def world(db):
    return World("CNRYA")


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_every_page_that_takes_a_file_is_tried(name, pattern, world, signed_in, monkeypatch):
    browser = signed_in(world.members[Role.PE_LEAD])
    address = reverse(name, kwargs=fill(pattern, None if name in TOKENS else world))
    asked = names_asked_of(monkeypatch, "FILES", lambda: fault_of(lambda: browser.post(address, foreign(world))))
    assert asked == ({TAKES_A_FILE[name]} if name in TAKES_A_FILE else set())


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: ascii(kind)[:40])
@pytest.mark.parametrize("name", TAKES_A_FILE)
def test_no_file_breaks_a_page(name, kind, world, signed_in):
    patterns = dict(OURS)
    browser = signed_in(world.members[Role.PE_LEAD])
    address = reverse(name, kwargs=fill(patterns[name], world))
    sent = SimpleUploadedFile("x.csv", FILES[kind])
    sent._name = kind
    before = set(Intake.objects.values_list("pk", flat=True))
    response = browser.post(address, {TAKES_A_FILE[name]: sent}, follow=True)
    assert response.status_code in {200, 422}
    pages = [response.text]
    pages += [browser.get(reverse("voices:intake_list")).text]
    for intake in Intake.objects.exclude(pk__in=before):
        shown = browser.get(reverse("voices:intake_columns", args=[intake.pk]))
        assert shown.status_code == 200
        pages.append(shown.text)
    for page in pages:
        assert not any(raw in page for raw in RAW)


# VmHWM is the most that this process had; ru_maxrss would start with what the one that started it had.
RUN = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from antiphon.interfaces.cli.root import root
try:
    root(sys.argv[1:])
finally:
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(said["VmHWM"].split()[0])
"""


def run(*words: str) -> tuple[subprocess.CompletedProcess, int]:
    """A command in a process of its own, and the most memory it had, in KiB."""
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False)
    return done, int(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("kind", ["bomb.xlsx", "laughs.docx", "one line.txt", "quotes.csv", "brackets.jsonl"])
def test_listening_to_a_file_uses_little_memory_and_says_what_is_wrong(tmp_path, kind):
    file = tmp_path / kind
    file.write_bytes(FILES[kind])
    done, memory = run("listen", str(file), "--out", str(tmp_path / "heard.jsonl"), "--quiet")
    assert done.returncode in {0, 1, 3}, done.stderr
    assert "Traceback" not in done.stderr
    assert memory < MOST_MEMORY


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: ascii(kind)[:40])
def test_no_file_is_taken_for_a_backup(tmp_path, kind):
    file = tmp_path / "backup.tar.gz"
    file.write_bytes(FILES[kind])
    done, memory = run("restore", str(file), "--check", "--quiet")
    assert done.returncode == 3, done.stderr
    assert "is refused" in done.stdout + done.stderr
    assert memory < MOST_MEMORY
