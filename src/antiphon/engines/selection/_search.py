"""Finding panels: dealt with the chances wanted, mended, and later those that the weighing pays for most."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from antiphon.engines.selection._exchange import Exchange
from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._master import Master, Weighed
from antiphon.engines.selection._panels import Halves, Workshop
from antiphon.engines.selection._system import System

Expired = Callable[[], bool]
_BATCH = 64
# How much being owed a seat counts beside one broken row.
_EAGER = 0.3
_GREEDY = 3.0
_MEND_STEPS = 50
_CLIMB = 6
_KEPT = 4
# Looking at this many exchanges costs about as much as weighing; it limits how many panels are improved a round.
_EXCHANGES = 1_000_000
_PAYS = 1e-9


@dataclass(slots=True)
class Search:
    """Panels of one system between given row totals, for one vector of wanted chances (T)."""

    system: System
    shop: Workshop
    exchange: Exchange
    chances: Floats
    random: np.random.Generator
    now: int = 0
    made: int = 0
    sat: Floats = field(default_factory=lambda: np.zeros(0))

    def first_panels(
        self, number: int, take: Callable[[Ints], int], expired: Expired, patience: int | None = None
    ) -> int:
        """Deal and mend about `number` more panels, each for those whom the earlier ones left short.

        Gives up after `patience` steps (None: never) in which not a single panel came right.
        """
        wanted = self.chances * self.system.counts
        self.sat = self.sat if len(self.sat) else np.zeros(self.system.kinds)
        goal, steps, most = self.made + number, 0, 4 * number + 200
        patience = most if patience is None else patience
        batch = self.shop.deal(self._owed(wanted), min(_BATCH, number + 8))
        while self.made < goal and steps < (most if self.made else min(most, patience)) and not expired():
            debt = (wanted * self.made - self.sat) / np.maximum(1, np.sqrt(self.made * wanted + 1))
            weights = self._weights(np.clip(debt, -1, 1))
            self.shop.step(batch, self._tick(), weights, _EAGER)
            steps += 1
            whole = np.flatnonzero(self.shop.faults(batch) == 0)
            if len(whole):
                take(batch.kind[whole])
                self.made += len(whole)
                seated = batch.kind[whole].ravel()
                self.sat += np.bincount(seated, minlength=self.shop.kinds)[: self.system.kinds]
                self.shop.renew(batch, whole, self.shop.deal(self._owed(wanted), len(whole)))
        return self.made

    def _owed(self, wanted: Floats) -> Floats:
        """The chances wanted, drawn towards those who sat less often than they should."""
        owed = np.clip(wanted * (self.made + _BATCH) - self.sat, 0, None) / _BATCH / self.system.counts
        found: Floats = (owed + self.chances) / 2
        return found

    def better_panels(self, weighed: Weighed, known: list[Ints]) -> list[Ints]:
        """Panels whose seats are worth more than the fee of a panel, the most valuable first."""
        values = np.append(weighed.values, 0.0)[: self.shop.kinds]
        fresh = self._valued_deal(values)
        found = [panel for panel in fresh if values[panel].sum() + weighed.fee > _PAYS]
        if len(found) < _BATCH // 2:
            starts = list(fresh) + [known[i] for i in self._in_use(weighed)]
            room = max(16, _EXCHANGES // (self.system.kinds * self.system.size))
            for panel in starts[:room] if len(fresh) < room // 2 else self._mixed(starts, len(fresh), room):
                found += self._climb(panel, values, weighed.fee)
        found.sort(key=lambda panel: -float(values[panel].sum()))
        return found[: self.system.kinds]

    def _mixed(self, starts: list[Ints], fresh: int, room: int) -> list[Ints]:
        """Half from the fresh panels, half from those in use."""
        half = room // 2
        return starts[:half] + starts[fresh : fresh + half]

    def _in_use(self, weighed: Weighed) -> list[int]:
        used = np.flatnonzero(weighed.weights > 1e-9)
        return [int(i) for i in self.random.permutation(used)[: _BATCH // 2]]

    def _valued_deal(self, values: Floats) -> Ints:
        scale = max(float(np.abs(values).max()), 1e-12)
        weights = self._weights((values / scale)[: self.system.kinds])
        batch = self.shop.deal(self.chances, _BATCH)
        whole = []
        for _ in range(_MEND_STEPS):
            self.shop.step(batch, self._tick(), weights, _GREEDY)
            done = self.shop.faults(batch) == 0
            if done.any():
                whole.append(batch.kind[done])
                batch = batch.part(~done)
            if not len(batch.kind):
                break
        return np.concatenate(whole) if whole else np.zeros((0, batch.kind.shape[1]), dtype=np.int64)

    def _climb(self, panel: Ints, values: Floats, fee: float) -> list[Ints]:
        """Improve one panel step by step; every panel on the way that pays is kept."""
        total = self.shop.matrix[panel].sum(axis=0)
        shaken = self.random.random() < 0.7
        weights = values * (0.75 + 0.5 * self.random.random(len(values))) if shaken else values
        kept: list[Ints] = []
        for _ in range(_CLIMB):
            better = self.exchange.better(panel, total, weights, _KEPT)
            if not better:
                break
            kept += [found.kind for found in better if values[found.kind].sum() + fee > _PAYS]
            panel, total = better[0].kind, better[0].total
        return kept

    def _weights(self, values: Floats) -> Halves:
        padded = np.zeros(self.shop.kinds, dtype=np.float32)
        padded[: self.system.kinds] = values
        return padded

    def _tick(self) -> int:
        self.now += 1
        return self.now


def search_of(system: System, low: Ints, high: Ints, chances: Floats, random: np.random.Generator) -> Search:
    """A search between these row totals."""
    shop = Workshop(system, low, high, random)
    return Search(system, shop, Exchange(shop, random), chances, random)


def rounds(search: Search, master: Master, enough: float, most: int, expired: Expired) -> tuple[Weighed, bool]:
    """Weigh, find better panels, weigh again; stops when enough, when `most` rounds or a long stand-still passed.

    Returns the last weighing and whether the search gave up (so that only exact pricing can help).
    """
    weighed, idle, best = master.weigh(), 0, np.inf
    for _ in range(most):
        if weighed.missing <= enough or expired():
            return weighed, False
        found = search.better_panels(weighed, master.panels)
        fresh = master.add(np.array(found)) if found else 0
        moved = weighed.missing < best - 1e-9
        best = min(best, weighed.missing)
        idle = 0 if fresh and moved else idle + 1
        if idle > 12:
            return weighed, True
        if fresh:
            weighed = master.weigh()
    return weighed, weighed.missing > enough
