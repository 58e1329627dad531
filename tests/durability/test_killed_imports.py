"""An import ends whole and once, however often its workers are killed.

As in test_killed_writers: this is about kill -9 of processes, not about power cuts.
"""

import json
import random
import time

import pytest

from tests.durability.bringing import ROWS
from tests.durability.instances import kill_group

KILLS = 5
# Redelivery as in the product, only sooner, so that the test need not wait for 75 seconds.
SOONER = {"ANTIPHON_TASK_TIMEOUT": "8", "ANTIPHON_TASK_RETRY": "9"}
PATIENCE = 60


class Import:
    """One import of an instance, seen from outside."""

    def __init__(self, instance):
        self.instance = instance
        self.id = instance.told("tests.durability.bringing", "start")["intake"]

    @property
    def state(self) -> tuple[str, int]:
        """The run's state, and how many rows are done."""
        sql = "SELECT r.state, r.done_count FROM runs_run r JOIN voices_intake i ON i.run_id = r.id WHERE i.id = '{}'"
        [row] = self.instance.ask(sql.format(self.key))
        return row

    @property
    def key(self) -> str:
        return self.id if self.instance.database else self.id.replace("-", "")

    def count(self, sql: str) -> list[tuple]:
        return self.instance.ask(sql.format(key=self.key, id=self.id))

    def wait_beyond(self, done: int) -> None:
        """Until a worker has moved on, or all is done."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            state, now = self.state
            if now > done or state == "DONE":
                return
            time.sleep(0.02)
        raise AssertionError(f"still at {self.state}\n{self.instance.log()}")

    def wait_done(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.state[0] != "DONE":
            assert time.monotonic() < deadline, f"still at {self.state}\n{self.instance.log()}"
            time.sleep(0.05)


@pytest.mark.parametrize("by_hand", [False, True], ids=["by itself", "resumed by hand"])
def test_an_import_whose_workers_are_killed_is_whole_and_there_once(instance, by_hand):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance, begun = random.Random(seed), time.monotonic()
    going, done, in_the_midst = Import(instance), 0, 0
    for _ in range(KILLS):
        cluster = instance.start("django", "qcluster", **SOONER)
        going.wait_beyond(done)
        time.sleep(chance.uniform(0, 0.3))
        kill_group(cluster)
        state, done = going.state
        in_the_midst += state == "RUNNING"
        if by_hand and state == "RUNNING":
            instance.told("tests.durability.bringing", "resume", going.id)
    instance.start("django", "qcluster", **SOONER)
    going.wait_done()
    print(f"{in_the_midst} of {KILLS} kills in the midst of it, {time.monotonic() - begun:.1f} s")
    assert in_the_midst >= 2
    assert_whole_and_once(instance, going)


def assert_whole_and_once(instance, going):
    counts = going.count("SELECT state, voice_count, known_count, bad_count FROM voices_intake WHERE id = '{key}'")
    assert counts == [("DONE", ROWS, 0, 0)]
    numbers = going.count("SELECT number FROM voices_voice WHERE intake_id = '{key}' ORDER BY number")
    assert len(numbers) == len(set(numbers)) == ROWS
    suggested = "FROM voices_suggestion s JOIN voices_voice v ON v.id = s.voice_id WHERE v.intake_id = '{key}'"
    [(all_of_them,)] = going.count(f"SELECT count(*) {suggested}")
    once = going.count(f"SELECT DISTINCT s.voice_id, s.code {suggested}")
    assert all_of_them == len(once) > ROWS // 2
    events = going.count("SELECT action, body FROM audit_auditevent WHERE object_id = '{id}' ORDER BY seq")
    assert [action for action, _ in events].count("intake.finished") == 1
    chunks = [json.loads(body)["facts"] for action, body in events if action == "intake.chunk_taken_in"]
    starts = [1] + [chunk["last_row"] + 1 for chunk in chunks]
    assert [chunk["first_row"] for chunk in chunks] == starts[:-1]
    assert sum(chunk["voices"] for chunk in chunks) == ROWS
    assert instance.told("tests.durability.looking")["faults"] == []
