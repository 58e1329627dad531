"""However `antiphon up` ends, nothing of it stays behind."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.durability.instances import answers, free_port

SECONDS = 10
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")


def processes() -> dict[int, tuple[int, str]]:
    """Every process with its parent and the moment it was started, so that a number used again is another one."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if words[0] != "Z":
                found[int(folder.name)] = (int(words[1]), words[19])
    return found


def family(pid: int) -> dict[int, str]:
    """A process and whatever it started, directly or not."""
    everyone, members = processes(), {pid}
    while more := {child for child, (parent, _) in everyone.items() if parent in members} - members:
        members |= more
    return {member: everyone[member][1] for member in members}


def wait_gone(members: dict[int, str]) -> float:
    """How long until none of them is left."""
    started = time.monotonic()
    while time.monotonic() - started < SECONDS:
        now = processes()
        if not any(now.get(pid, ("", ""))[1] == begun for pid, begun in members.items()):
            return time.monotonic() - started
        time.sleep(0.05)
    raise AssertionError(f"left after {SECONDS} s: {[pid for pid in members if pid in processes()]}")


def up(instance):
    port = free_port()
    process = instance.up(port)
    deadline = time.monotonic() + 30
    while len(family(process.pid)) < 6:  # itself, web, tasks: the one in front, its guard, worker, two that carry
        assert time.monotonic() < deadline, instance.log()
        time.sleep(0.1)
    return process, port


def test_after_a_kill_everything_it_started_ends_by_itself(instance):
    process, port = up(instance)
    members = family(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    print(f"{len(members)} processes, gone after {wait_gone(members):.1f} s")
    assert not answers(port)


def test_the_tasks_end_when_only_the_process_in_front_of_them_is_killed(instance):
    process, _port = up(instance)
    tasks = [pid for pid in family(process.pid) if "working" in Path(f"/proc/{pid}/cmdline").read_text()]
    front = next(pid for pid in tasks if processes()[pid][0] == process.pid)
    members = family(front)
    os.kill(front, signal.SIGKILL)
    assert len(members) >= 4
    wait_gone({pid: begun for pid, begun in members.items() if pid != front})


@pytest.mark.parametrize("at_work", [False, True], ids=["idle", "with an import at work"])
def test_asked_to_end_it_ends_in_time_and_leaves_no_process(instance, at_work):
    if at_work:
        instance.told("tests.durability.bringing", "start")
    process, port = up(instance)
    members = family(process.pid)
    started = time.monotonic()
    process.terminate()
    process.wait(timeout=SECONDS)
    wait_gone(members)
    print(f"{len(members)} processes, ended after {time.monotonic() - started:.1f} s with {process.returncode}")
    assert process.returncode == 0, instance.log()
    assert not answers(port)
    if at_work:
        assert instance.told("tests.durability.looking")["faults"] == []
