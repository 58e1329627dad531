"""A fresh database is the same whether the migrations made it or the models did."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection

LAY = """
import django; django.setup()
from django.core.management import call_command
from antiphon.platform.database import laying
{how}
from django.db import connection
from antiphon.platform.database import guards
assert guards.missing() == []
"""
IN_HASTE = """
import django; django.setup()
from django.db import connection
from antiphon.platform.database import laying

def level():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA synchronous").fetchone()[0]

with laying.in_haste():
    assert level() == 0
    laying.lay_tables()
    connection.close()
    assert level() == 0, "a connection opened meanwhile"
assert level() == 2, "from here on a change waits for the disk"
print("waits")
"""
WAYS = {"at once": "laying.lay_tables()", "by migrations": 'call_command("migrate", verbosity=0)'}


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def run(folder, *words):
    """What Python says in a process of its own, over an empty folder."""
    folder.mkdir(exist_ok=True)
    (folder / "static").mkdir()
    environment = os.environ | {
        "ANTIPHON_DATA": str(folder),
        "ANTIPHON_DATABASE": "",
        "ANTIPHON_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "antiphon.config.settings",
    }
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout.strip()


def laid(folder, how):
    run(folder, "-c", LAY.format(how=how))
    return sqlite3.connect(folder / "antiphon.sqlite3")


def test_haste_ends_with_the_setting_up(tmp_path):
    assert run(tmp_path, "-c", IN_HASTE) == "waits"


def columns(database):
    """What every table holds, whatever the order in which it came to hold it."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: sorted(
            (name, kind, not_null, key)
            for _n, name, kind, not_null, _default, key in database.execute(f"PRAGMA table_info({table})")
        )
        for table in tables
    }


def foreign_keys(database, table):
    return sorted((row[2], row[3], row[4]) for row in database.execute(f"PRAGMA foreign_key_list({table})"))


def indexes(database, table):
    found = []
    for _n, name, unique, _origin, partial in database.execute(f"PRAGMA index_list({table})"):
        parts = [row[2] for row in database.execute(f"PRAGMA index_info({name})")]
        found.append((tuple(map(str, parts)), unique, partial))
    return sorted(found)


def checks(database, table):
    (text,) = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
    return sorted(part.split('"')[1] for part in text.split("CONSTRAINT ")[1:])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The other database lays its tables for every test run.")
def test_both_ways_lay_the_same_tables(tmp_path):
    one, other = (laid(tmp_path / name.replace(" ", "-"), how) for name, how in WAYS.items())
    assert columns(one) == columns(other)
    assert len(columns(one)) > 50
    for table in columns(one):
        assert foreign_keys(one, table) == foreign_keys(other, table), table
        assert indexes(one, table) == indexes(other, table), table
        assert checks(one, table) == checks(other, table), table
    for kind in ("trigger",):
        names = [
            set(each.execute("SELECT name, sql FROM sqlite_master WHERE type = ?", [kind])) for each in (one, other)
        ]
        assert names[0] == names[1]
    applied = [set(each.execute("SELECT app, name FROM django_migrations")) for each in (one, other)]
    assert applied[0] == applied[1]


def test_an_instance_of_the_first_release_becomes_one_of_today_with_its_rows(tmp_path):
    assert run(tmp_path, "-m", "tests.platform.upgrading") == "upgraded"
