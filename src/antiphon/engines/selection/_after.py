"""After the draw: those who drop out are replaced, a panel is topped up, reserves wait in a fair order."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from antiphon.engines.selection._build import NOTHING
from antiphon.engines.selection._faults import check
from antiphon.engines.selection._select import never, select
from antiphon.engines.selection._values import (
    BadProblem,
    Capacity,
    Fault,
    Lottery,
    Method,
    Problem,
    Quota,
    Reserve,
)


def redraw(
    problem: Problem,
    *,
    accepted: Sequence[str],
    dropped: Sequence[str],
    method: Method = "leximin",
    seed: int = 0,
    expired: Callable[[], bool] = never,
) -> Lottery:
    """A lottery over whole panels that keep those who accepted and are without those who dropped out.

    The seats left are drawn as fairly as the first time. Raises as `select` does; `BadProblem` also for names in
    both lists.
    """
    twice = sorted(set(accepted) & set(dropped))
    if twice:
        raise BadProblem(tuple(Fault("forced_and_excluded", "constraints", 0, {"id": name}) for name in twice))
    rules, gone = problem.rules, set(dropped)
    # Who must sit and drops out need not any more, and who sat only with them may stay without.
    forced = (name for name in (*rules.forced, *accepted) if name not in gone)
    together = (tuple(name for name in group if name not in gone) for group in rules.together)
    rules = replace(
        rules,
        forced=tuple(dict.fromkeys(forced)),
        together=tuple(group for group in together if len(group) > 1),
        excluded=rules.excluded | gone,
    )
    return select(replace(problem, rules=rules), method=method, seed=seed, expired=expired)


def top_up(
    problem: Problem,
    *,
    sitting: Sequence[str],
    method: Method = "leximin",
    seed: int = 0,
    expired: Callable[[], bool] = never,
) -> Lottery:
    """A lottery over panels of the problem's size that keep everyone who sits already."""
    return redraw(problem, accepted=sitting, dropped=(), method=method, seed=seed, expired=expired)


def reserves(
    problem: Problem,
    *,
    panel: Sequence[str],
    number: int,
    leaving: Mapping[str, float] | None = None,
    seed: int = 0,
) -> tuple[Reserve, ...]:
    """People who could step in, in the order in which they are asked.

    Each next one can take the most of the seats that are likely to be lost and that those before cannot take,
    with all quotas kept. `leaving` is how likely each member is to drop out (all alike where it is None). Ties go
    to who was asked for less so far, where a burden is known, and then by lot.
    """
    check(problem)
    seats = _Seats(problem, panel)
    risk = {name: leaving.get(name, 0.0) if leaving is not None else 1.0 for name in panel}
    covered = dict.fromkeys(panel, 0)
    waiting = [name for name in problem.pool.ids if name not in covered and name not in problem.rules.excluded]
    takes = {name: seats.open_to(name) for name in waiting}
    found: list[Reserve] = []
    while waiting and len(found) < number:
        worth = {name: sum(risk[seat] / (1 + covered[seat]) for seat in takes[name]) for name in waiting}
        best = max(waiting, key=lambda name: (round(worth[name], 12), -seats.burden(name), _lot(seed, name)))
        if not takes[best]:
            break
        waiting.remove(best)
        found.append(Reserve(best, tuple(takes[best])))
        for seat in takes[best]:
            covered[seat] += 1
    return tuple(found)


class _Seats:
    """Whose seat on a panel could go to somebody else with everything kept."""

    def __init__(self, problem: Problem, panel: Sequence[str]) -> None:
        self.problem, self.panel = problem, tuple(panel)
        self.place = {name: i for i, name in enumerate(problem.pool.ids)}
        self.count = {quota: sum(self._has(name, quota) for name in panel) for quota in problem.quotas}

    def _has(self, name: str, quota: Quota) -> bool:
        return self.problem.pool.columns[quota.feature][self.place[name]] == quota.value

    def burden(self, name: str) -> int:
        asked = self.problem.rules.burden
        return int(self.problem.pool.columns[asked.column][self.place[name]] or 0) if asked else 0

    def open_to(self, name: str) -> list[str]:
        return [seat for seat in self.panel if self._quotas_kept(seat, name) and self._rules_kept(seat, name)]

    def _quotas_kept(self, seat: str, name: str) -> bool:
        counts = ((quota, n - self._has(seat, quota) + self._has(name, quota)) for quota, n in self.count.items())
        return all(quota.min <= n <= quota.max for quota, n in counts)

    def _rules_kept(self, seat: str, name: str) -> bool:
        rules = self.problem.rules
        if any(self._held(column, name) == value for column, value in rules.excluded_values):
            return False
        sitting = {other for other in self.panel if other != seat} | {name}
        if any(len(sitting.intersection(group)) > 1 for group in rules.apart):
            return False
        # Who leaves is missed by no one they sat together with.
        groups = [set(group) - {seat} for group in rules.together]
        if any(0 < len(sitting & group) < len(group) for group in groups):
            return False
        return self._shared_kept(name, sitting) and self._burden_kept(name, sitting)

    def _held(self, column: str, name: str) -> str:
        return self.problem.pool.columns[column][self.place[name]]

    def _shared_kept(self, name: str, sitting: set[str]) -> bool:
        for cap in self.problem.rules.caps:
            own = self._held(cap.column, name)
            if own not in NOTHING and sum(self._held(cap.column, other) == own for other in sitting) > cap.most:
                return False
        return all(self._carried(capacity, sitting) <= capacity.most for capacity in self.problem.rules.capacities)

    def _carried(self, capacity: Capacity, sitting: set[str]) -> int:
        held = [self._held(capacity.column, other) for other in sitting]
        return held.count(capacity.value) if capacity.value is not None else sum(own not in NOTHING for own in held)

    def _burden_kept(self, name: str, sitting: set[str]) -> bool:
        burden = self.problem.rules.burden
        if burden is None:
            return True
        if burden.most_each is not None and self.burden(name) > burden.most_each:
            return False
        return burden.most_together is None or sum(map(self.burden, sitting)) <= burden.most_together


def _lot(seed: int, name: str) -> str:
    return hashlib.sha256(f"antiphon reserve:{seed}:{name}".encode()).hexdigest()
