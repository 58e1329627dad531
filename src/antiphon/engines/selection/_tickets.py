"""A lottery as a stated number of tickets, so that a draw can be held in public."""

from dataclasses import dataclass

import numpy as np

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._people import people_of
from antiphon.engines.selection._system import System

_MOVES, _TURNS, _SHAKES = 400, 60, 6
_SHORT = 0.999


@dataclass(frozen=True, slots=True)
class Ticketed:
    """Panels as places in the pool with whole numbers of tickets, the most first."""

    tickets: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]


def ticketed(system: System, panels: Ints, weights: Floats, number: int) -> Ticketed:
    """Round weights to `number` tickets so that nobody is short of more than about one."""
    share = panels / system.counts
    wanted = number * (weights @ share)
    given = _largest_remainders(weights * number, number)
    care = np.ones(system.kinds)
    random = np.random.default_rng(number)
    best, best_loss = given, (np.inf, np.inf)
    for _ in range(_TURNS):
        given = _moved(share * np.sqrt(care), wanted * np.sqrt(care), given)
        total = given @ share
        whole = np.floor(total + 1e-9)
        loss = (max(1.0, float(wanted.min() - whole.min())), max(1.0, float((wanted - whole).max())))
        if loss < best_loss:
            best, best_loss = given.copy(), loss
        if loss == (1.0, 1.0):
            break
        care = np.where(wanted - whole > _SHORT, care * 2, np.maximum(1.0, care * 0.9))
        given = _shaken(best, random)
    used = best > 0
    people = people_of(system, panels[used], best[used].astype(float), tickets=True)
    return Ticketed(tuple(round(weight) for weight, _ in people), tuple(places for _, places in people))


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
        if change[source, goal] >= -1e-9:
            break
        given[source] -= 1
        given[goal] += 1
    return given
