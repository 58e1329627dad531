"""`python -m antiphon.content` shows what ships, and fails on a fault."""

import subprocess
import sys

from antiphon import content
from antiphon.content.__main__ import main


def test_the_table_counts_every_pack(capsys):
    assert main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["pack", *content.packs(), "all"]
    assert lines[3].split()[:5] == ["decision_points", "2026-11", "36", "13", "0"]
    total = sum(len(content.load(pack)) for pack in content.packs())
    assert lines[-1].split() == ["all", str(total), "13", "0"]


def test_a_fault_is_told_and_ends_in_failure(tmp_path, capsys):
    for pack in content.packs():
        (tmp_path / f"{pack}.yaml").write_text("entries: [{id: a}]")
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "needs.yaml, entry a, field label: missing" in told
    assert "consent_scopes.yaml, entry a, field allows: missing" in told


def test_it_runs_as_a_module_without_django():
    check = (
        "import runpy, sys; sys.argv = ['content']\n"
        "try: runpy.run_module('antiphon.content', run_name='__main__')\n"
        "except SystemExit as end: sys.exit(end.code or ('django' in sys.modules) * 3)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", check], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("pack ")
