"""Bad pools get each problem named by row, and nothing is lost; public tools' files are read as they are."""

import gzip
import json

import pytest

from antiphon.engines.selection import (
    BadProblem,
    Burden,
    Cap,
    Pool,
    Problem,
    Quota,
    Rules,
    read_pool,
    read_problem,
    read_quotas,
    read_rules,
    select,
)


def faults_of(read, *arguments):
    with pytest.raises(BadProblem) as wrong:
        read(*arguments)
    return [(fault.code, fault.row) for fault in wrong.value.faults]


@pytest.fixture
def written(tmp_path):
    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("heading", ["feature,value", "category,feature", "category,name"])
def test_the_headings_of_public_tools_are_read(written, heading):
    path = written(f"{heading},min,max,min_flex,max_flex\nage,old,1,2,0,3\n")
    assert read_quotas(path) == (Quota("age", "old", 1, 2, 0, 3),)


def test_quotas_without_numbers_are_named(written):
    path = written("feature,value,min,max\nage,old,one,2\nage,young,0,\n")
    assert faults_of(read_quotas, path) == [("not_a_number", 2), ("not_a_number", 3)]
    assert faults_of(read_quotas, written("a,b\n1,2\n")) == [("quota_heading", 1)]


def test_a_packed_pool_with_a_mark_and_quotes_is_read(written):
    content = gzip.compress('\ufeffid,age,note\np1,old,"a, b"\np2,young,\n'.encode())
    pool = read_pool(written(content, "pool.csv.gz"), {"age"})
    assert pool == Pool(("p1", "p2"), {"age": ("old", "young")})


def test_rows_that_are_too_short_too_long_or_empty_are_named(written):
    path = written("id,age\np1,old\np2\n\np3,old,more\np4,old\n\n")
    assert faults_of(read_pool, path) == [("cells", 3), ("row_empty", 4), ("cells", 5)]


def test_what_is_not_utf8_is_named_by_row(written):
    path = written(b"id,age\np1,\xe4lter\np2,old\np3,\xff\n")
    assert faults_of(read_pool, path) == [("not_utf8", 2), ("not_utf8", 4)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("\nid,age\np1,old\n", "empty"),
        ("name,age\np1,old\n", "no_id_column"),
        ('id,age\np1,"old\n', "not_csv"),
        (b"\x1f\x8bxx", "unreadable"),
    ],
)
def test_a_file_that_is_no_pool_is_refused(written, content, code):
    assert [fault for fault, _ in faults_of(read_pool, written(content))] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert faults_of(read_pool, tmp_path / "none.csv") == [("unreadable", 0)]


def test_all_faults_of_the_people_are_told_at_once():
    ids = ("p1", "p1", "", "p3", "p4")
    pool = Pool(ids, {"age": ("old", "old", "old", "ancient", "")})
    problem = Problem(pool, (Quota("age", "old", 3, 1), Quota("age", "old", 0, 1), Quota("eyes", "blue", 0, 1)), 2)
    codes = faults_of(select, problem)
    assert codes == [
        ("id_twice", 3),
        ("id_missing", 4),
        ("min_max", 2),
        ("quota_twice", 3),
        ("no_such_column", 4),
        ("value_unknown", 5),
        ("value_missing", 6),
    ]


def test_one_hundred_thousand_rows_and_one_thousand_columns_are_read(written):
    long = "id,age\n" + "".join(f"p{i},{'old' if i % 3 else ''}\n" for i in range(100_000))
    pool = read_pool(written(long))
    assert len(pool.ids) == 100_000
    faults = faults_of(select, Problem(pool, (Quota("age", "old", 0, 5),), 5))
    assert len(faults) == 33_334
    wide = ",".join(["id", *(f"c{i}" for i in range(1000))]) + "\n" + ",".join(["p1"] * 1001) + "\n"
    assert len(read_pool(written(wide)).columns) == 1000


def test_what_is_wrong_with_any_file_is_told_at_once_and_by_its_row(written):
    rows = [b"id,age,home", b"p1,old,a", b"p1,\xe4lt,b", b"p2,old", b"", b",old,c", b"p1,ancient,d", b"p7,,e"]
    pool = written(b"\n".join(rows) + b"\n", "pool.csv")
    quotas = written("feature,value,min,max\nage,old,3,1\nage,young,0,x\nage,old,0,1\neyes,blue,0,1\n", "quotas.csv")
    rules = written('{"cannot_serve_together": [["p1", "p9"]]}', "rules.json")
    with pytest.raises(BadProblem) as wrong:
        read_problem(pool, quotas, 2, constraints=rules, households="home")
    assert [(fault.file, fault.row, fault.code) for fault in wrong.value.faults] == [
        ("constraints", 0, "no_such_person"),
        ("pool", 3, "not_utf8"),
        ("pool", 4, "cells"),
        ("pool", 5, "row_empty"),
        ("pool", 6, "id_missing"),
        ("pool", 7, "id_twice"),
        ("pool", 7, "value_unknown"),
        ("pool", 8, "value_missing"),
        ("quotas", 2, "min_max"),
        ("quotas", 3, "not_a_number"),
        ("quotas", 4, "quota_twice"),
        ("quotas", 5, "no_such_column"),
    ]


