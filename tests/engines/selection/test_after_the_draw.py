"""Drop-outs, reserves, staged invitations and what a draw does to inclusion."""

from dataclasses import replace

import numpy as np
import pytest

from antiphon.engines.selection import (
    BadProblem,
    Burden,
    Cap,
    Capacity,
    Pool,
    Problem,
    Quota,
    Rules,
    inclusion,
    invitation_problem,
    redraw,
    reserves,
    risks,
    select,
    top_up,
)
from tests.engines.selection import slow_twin
from tests.engines.selection.problems import large

PROBLEM = large(people=80, seed=2, features=3)
PANEL = select(PROBLEM).panels[0].ids


def test_those_who_accepted_stay_and_those_who_dropped_out_are_gone():
    accepted, dropped = PANEL[:6], PANEL[6:8]
    lottery = redraw(PROBLEM, accepted=accepted, dropped=dropped)
    for panel in lottery.panels:
        assert set(accepted) <= set(panel.ids)
        assert not set(dropped) & set(panel.ids)
        assert slow_twin.meets(PROBLEM, frozenset(panel.ids))
    assert all(lottery.chances[name] == 1.0 for name in accepted)
    assert lottery.smallest_chance == pytest.approx(lottery.bound, rel=1e-6)


def test_nobody_both_accepts_and_drops_out():
    with pytest.raises(BadProblem):
        redraw(PROBLEM, accepted=PANEL[:2], dropped=PANEL[1:3])


def test_a_panel_is_topped_up_around_those_who_sit():
    grown = replace(
        PROBLEM, size=PROBLEM.size + 3, quotas=tuple(replace(quota, max=quota.max + 3) for quota in PROBLEM.quotas)
    )
    lottery = top_up(grown, sitting=PANEL)
    assert all(set(PANEL) <= set(panel.ids) and len(panel.ids) == grown.size for panel in lottery.panels)


def test_every_reserve_can_really_step_in_for_the_seats_named():
    found = reserves(PROBLEM, panel=PANEL, number=8)
    assert len({reserve.id for reserve in found}) == 8
    for reserve in found:
        assert reserve.seats
        for seat in reserve.seats:
            assert slow_twin.meets(PROBLEM, frozenset({*PANEL, reserve.id} - {seat}))


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        (Rules(capacities=(Capacity("need", None, 0),)), {"b", "d", "e"}),
        (Rules(capacities=(Capacity("need", "ramp", 0),)), {"b", "c", "d", "e"}),
        (Rules(caps=(Cap("home", 1),)), {"a", "c", "e"}),
        (Rules(burden=Burden("hours", most_together=5)), {"a", "e"}),
        (Rules(burden=Burden("hours", most_each=4)), {"a", "b", "c", "e"}),
        (Rules(together=(("x", "y"), ("a", "b"))), {"c", "d", "e"}),
        (Rules(forced=("x",), apart=(("y", "e"),), excluded_values=(("home", "h2"),)), {"a", "c"}),
    ],
)
def test_a_reserve_keeps_every_rule(rules, kept):
    columns = {
        "age": ("old",) * 7,
        "need": ("", "", "ramp", "", "loop", "none", "no"),
        "home": ("h1", "h2", "h3", "h2", "h1", "h2", "none"),
        "hours": ("1", "2", "3", "4", "4", "5", "1"),
    }
    problem = Problem(Pool(("x", "y", "a", "b", "c", "d", "e"), columns), (Quota("age", "old", 0, 2),), 2, rules)
    found = reserves(problem, panel=("x", "y"), number=9)
    assert {reserve.id for reserve in found if "x" in reserve.seats} == kept


def test_who_must_sit_may_drop_out_and_a_companion_stays_without_them():
    first, second, third = PANEL[:3]
    problem = replace(PROBLEM, rules=Rules(forced=(first, third), together=((first, second),)))
    lottery = redraw(problem, accepted=(second,), dropped=(first,))
    assert all({second, third} <= set(panel.ids) and first not in panel.ids for panel in lottery.panels)


