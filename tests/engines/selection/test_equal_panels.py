"""Many panels of equal weight from one deck: how very large pools get their lottery."""

import numpy as np
import pytest

from antiphon.engines.selection import _decompose, never, select
from antiphon.engines.selection._build import build
from antiphon.engines.selection._compact import leximin_target, tight_rows
from antiphon.engines.selection._copies import copies_of, number_of_panels
from antiphon.engines.selection._equal import equal_panels
from antiphon.engines.selection._mend import reseat
from antiphon.engines.selection._panels import Workshop
from antiphon.engines.selection._trade import trade
from tests.engines.selection import slow_twin
from tests.engines.selection.problems import large


@pytest.mark.parametrize(("bound", "number"), [(1 / 1027, 1027), (4 / 1451, 1451), (2 / 77, 1001), (1 / 3, 1002)])
def test_the_number_of_panels_is_one_that_gives_the_bound_exactly(bound, number):
    found = number_of_panels(bound, 1000, 4000)
    assert found == number
    assert np.floor(found * bound + 1e-6) / found == pytest.approx(bound, rel=1e-9)


def test_a_bound_below_one_in_the_number_asked_for_still_seats_everyone_once():
    assert number_of_panels(1 / 3910.6, 1000, 2000) == 3911


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_copies_of_all_panels_together_meet_the_quotas_as_a_whole(seed):
    system = build(large(seed=seed)).system
    target = leximin_target(system)
    copies = copies_of(system, target.chances, 1000, np.random.default_rng(seed))
    total = copies @ system.matrix
    assert copies.sum() == 1000 * system.size
    assert (total >= 1000 * system.low).all()
    assert (total <= 1000 * system.high).all()
    assert np.abs(copies / system.counts - 1000 * target.chances).max() <= 1 + 1e-9


def test_trading_leaves_everyone_as_many_seats_as_before_and_fewer_faults():
    system = build(large(seed=2)).system
    target = leximin_target(system)
    random = np.random.default_rng(1)
    shop = Workshop(system, *tight_rows(system, target.chances, None), random)
    copies = copies_of(system, target.chances, 300, random)
    seats = shop.dealt(copies, 300)
    before = shop.faults(seats).sum()
    trade(shop, seats, never)
    assert (np.bincount(seats.kind.ravel(), minlength=system.kinds) == copies).all()
    assert shop.faults(seats).sum() < before / 4
    assert np.allclose(seats.total, system.matrix[seats.kind].sum(axis=1))


def test_whoever_lost_a_seat_is_seated_where_the_panel_stays_whole():
    system = build(large(seed=2)).system
    target = leximin_target(system)
    random = np.random.default_rng(3)
    panels = equal_panels(system, target, 200, random, never)
    shop = Workshop(system, system.low, system.high, random)
    seats = shop.seated(panels)
    needed = np.bincount(panels.ravel(), minlength=system.kinds)
    more = int(needed.argmin())
    needed = needed // 2
    needed[more] = needed[more] * 2 + 2
    reseat(shop, seats, needed)
    assert np.bincount(seats.kind.ravel(), minlength=system.kinds)[more] == needed[more]
    assert not shop.faults(seats).any()


@pytest.mark.parametrize("method", ["leximin", "maximin", "nash"])
@pytest.mark.parametrize("seed", [1, 4])
def test_a_lottery_of_equal_panels_is_whole_and_proven(monkeypatch, method, seed):
    monkeypatch.setattr(_decompose, "LARGE", 10)
    problem = large(seed=seed)
    lottery = select(problem, method=method, tickets=1000)
    assert all(slow_twin.meets(problem, frozenset(panel.ids)) for panel in lottery.panels)
    assert sum(lottery.chances.values()) == pytest.approx(problem.size)
    assert lottery.tickets.loss <= 0.001 + 1e-9
    assert sum(lottery.tickets.counts) == 1000
    if method == "nash":
        return
    assert lottery.smallest_chance >= lottery.bound * (1 - 1e-6)
    if method == "leximin":
        assert lottery.leximin_gap <= 0.001


def test_out_of_time_says_so_and_every_panel_found_is_in_order(monkeypatch):
    monkeypatch.setattr(_decompose, "LARGE", 10)
    problem = large(seed=2)
    lottery = select(problem, method="maximin", expired=lambda: True)
    assert lottery.status == "timeout"
    assert lottery.smallest_chance < lottery.bound
    assert all(slow_twin.meets(problem, frozenset(panel.ids)) for panel in lottery.panels)