def test_a_file_that_cannot_be_told_hides_no_fault_of_the_others(written, tmp_path):
    quotas = written("feature,value,min,max\nage,old,3,1\n", "quotas.csv")
    rules = written("{", "rules.json")
    with pytest.raises(BadProblem) as wrong:
        read_problem(tmp_path / "none.csv", quotas, 2, constraints=rules)
    assert [(fault.file, fault.code) for fault in wrong.value.faults] == [
        ("constraints", "not_json"),
        ("pool", "unreadable"),
        ("quotas", "min_max"),
    ]


def test_files_without_fault_are_a_problem(written):
    pool, quotas = written("id,age,home\np1,old,a\n", "pool.csv"), written("feature,value,min,max\nage,old,1,1\n")
    problem = read_problem(pool, quotas, 1, households="home")
    people = Pool(("p1",), {"age": ("old",), "home": ("a",)})
    assert problem == Problem(people, (Quota("age", "old", 1, 1),), 1, Rules(caps=(Cap("home", 1),)))


def test_constraints_are_read_with_the_keys_of_public_instances(written):
    found = {
        "panel_size": 20,
        "household_max": 1,
        "organisation_max": 3,
        "max_recent_activities": 6,
        "access_capacity": {"wheelchair": 2},
        "exclude_coi": ["declared_conflict"],
        "cannot_serve_together": [["a", "b"]],
        "must_serve_together": [["c", "d"]],
        "expected_dropout_rate": 0.15,
        "note": "as it came",
    }
    rules = read_rules(written(json.dumps(found), "extra.json"))
    assert [(cap.column, cap.most) for cap in rules.caps] == [("household", 1), ("organisation", 3)]
    assert rules.apart == (("a", "b"),)
    assert rules.together == (("c", "d"),)
    assert rules.excluded_values == (("coi", "declared_conflict"),)
    assert rules.burden is not None
    assert rules.burden.most_each == 6
    assert rules.capacities[0].value == "wheelchair"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"houshold_max": 1}', "unknown_key"),
        ('{"household_max": "1"}', "wrong_value"),
        ('{"columns": "home"}', "wrong_value"),
        ('{"columns": {"home": "household"}}', "wrong_value"),
        ('{"columns": {"household": 3}}', "wrong_value"),
        ("[1]", "not_json"),
        ("[" * 100_000, "not_json"),
        ("{", "not_json"),
    ],
)
def test_constraints_that_mean_nothing_are_refused(written, content, code):
    assert [fault for fault, _ in faults_of(read_rules, written(content, "c.json"))] == [code]


def test_rules_that_name_nobody_are_named():
    pool = Pool(("p1", "p2"), {"age": ("old", "old")})
    rules = Rules(forced=("p9", "p1"), excluded=frozenset({"p1"}), apart=(("p1", "p8"),))
    codes = faults_of(select, Problem(pool, (Quota("age", "old", 0, 2),), 1, rules))
    assert codes == [("no_such_person", 0), ("no_such_person", 0), ("forced_and_excluded", 0)]


PEOPLE = Pool(
    tuple(f"p{i}" for i in range(6)),
    {"age": ("old",) * 6, "home": ("h", "h", "", "none", "none", ""), "h": ("9",) * 6},
)


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        (Rules(forced=("p1", "p2"), apart=(("p0", "p1", "p2"),)), ["forced_apart"]),
        (Rules(forced=("p0", "p1"), caps=(Cap("home", 1),)), ["forced_share"]),
        (Rules(forced=("p3", "p4"), caps=(Cap("home", 1),)), []),
        (Rules(forced=("p0", "p1", "p2"), together=(("p2", "p3"),)), ["too_many_forced"]),
        (Rules(forced=("p0",), excluded_values=(("age", "old"),)), ["forced_and_excluded"]),
        (Rules(forced=("p0",), burden=Burden("h", most_each=8)), ["forced_and_asked_enough"]),
        (
            Rules(forced=("p0",), together=(("p0", "p1"),), excluded=frozenset({"p1"})),
            ["forced_and_companion_cannot", "forced_and_excluded"],
        ),
    ],
)
def test_nobody_must_sit_against_a_rule(rules, codes):
    problem = Problem(PEOPLE, (Quota("age", "old", 0, 3),), 3, rules)
    if codes:
        assert [code for code, _ in faults_of(select, problem)] == codes
    else:
        assert set(rules.forced) <= set(select(problem).panels[0].ids)
