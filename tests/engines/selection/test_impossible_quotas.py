"""Quotas that cannot be met are explained: relaxations that would do, whom to invite, a conflict without waste."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from antiphon.engines.selection import (
    BadProblem,
    Cap,
    Pool,
    Problem,
    Quota,
    QuotasCannotBeMet,
    Rules,
    explain,
    read_pool,
    read_quotas,
    select,
)
from tests.engines.selection import slow_twin
from tests.engines.selection.problems import pool_of, small_problems

PANELS = Path(__file__).parents[4] / "shared" / "data" / "panels"
SUMMED = Problem(
    pool_of(*[("young", "woman")] * 5, *[("old", "man")] * 2),
    (Quota("age", "young", 1, 2), Quota("age", "old", 4, 5), Quota("sex", "woman", 0, 6), Quota("sex", "man", 0, 6)),
    5,
)


def relaxed(problem, relaxation):
    changed = {(c.feature, c.value, c.bound): c.to for c in relaxation.changes}
    quotas = tuple(
        replace(
            quota,
            min=changed.get((quota.feature, quota.value, "min"), quota.min),
            max=changed.get((quota.feature, quota.value, "max"), quota.max),
        )
        for quota in problem.quotas
    )
    return replace(problem, quotas=quotas)


def test_a_shortage_is_explained_by_what_to_lower_and_whom_to_invite():
    with pytest.raises(QuotasCannotBeMet):
        select(SUMMED)
    found = explain(SUMMED)
    assert found.relaxations[0].total == 3
    assert [(r.feature, r.value, r.number) for r in found.recruits] == [("age", "old", 2)]
    assert found.missing == 0


@settings(max_examples=60, deadline=None)
@given(problem=small_problems())
def test_every_relaxation_makes_a_panel_possible_and_every_part_of_the_conflict_is_needed(problem):
    found = explain(problem)
    if slow_twin.panels(problem):
        assert found.relaxations == found.conflict == found.recruits == ()
        return
    assert found.relaxations
    totals = [relaxation.total for relaxation in found.relaxations]
    assert totals == sorted(totals)
    for relaxation in found.relaxations:
        assert slow_twin.panels(relaxed(problem, relaxation))
    keys = {(feature, value) for _, feature, value in found.conflict}
    conflict = tuple(quota for quota in problem.quotas if (quota.feature, quota.value) in keys)
    assert not slow_twin.panels(replace(problem, quotas=conflict))
    for quota in conflict:
        assert slow_twin.panels(replace(problem, quotas=tuple(other for other in conflict if other != quota)))


def test_people_who_are_invited_as_advised_make_a_panel_possible():
    pool = SUMMED.pool
    more = explain(SUMMED).recruits[0].number
    columns = {"age": pool.columns["age"] + ("old",) * more, "sex": pool.columns["sex"] + ("man",) * more}
    grown = replace(SUMMED, pool=Pool((*pool.ids, *(f"n{i}" for i in range(more))), columns))
    assert select(grown).status == "optimal"


def test_a_relaxation_stays_within_what_is_flexible():
    quotas = (SUMMED.quotas[0], replace(SUMMED.quotas[1], min_flex=3, max_flex=5), *SUMMED.quotas[2:])
    found = explain(replace(SUMMED, quotas=quotas))
    assert all(change.to >= 3 for r in found.relaxations for change in r.changes if change.value == "old")


def test_a_pool_too_small_says_how_many_are_missing():
    problem = Problem(pool_of(("old", "man")), (Quota("age", "old", 0, 3),), 3)
    assert explain(problem).missing == 2


@pytest.mark.parametrize(
    ("rules", "missing"),
    [
        (Rules(excluded=frozenset({"p0", "p1", "p2", "p3"})), 3),
        (Rules(caps=(Cap("home", 1),)), 1),
        (Rules(caps=(Cap("home", 0),)), 3),
        (Rules(forced=("p0",), apart=(("p0", "p2", "p3"),)), 1),
    ],
)
def test_rules_that_leave_too_few_people_say_how_many_are_missing(rules, missing):
    pool = pool_of(*[("old", "a")] * 2, *[("old", "b")] * 2, columns=("age", "home"))
    problem = Problem(pool, (Quota("age", "old", 0, 3),), 3, rules)
    with pytest.raises(QuotasCannotBeMet):
        select(problem)
    assert explain(problem).missing == missing


def test_households_that_stand_in_the_way_are_seen():
    pool = pool_of(*[("old", "a")] * 3, *[("young", "")] * 3, columns=("age", "home"))
    quotas = (Quota("age", "old", 2, 3), Quota("age", "young", 0, 3))
    problem = Problem(pool, quotas, 3, Rules(caps=(Cap("home", 1),)))
    found = explain(problem)
    assert [(c.value, c.to) for c in found.relaxations[0].changes] == [("old", 1)]
    assert found.conflict == (("quota", "age", "old"),)


def test_what_is_wrong_with_the_problem_comes_first():
    with pytest.raises(BadProblem):
        explain(replace(SUMMED, size=0))


def known_cases():
    folders = sorted(PANELS.glob("infeasible-*")) if PANELS.exists() else []
    return [(folder, json.loads((folder / "extra.json").read_text())) for folder in folders]


def test_the_smallest_relaxation_of_known_cases_is_found():
    for folder, known in known_cases():
        rules = Rules(caps=(Cap("household", 1),)) if known["households"] else Rules()
        quotas = read_quotas(folder / "categories.csv")
        problem = Problem(read_pool(folder / "respondents.csv"), quotas, known["panel_size"], rules)
        found = explain(problem, expired=lambda: True)
        assert found.relaxations[0].total == known["min_total_relaxation"], folder.name
        assert found.conflict == ()
