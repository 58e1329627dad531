"""From wanted chances to a lottery over whole panels, with what was proven on the way."""

from collections.abc import Callable

import numpy as np

from antiphon.engines.selection._compact import TIGHT, Target, tight_rows
from antiphon.engines.selection._equal import equal_mix
from antiphon.engines.selection._exact import Panels, any_panel, integral_levels, seated
from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._master import Master
from antiphon.engines.selection._mix import Mix, NoPanel
from antiphon.engines.selection._panels import Flags
from antiphon.engines.selection._search import Search, rounds, search_of
from antiphon.engines.selection._system import System

Expired = Callable[[], bool]
# Seats missing in sum, or share missing, that count as none.
_CLOSED = 1e-8
LARGE, _SMALL = 1200, 80
# Panels of equal weight for so many kinds: chances are rounded to about one in this number.
_EQUAL, _EQUAL_NEAR = 1000, 3000
# Up to so many kinds one linear program makes LEXIMIN exact, and weights are sought where equal ones do not do.
_POLISHED, _HUGE = 1500, 6000
# Around a wanted point so many panels a kind are enough, nearly always, to hold it between them.
_PANELS_A_KIND = 1.6
# Steps of dealing and mending without a single whole panel, before it is asked whether there is one.
_PATIENCE = 300
_ROUNDS = 250
# Rounds of the first, short tries at each of two targets, for so many kinds at most.
_SHORT, _LONGER, _TRY_BOTH = 5, 12, 350
# Panels dealt before the first weighing, for each kind.
_FIRST = 1.2
_UNUSED = 1e-10


def leximin_mix(system: System, target: Target, random: np.random.Generator, expired: Expired) -> Mix:
    """The lottery whose chances are the target's, or the nearest to it that keeps the smallest chance highest."""
    if system.kinds > LARGE:
        if system.kinds > _POLISHED:
            return _equal(system, target, _EQUAL_NEAR, random, expired)
        mix = _equal(system, target, int(_PANELS_A_KIND * system.kinds), random, expired)
        return _polished(system, target, mix, expired)
    low, high = tight_rows(system, target.chances, None)
    search = search_of(system, low, high, target.chances, random)
    asked = target.chances * system.counts
    master, closed = _closed(search, asked, expired)
    if closed:
        return _mix(master, (target.bound, True, True), target.chances > 0, True)
    if system.kinds <= _SMALL:
        return _cornered(system, target, master.panels, random, expired)
    return _maximin(system, target, random, expired, master.panels, near=target.chances)


def target_mix(system: System, target: Target, random: np.random.Generator, expired: Expired) -> Mix:
    """The lottery whose chances are nearest to the target's."""
    if system.kinds > LARGE:
        return _equal(system, target, _EQUAL, random, expired)
    low, high = tight_rows(system, target.chances, None)
    search = search_of(system, low, high, target.chances, random)
    master, closed = _closed(search, target.chances * system.counts, expired)
    if not master.panels:
        return _cornered(system, target, [], random, expired)
    return _mix(master, (target.bound, False, closed), target.chances > 0, not expired())


def maximin_mix(system: System, target: Target, random: np.random.Generator, expired: Expired) -> Mix:
    """The lottery with the highest smallest chance; what LEXIMIN wants is tried too, as it may close sooner."""
    if system.kinds > LARGE:
        return _equal(system, target, _EQUAL, random, expired)
    if system.kinds <= _TRY_BOTH:
        return _tried(system, target, random, expired)
    return _maximin(system, target, random, expired, [])


def _tried(system: System, target: Target, random: np.random.Generator, expired: Expired) -> Mix:
    """Short tries at the smallest chance alone, then at LEXIMIN, between LEXIMIN's tight rows; then without those.

    Which one closes soonest differs from pool to pool; each goes on with the panels of those before.
    """
    reach = target.chances > 0
    least: Floats = np.where(reach, target.bound, 0.0)
    search = search_of(system, *tight_rows(system, target.chances, None), target.chances, random)
    known: list[Ints] = []
    for asked, leximin, most in ((least, False, _SHORT), (target.chances, True, _LONGER)):
        master, closed = _closed(search, asked * system.counts, expired, known, most)
        if closed:
            return _mix(master, (target.bound, leximin, True), reach, True)
        known = master.panels
        if not known:
            break
    return _maximin(system, target, random, expired, known)


def _equal(system: System, target: Target, least: int, random: np.random.Generator, expired: Expired) -> Mix:
    """Very many kinds: panels of equal weight; weights of their own only where those do not reach the bound."""
    mix = equal_mix(system, target, least, random, expired)
    if mix is not None and (mix.maximin or expired() or system.kinds > _HUGE):
        return mix
    known = list(mix.panels) if mix is not None else [any_panel(system)]
    return _maximin(system, target, random, expired, known)


