"""Whoever was told that something is kept can rely on it, though writers are killed at any moment.

These tests prove what kill -9 of processes does. They prove nothing about power cuts: the PostgreSQL of a test run
works with fsync off, and the operating system stays up.
"""

import os
import random
import signal
import sqlite3
import time
from contextlib import contextmanager

import psycopg
import pytest

KILLS = 60
SECONDS = 45.0
PROGRAMMES = (b"Getting to care\n", b"HSP-204\n")
LOOK = "tests.durability.looking"
WHOLE = {
    "lost": [],
    "without_event": [],
    "without_row": [],
    "insights_without_voices": 0,
    "faults": [],
    "differing": [],
}


@contextmanager
def writing(instance, notes):
    """Writers at work, and a function that kills one of them and starts another."""
    nursery = instance.start("tests.durability.nursery", str(notes), str(os.getpid()))

    def born(number: int) -> int:
        nursery.stdin.write(PROGRAMMES[number])
        nursery.stdin.flush()
        line = nursery.stdout.readline()
        assert line, instance.log()
        return int(line)

    alive = [born(0), born(1)]

    def kill(number: int) -> None:
        os.kill(alive[number], signal.SIGKILL)  # fails when it ended by itself
        alive[number] = born(number)

    try:
        yield kill
    finally:
        instance.end()


def wait_for_notes(notes, count, seconds=20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if notes.exists() and notes.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.02)
    raise AssertionError("nothing is being written")


def test_what_was_acknowledged_is_kept_whenever_a_writer_is_killed(instance, tmp_path):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance, notes = random.Random(seed), tmp_path / "acknowledged"
    with writing(instance, notes) as kill:
        wait_for_notes(notes, 2)
        started = time.monotonic()
        for done in range(KILLS):
            time.sleep(chance.uniform(0.01, 2 * (SECONDS - 15) / KILLS - 0.01))
            kill(chance.randrange(2))
            assert time.monotonic() - started < SECONDS, f"only {done} kills"
        took = time.monotonic() - started
    told = instance.told(LOOK, str(notes))
    print(f"{KILLS} kills in {took:.1f} s, {told['acknowledged']} acknowledged")
    assert {name: told[name] for name in WHOLE} == WHOLE
    assert told["acknowledged"] > KILLS
    if not instance.database:
        assert instance.ask("PRAGMA integrity_check") == [("ok",)]
        assert instance.ask("PRAGMA foreign_key_check") == []


def test_the_look_afterwards_finds_what_was_lost(demonstration, tmp_path):
    notes = tmp_path / "acknowledged"
    notes.write_text("01990000-0000-7000-8000-000000000000\n")
    assert demonstration.told(LOOK, str(notes))["lost"] == ["01990000-0000-7000-8000-000000000000"]


CHANGES = {
    "a row without its event": "DELETE FROM audit_auditevent WHERE action = 'question.asked'",
    "an event without its row": "DELETE FROM programmes_question WHERE text LIKE 'What would make you stay%'",
    "an event that says something else": "UPDATE audit_auditevent SET action = 'x' WHERE seq = 5",
}


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
def test_the_look_afterwards_finds_a_change_behind_our_back(instance, sql):
    with_rules_off(instance, sql)
    told = instance.told(LOOK)
    assert told["without_row"] or told["without_event"] or told["faults"]


def with_rules_off(instance, sql):
    """Change rows as somebody with the database's password could."""
    if instance.database:
        with psycopg.connect(instance.database, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(sql)
        return
    connection = sqlite3.connect(instance.data / "antiphon.sqlite3")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _text in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql)
    for _name, text in triggers:
        connection.execute(text)
    connection.commit()
    connection.close()
