"""A draw that anyone can repeat: tickets, dice, published numbers."""

from collections import Counter
from itertools import product

import pytest

from antiphon.engines.selection import (
    Panel,
    draw,
    drawn_by_ticket,
    fraction,
    select,
    ticket_from_dice,
    ticket_from_number,
)
from tests.engines.selection.problems import large


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thousand_tickets_cost_the_smallest_chance_one_ticket_at_most(seed):
    lottery = select(large(seed=seed), tickets=1000)
    tickets = lottery.tickets
    assert sum(tickets.counts) == 1000
    given = Counter()
    for count, panel in zip(tickets.counts, tickets.panels, strict=True):
        for name in panel:
            given[name] += count
    assert min(given[name] for name in lottery.chances) / 1000 == pytest.approx(tickets.smallest_chance)
    assert tickets.loss <= 0.001 + 1e-9


def test_a_seed_is_a_published_recipe_and_not_this_machines():
    assert fraction(42) == fraction("42") == 0.894927658247722


def test_the_draw_follows_the_running_total_of_weights():
    panels = [Panel(0.25, ("a",)), Panel(0.75, ("b",))]
    seeds = range(4000)
    share = sum(draw(panels, seed).ids == ("a",) for seed in seeds) / 4000
    assert share == pytest.approx(0.25, abs=0.03)
    assert all((fraction(seed) < 0.25) == (draw(panels, seed).ids == ("a",)) for seed in seeds)


def test_every_ticket_is_equally_likely_with_dice():
    times = Counter(ticket_from_dice(rolls, 6, 10) for rolls in product(range(1, 7), repeat=2))
    again = times.pop(None)
    assert again == 6
    assert set(times) == set(range(1, 11))
    assert set(times.values()) == {3}


def test_a_published_number_names_a_ticket():
    assert ticket_from_number(123_456_789, 1000) == 790
    assert [drawn_by_ticket([2, 3], ticket) for ticket in (1, 2, 3, 4, 5)] == [0, 0, 1, 1, 1]
    with pytest.raises(IndexError):
        drawn_by_ticket([2, 3], 6)