def _polished(system: System, target: Target, mix: Mix, expired: Expired) -> Mix:
    """One linear program over panels that are near to LEXIMIN already gives it exactly, or leaves them as they are."""
    low, high = tight_rows(system, target.chances, None)
    matrix = np.vstack([system.matrix, np.zeros_like(system.matrix[:1])])
    total = np.array([matrix[panel].sum(axis=0) for panel in mix.panels])
    fitting = mix.panels[((total >= low) & (total <= high)).all(axis=1)]
    if not mix.maximin or expired() or not len(fitting):
        return mix
    master = Master(target.chances * system.counts, "shortfall")
    master.add(fitting)
    closed = master.weigh().missing <= _CLOSED
    return _mix(master, (target.bound, True, True), mix.reach, True) if closed else mix


def _maximin(
    system: System,
    target: Target,
    random: np.random.Generator,
    expired: Expired,
    known: list[Ints],
    near: Floats | None = None,
) -> Mix:
    """Maximin to its end; among the best the nearest to `near`, where it is given."""
    reach = target.chances > 0
    low, high = tight_rows(system, target.chances, np.abs(target.duals) > TIGHT)
    search = search_of(system, low, high, target.chances, random)
    asked: Floats = np.where(reach, target.bound, 0.0) * system.counts
    master, closed = _closed(search, asked, expired, known)
    if not closed and system.kinds <= LARGE:
        return _cornered(system, target, master.panels, random, expired)
    if near is not None:
        nearest = Master(near * system.counts, "shortfall", np.maximum(near * system.counts - asked, 0.0))
        nearest.add(np.array(master.panels))
        master = nearest
    return _mix(master, (target.bound, False, closed), reach, not expired())


def _closed(
    search: Search, asked: Floats, expired: Expired, known: list[Ints] | None = None, most: int = _ROUNDS
) -> tuple[Master, bool]:
    """A master whose panels give what is asked, and whether they do."""
    kinds = search.system.kinds
    master = Master(asked, "shortfall")
    if known:
        master.add(np.array(known))
    number = int(_FIRST * kinds) + 20
    if not search.first_panels(number, master.add, expired, _PATIENCE):
        # Hard, or impossible: whether there is any panel at all is settled exactly before more are tried.
        if not _one_more(search, master):
            return master, False
        search.first_panels(number, master.add, expired)
    weighed, _ = rounds(search, master, _CLOSED, most, expired)
    return master, weighed.missing <= _CLOSED


def _one_more(search: Search, master: Master) -> bool:
    low, high = search.shop.low[: len(search.system.low)], search.shop.high[: len(search.system.low)]
    found = Panels(search.system, low.astype(np.int64), high.astype(np.int64)).best(np.zeros(search.system.kinds))
    if found is not None:
        master.add(seated(search.system, found)[None])
    return bool(master.panels)


def _cornered(system: System, target: Target, known: list[Ints], random: np.random.Generator, expired: Expired) -> Mix:
    """Whole panels reach less than fractions promise: find out who is on no panel, then price exactly."""
    every = Panels(system, system.low, system.high)
    covered = np.zeros(system.kinds, dtype=bool)
    for panel in known:
        covered[panel[panel < system.kinds]] = True
    panels = list(known)
    for kind in np.flatnonzero((target.chances > 0) & ~covered).tolist():
        if not covered[kind]:
            wish = np.zeros(system.kinds)
            wish[kind] = 1.0
            found = every.best(wish)
            if found is None:
                raise NoPanel
            covered |= np.asarray(found > 0)
            panels.append(seated(system, found))
    reach = covered & (target.chances > 0)
    if system.kinds <= _SMALL:
        known_counts, weights, owed, ended = integral_levels(system, panels, np.flatnonzero(reach), expired)
        used = np.flatnonzero(weights > _UNUSED)
        share = weights[used] / weights[used].sum()
        whole = np.array([seated(system, known_counts[i]) for i in used])
        return Mix(whole, share, float(owed[reach].min()), ended, ended, reach, ended)
    return _priced(system, panels, reach, target, random, expired, every)


def _priced(
    system: System,
    panels: list[Ints],
    reach: Flags,
    target: Target,
    random: np.random.Generator,
    expired: Expired,
    every: Panels,
) -> Mix:
    """Maximin with exact pricing: ends with a proof, or when time is over."""
    asked: Floats = np.where(reach, target.bound, 0.0) * system.counts
    master = Master(asked, "share")
    master.add(np.array(panels))
    search = search_of(system, system.low, system.high, target.chances, random)
    proven = False
    while not proven and not expired():
        weighed, stuck = rounds(search, master, _CLOSED, _ROUNDS, expired)
        if weighed.missing <= _CLOSED:
            proven = True
        elif stuck:
            best = every.best(weighed.values)
            proven = best is None or float(weighed.values @ best) + weighed.fee <= 1e-7
            if best is not None and not proven:
                master.add(seated(system, best)[None])
    weighed = master.weigh()
    bound = target.bound * (1 - weighed.missing) if proven else target.bound
    return _mix(master, (bound, False, proven), reach, proven)


def _mix(master: Master, proof: tuple[float, bool, bool], reach: Flags, in_time: bool) -> Mix:
    """What the master weighs; `proof` is the bound, and whether LEXIMIN and maximin are proven."""
    weights = master.weigh().weights
    used = np.flatnonzero(weights > _UNUSED)
    panels = np.array([master.panels[i] for i in used])
    return Mix(panels, weights[used] / weights[used].sum(), *proof, reach, in_time)
