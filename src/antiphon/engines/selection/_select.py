"""Choosing: from a problem to a lottery over panels with its proof."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from antiphon.engines.selection._build import Built, build
from antiphon.engines.selection._compact import NoFractionalPanel, Target, leximin_target
from antiphon.engines.selection._decompose import LARGE, leximin_mix, maximin_mix, target_mix
from antiphon.engines.selection._faults import check
from antiphon.engines.selection._highs import Floats
from antiphon.engines.selection._mix import Mix, NoPanel
from antiphon.engines.selection._people import people_of
from antiphon.engines.selection._plain import stratified_mix
from antiphon.engines.selection._system import System
from antiphon.engines.selection._targets import goldilocks_target, nash_target
from antiphon.engines.selection._tickets import Ticketed, dealt, ticketed
from antiphon.engines.selection._values import (
    Lottery,
    Method,
    Panel,
    Problem,
    QuotasCannotBeMet,
    Status,
    Tickets,
)

VERSION = "1"
_PROVING = ("leximin", "maximin")
_AS_GOOD = 1e-6

Expired = Callable[[], bool]
_MIXES: dict[Method, Callable[[System, Target, np.random.Generator, Expired], Mix]] = {
    "leximin": leximin_mix,
    "maximin": maximin_mix,
    "nash": target_mix,
    "goldilocks": target_mix,
    "stratified": stratified_mix,
}
_TARGETS: dict[Method, Callable[[System], Target]] = {"nash": nash_target, "goldilocks": goldilocks_target}


def never() -> bool:
    """Time is not limited."""
    return False


def select(
    problem: Problem, *, method: Method = "leximin", seed: int = 0, tickets: int = 0, expired: Expired = never
) -> Lottery:
    """The lottery over panels that gives everyone as equal a chance as the quotas allow.

    The same problem, method and seed give the same lottery, unless `expired` cuts the work short.
    `tickets` asks for the lottery in so many whole tickets too.
    Raises `BadProblem` with every fault, or `QuotasCannotBeMet`.
    """
    check(problem)
    built = build(problem)
    system = built.system
    if system.size == 0 or system.kinds == 0:
        only = _alone(problem, built, method, seed)
        return (
            replace(only, tickets=Tickets(tickets, (tickets,), (only.panels[0].ids,), 1.0, 0.0)) if tickets else only
        )
    try:
        target = leximin_target(system)
        wanted = _TARGETS[method](system) if method in _TARGETS else target
        mix = _MIXES[method](system, wanted, np.random.default_rng([seed, 1]), expired)
    except (NoFractionalPanel, NoPanel):
        raise QuotasCannotBeMet from None
    lottery = _lottery(problem, built, target, mix, method, seed)
    if not tickets:
        return lottery
    found = dealt(system, wanted, tickets, expired) if system.kinds > LARGE else None
    found = found or ticketed(system, mix.panels, mix.weights, tickets)
    return replace(lottery, tickets=_tickets(problem, built, found, lottery, tickets))


def _alone(problem: Problem, built: Built, method: Method, seed: int) -> Lottery:
    """Forced members fill the whole panel; or nobody is left to choose from."""
    system = built.system
    if system.size or (system.low > 0).any() or (system.high < 0).any():
        raise QuotasCannotBeMet
    ids = problem.pool.ids
    chances = {name: float(i in built.forced) for i, name in enumerate(ids)}
    away = {name: built.barred.get(i, "no_room") for i, name in enumerate(ids) if i not in built.forced}
    panel = Panel(1.0, tuple(ids[i] for i in built.forced))
    return Lottery(method, "optimal", chances, (panel,), 1.0, 1.0, 1.0, True, True, 0.0, away, (), seed, VERSION)


def _lottery(problem: Problem, built: Built, target: Target, mix: Mix, method: Method, seed: int) -> Lottery:
    system, ids = built.system, problem.pool.ids
    panels = people_of(system, mix.panels, mix.weights)
    found = np.zeros(len(ids))
    for weight, places in panels:
        found[list(places)] += weight
    found[list(built.forced)] = 1.0
    chances = np.clip(found, 0.0, 1.0)
    away = dict(built.barred)
    for kind in np.flatnonzero(~mix.reach).tolist():
        away |= {place: "no_room" for unit in system.units[kind] for place in unit}
    sharing = np.ones(len(ids), dtype=bool)
    sharing[list(away.keys() | set(built.forced))] = False
    smallest, largest = float(chances[sharing].min()), float(chances[sharing].max())
    return Lottery(
        method=method,
        status=_status(mix, smallest, method),
        chances={name: float(chance) for name, chance in zip(ids, chances.tolist(), strict=True)},
        panels=tuple(
            Panel(weight, tuple(ids[i] for i in sorted((*places, *built.forced)))) for weight, places in panels
        ),
        bound=mix.bound if method in _PROVING else target.bound,
        smallest_chance=smallest,
        largest_chance=largest,
        maximin_proven=method in _PROVING and smallest >= mix.bound * (1 - _AS_GOOD),
        leximin_proven=mix.leximin,
        leximin_gap=0.0 if mix.leximin else _gap(system, target, chances),
        out_of_reach={ids[place]: code for place, code in sorted(away.items())},
        reasons=_reasons(system, target.duals),
        seed=seed,
        version=VERSION,
    )


def _gap(system: System, target: Target, chances: Floats) -> float:
    """The largest distance of a chance from the one that LEXIMIN would give."""
    first = chances[[unit[0] for units in system.units for unit in units]]
    return float(np.abs(first - np.repeat(target.chances, system.counts)).max())


def _tickets(problem: Problem, built: Built, found: Ticketed, lottery: Lottery, number: int) -> Tickets:
    given = np.zeros(len(problem.pool.ids))
    for count, places in zip(found.tickets, found.places, strict=True):
        given[list(places)] += count
    sharing = [
        i for i, name in enumerate(problem.pool.ids) if name not in lottery.out_of_reach and i not in built.forced
    ]
    smallest = float(given[sharing].min()) / number
    panels = tuple(tuple(problem.pool.ids[i] for i in sorted((*places, *built.forced))) for places in found.places)
    return Tickets(number, found.tickets, panels, smallest, lottery.smallest_chance - smallest)


def _status(mix: Mix, smallest: float, method: Method) -> Status:
    best = smallest >= mix.bound * (1 - _AS_GOOD)
    claims = {"leximin": mix.leximin, "maximin": best, "stratified": False}
    if claims.get(method, mix.maximin):
        return "optimal"
    return "feasible" if mix.in_time else "timeout"


def _reasons(system: System, duals: Floats) -> tuple[tuple[str, str, str], ...]:
    """Rows that hold the smallest chance down, the hardest first."""
    weight = np.abs(duals) * np.maximum(1, system.high - system.low)
    order = [int(i) for i in np.argsort(-weight, kind="stable") if weight[i] > 1e-7]
    return tuple((system.rows[i].code, system.rows[i].feature, system.rows[i].value) for i in order)
