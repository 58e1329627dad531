"""A lottery as a stated number of tickets, so that a draw can be held in public."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from antiphon.engines.selection._compact import Target
from antiphon.engines.selection._equal import equal_panels
from antiphon.engines.selection._exchange import Exchange
from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._panels import Workshop
from antiphon.engines.selection._people import people_of
from antiphon.engines.selection._system import System

# Moves of single tickets, each time from another start.
_MOVES, _TURNS, _SHAKES = 400, 12, 6
_SAFE = 1e-9
# Exchanges tried in panels of single tickets; what the smallest chance lacks counts first.
_STARTS, _TRIES, _FOUND, _AT_NEED = 8, 600, 6, 0.9
_GRAVE = 1000


@dataclass(frozen=True, slots=True)
class Ticketed:
    """Panels as places in the pool with whole numbers of tickets, the most first."""

    tickets: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]


def ticketed(system: System, panels: Ints, weights: Floats, number: int) -> Ticketed:
    """`number` tickets for panels (B x k) with these weights; people lose less than one each wherever that is found.

    Tickets are moved between the panels of the lottery; for those still short, seats are exchanged in the panels
    of single tickets.
    """
    random = np.random.default_rng(number)
    counts = np.array([np.bincount(panel, minlength=system.kinds + 1)[: system.kinds] for panel in panels])
    owed = _owed(number * (weights @ (counts / system.counts)), system.counts)
    best, least = panels[:0], 0
    for start in range(_STARTS):
        sold = np.repeat(panels, _apportioned(counts, system.counts, weights, number, owed, random), axis=0)
        _exchanged(system, sold, owed, _GRAVE, random)
        short = _exchanged(system, sold, owed, 1, random)
        if start == 0 or short < least:
            best, least = sold, short
        if least < _GRAVE:
            break
    different, tickets = np.unique(np.sort(best, axis=1), axis=0, return_counts=True)
    return _named(system, different, tickets)


def dealt(system: System, target: Target, number: int, expired: Callable[[], bool]) -> Ticketed | None:
    """As many panels as tickets, for very many kinds; where some could not be made whole, others hold two.

    None: not a single one could."""
    random = np.random.default_rng(number)
    panels = equal_panels(system, target, number, random, expired)
    if not len(panels):
        return None
    tickets = np.bincount(np.arange(number) % len(panels), minlength=len(panels))
    return _named(system, panels, tickets)


def _named(system: System, panels: Ints, tickets: Ints) -> Ticketed:
    people = people_of(system, panels, tickets.astype(float), tickets=True)
    return Ticketed(tuple(round(weight) for weight, _ in people), tuple(places for _, places in people))


@dataclass(frozen=True, slots=True)
class _Owed:
    """Tickets a kind (T): `whole`, so that nobody loses one, `least`, so that the smallest chance loses no more."""

    whole: Ints
    least: Ints

    def short(self, given: Ints) -> int:
        """How much is missing; what the smallest chance lacks counts first."""
        missing, gravely = np.maximum(self.whole - given, 0), np.maximum(self.least - given, 0)
        return int(missing.sum() + _GRAVE * gravely.sum())


def _owed(exact: Floats, units: Ints) -> _Owed:
    sharing = exact > _SAFE
    least = np.ceil(exact[sharing].min() - 1 - _SAFE) if sharing.any() else 0.0
    whole = np.floor(exact + _SAFE).astype(np.int64)
    return _Owed(whole * units, np.where(sharing, max(0, int(least)), 0) * units)


def _apportioned(
    panels: Ints, units: Ints, weights: Floats, number: int, owed: _Owed, random: np.random.Generator
) -> Ints:
    """Tickets of each panel (counts, B x T), as near to the weights as leaves the fewest people short."""
    share = panels / units
    exact = number * (weights @ share)
    given = _largest_remainders(weights * number, number)
    best, least = given, owed.short(given @ panels)
    care = np.ones(len(units))
    for _ in range(_TURNS):
        given = _moved(share * np.sqrt(care), exact * np.sqrt(care), given)
        short = owed.short(given @ panels)
        if short < least:
            best, least = given, short
        if not least:
            break
        care = np.where(given @ panels < owed.whole, care * 2, np.maximum(1.0, care * 0.9))
        given = _shaken(best, random)
    return best


def _largest_remainders(exact: Floats, number: int) -> Ints:
    given = np.floor(exact).astype(np.int64)
    order = np.argsort(given - exact, kind="stable")
    given[order[: number - int(given.sum())]] += 1
    return given


def _shaken(given: Ints, random: np.random.Generator) -> Ints:
    """A few tickets go to other panels, to leave a standstill."""
    given = given.copy()
    for goal in random.integers(0, len(given), size=_SHAKES).tolist():
        given[random.choice(np.flatnonzero(given))] -= 1
        given[goal] += 1
    return given


def _moved(share: Floats, wanted: Floats, given: Ints) -> Ints:
    """Move single tickets from panel to panel while the squares of what is off grow smaller."""
    given = given.copy()
    inner = share @ share.T
    own = np.diag(inner)
    apart = own[:, None] + own[None, :] - 2 * inner
    for _ in range(_MOVES):
        pull = share @ (given @ share - wanted)
        change = apart + 2 * (pull[None, :] - pull[:, None])
        change[given == 0] = np.inf
        best = int(change.argmin())
        source, goal = divmod(best, len(given))
        if change[source, goal] >= -_SAFE:
            break
        given[source] -= 1
        given[goal] += 1
    return given


def _exchanged(system: System, sold: Ints, owed: _Owed, unit: int, random: np.random.Generator) -> int:
    """Exchange seats in panels of single tickets until less than `unit` is missing, or tries are used up; in place.

    Returns what is still missing.
    """
    shop = Workshop(system, system.low, system.high, random)
    exchange = Exchange(shop, random)
    kinds = system.kinds
    given = np.bincount(sold.ravel(), minlength=shop.kinds)
    for _ in range(_TRIES):
        short = owed.short(given[:kinds])
        if short < unit:
            break
        ticket = int(random.integers(len(sold)))
        total = shop.matrix[sold[ticket]].sum(axis=0)
        without = given - np.bincount(sold[ticket], minlength=shop.kinds)
        value = _values(given, owed, unit, random)
        value = np.append(value, 0.0)[: shop.kinds]
        found = [panel.kind for panel in exchange.better(sold[ticket], total, value, _FOUND)]
        after = [without + np.bincount(kind, minlength=shop.kinds) for kind in found]
        left = [owed.short(fresh[:kinds]) for fresh in after]
        if left and min(left) // unit <= short // unit:
            best = int(np.argmin(left))
            sold[ticket], given = found[best], after[best]
    return owed.short(given[:kinds])


def _values(given: Ints, owed: _Owed, unit: int, random: np.random.Generator) -> Floats:
    """What a seat of each kind (T) is worth: most for those short, next to that for those who have just enough."""
    given = given[: len(owed.whole)]
    whole = (given < owed.whole) + _AT_NEED * (given == owed.whole)
    least = (given < owed.least) + _AT_NEED * (given == owed.least)
    worth: Floats = least + whole / np.sqrt(unit) + random.random(len(given)) * (1 - _AT_NEED) / 2
    return worth