def test_reserves_cover_the_seat_that_is_likely_to_be_lost():
    for seat in PANEL[:4]:
        found = reserves(PROBLEM, panel=PANEL, number=1, leaving={seat: 0.9})
        assert seat in found[0].seats


def test_among_equal_reserves_the_one_asked_for_less_comes_first():
    hours = tuple(str(i % 7) for i in range(80))
    pool = replace(PROBLEM.pool, columns={**PROBLEM.pool.columns, "hours": hours})
    problem = replace(PROBLEM, pool=pool, rules=Rules(burden=Burden("hours")))
    asked = dict(zip(pool.ids, map(int, hours), strict=True))
    first, *_ = reserves(problem, panel=PANEL, number=1)
    alike = [name for name in pool.ids if name not in PANEL and kind(name) == kind(first.id)]
    assert asked[first.id] == min(asked[name] for name in alike)


def kind(name):
    row = PROBLEM.pool.ids.index(name)
    return tuple(values[row] for values in PROBLEM.pool.columns.values())


def test_invitations_are_enough_for_the_risk_stated():
    rates = {("f0", "v1"): 0.5}
    stage = invitation_problem(replace(PROBLEM, size=5, quotas=small_quotas()), rates=rates, default=0.7, risk=0.2)
    assert stage.invitations > 5
    assert stage.lacking == ()
    lottery = select(stage.problem)
    found = risks(replace(PROBLEM, quotas=small_quotas()), invited=lottery.panels[0].ids, rates=rates, default=0.7)
    assert sum(one.risk for one in found) <= 0.2 + 1e-9


def small_quotas():
    return (Quota("f0", "v0", 1, 5), Quota("f0", "v1", 1, 5), Quota("f0", "v2", 1, 5))


def test_the_risk_stated_is_the_risk_seen_in_a_million_trials():
    problem = replace(PROBLEM, quotas=small_quotas())
    invited = [
        name for name, value in zip(problem.pool.ids, problem.pool.columns["f0"], strict=True) if value == "v2"
    ][:4]
    stated = next(one for one in risks(problem, invited=invited, rates={}, default=0.4) if one.value == "v2")
    random = np.random.default_rng(1)
    seen = float((random.random((1_000_000, 4)) < 0.4).any(axis=1).mean())
    assert stated.risk == pytest.approx(1 - seen, abs=0.003)


def test_a_pool_too_small_to_invite_from_is_said():
    quotas = (Quota("f0", "v0", 70, 80), *small_quotas()[1:])
    stage = invitation_problem(replace(PROBLEM, size=75, quotas=quotas), rates={}, default=0.5, risk=0.1)
    assert ("f0", "v0") in [(feature, value) for feature, value, _ in stage.lacking]


def test_who_is_missing_is_known_before_the_draw():
    quota = PROBLEM.quotas[0]
    held = PROBLEM.pool.columns[quota.feature].count(quota.value)
    groups = inclusion(PROBLEM, reference={(quota.feature, quota.value): 0.9})
    missing = groups[0].missing
    assert (held + missing) / (80 + missing) >= 0.9 > (held + missing - 1) / (80 + missing - 1)
    assert groups[0].chance is None


def test_small_counts_are_hidden_and_cannot_be_worked_out():
    lottery = select(PROBLEM)
    groups = inclusion(PROBLEM, lottery=lottery, panel=PANEL, limit=5)
    for feature in {group.feature for group in groups}:
        own = [group.chosen for group in groups if group.feature == feature]
        assert all(count is None or count == 0 or count >= 5 for count in own)
        assert own.count(None) != 1
    shown = inclusion(PROBLEM, lottery=lottery, panel=PANEL, limit=0)
    assert sum(group.chosen for group in shown if group.feature == "f0") == PROBLEM.size
