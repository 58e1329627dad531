"""Many panels at once: dealt from a deck with given chances, then mended by exchanges of one seat."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._system import System

Halves = NDArray[np.float32]
Flags = NDArray[np.bool_]
# Up to so many kinds every exchange is looked at; above, a sample of this size for each panel.
_ALL_KINDS = 1200
_SAMPLE = 128
_LOCKED = 6.0
_REFUSED = 1e4
# A row that stays broken weighs more with every step, and forgets it slowly; a new seat may not leave at once.
_TENURE, _STING, _CALM = 4, 1.0, 0.1
_NOISE = 0.3
_SORTED_BY = 12


@dataclass(slots=True)
class Seats:
    """Panels as kinds on seats (B x k), totals (B x m), seats locked until a step (B x k), stress of rows (B x m)."""

    kind: Ints
    total: Halves
    locked: Ints
    stress: Halves

    def part(self, chosen: Ints | Flags) -> "Seats":
        return Seats(self.kind[chosen], self.total[chosen], self.locked[chosen], self.stress[chosen])


class Workshop:
    """Deals, mends and improves panels of one system between `low` and `high` row totals.

    Kind T, where there is one, is an empty seat: units of several leave some.
    """

    def __init__(self, system: System, low: Ints, high: Ints, random: np.random.Generator) -> None:
        self.system, self.random = system, random
        self.empty = bool((system.seats != 1).any())
        matrix, counts, layers = system.matrix, system.counts, [layer.key for layer in system.layers]
        if self.empty:
            matrix = np.concatenate([matrix, system.seats[:, None]], axis=1)
            matrix = np.vstack([matrix, np.zeros((1, matrix.shape[1]), dtype=np.int64)])
            counts = np.append(counts, system.size)
            layers = [np.append(key, -1) for key in layers]
            low, high = np.append(low, system.size), np.append(high, system.size)
        self.matrix: Halves = matrix.astype(np.float32)
        self.low: Halves = low.astype(np.float32)
        self.high: Halves = high.astype(np.float32)
        self.counts, self.layers = counts, layers
        self.kinds = len(counts)
        self.holders = _Holders(matrix)

    def deal(self, chances: Floats, number: int) -> Seats:
        """`number` panels whose seats are dealt in turn from one deck that holds each kind as often as it should."""
        expected = np.clip(chances, 0.0, 1.0) * self.system.counts
        missing = self.system.size * number
        deck = expected * (missing / max(float(expected @ self.system.seats), 1e-12))
        order = alike(self.system, np.arange(self.system.kinds), self.random)
        upto = np.cumsum(deck[order]) + self.random.random()
        copies = np.diff(np.floor(upto).astype(np.int64), prepend=0)
        cards = np.repeat(order, np.minimum(copies, number * self.system.counts[order]))[:missing]
        fill = self.kinds - 1 if self.empty else 0
        if not self.empty:
            extra = self.random.choice(self.system.kinds, size=missing - len(cards))
            cards = np.append(cards, extra)
        else:
            cards = np.append(cards, np.full(missing - len(cards), fill))
        return self.seated(cards.reshape(self.system.size, number).T.copy())

    def dealt(self, copies: Ints, number: int) -> Seats:
        """`number` panels in which each kind (T) sits exactly as often as it has copies."""
        order = alike(self.system, np.arange(self.system.kinds), self.random)
        cards = np.repeat(order, copies[order])
        cards = np.append(cards, np.full(number * self.system.size - len(cards), self.kinds - 1))
        return self.seated(cards.reshape(self.system.size, number).T.copy())

    def seated(self, kind: Ints) -> Seats:
        total = np.empty((len(kind), self.matrix.shape[1]), dtype=np.float32)
        for at in range(0, len(kind), 256):
            total[at : at + 256] = self.matrix[kind[at : at + 256]].sum(axis=1)
        return Seats(kind, total, np.full(kind.shape, -1, dtype=np.int64), np.ones_like(total))

    def faults(self, seats: Seats) -> Halves:
        """How far each panel is from meeting all rows and caps."""
        rows = np.maximum(self.low - seats.total, 0).sum(axis=1) + np.maximum(seats.total - self.high, 0).sum(axis=1)
        found: Halves = rows + self.crowded(seats.kind)
        return found

    def crowded(self, kind: Ints) -> Halves:
        """Seats beyond the count of a kind or the cap of a group."""
        found = np.zeros(len(kind), dtype=np.float32)
        for keys, most in self._groupings():
            ordered = np.sort(keys[kind], axis=1)
            for key_row, number in zip(*_repeats(ordered, most), strict=True):
                found[key_row] += number
        return found

    def _groupings(self) -> list[tuple[Ints, Ints]]:
        own = (np.arange(self.kinds), self.counts)
        return [own, *((key, layer.most) for key, layer in zip(self.layers, self.system.layers, strict=True))]

    def step(self, seats: Seats, now: int, weights: Halves, pull: float) -> None:
        """The best exchange of each panel: fewest faults, then weight gained times `pull`; in place."""
        rise = np.where(seats.total < self.low, -1.0, np.where(seats.total >= self.high, 1.0, 0.0)).astype(np.float32)
        fall = np.where(seats.total > self.high, -1.0, np.where(seats.total <= self.low, 1.0, 0.0)).astype(np.float32)
        rise *= seats.stress
        fall *= seats.stress
        taken = self.candidates(seats)
        coming = self.matrix[taken] if taken is not None else self.matrix[None]
        sitting = self.matrix[seats.kind]
        pairs = (sitting * (rise + fall)[:, None, :]) @ coming.transpose(0, 2, 1)
        gain_in = (coming @ rise[:, :, None])[:, :, 0]
        gain_out = (sitting @ fall[:, :, None])[:, :, 0]
        weight_in = weights[taken] if taken is not None else weights[None]
        gain_in = gain_in + self.random.random(gain_in.shape, dtype=np.float32) * _NOISE - pull * weight_in
        gain_out = gain_out + pull * weights[seats.kind] + _LOCKED * (seats.locked > now)
        gain_out += self.random.random(gain_out.shape, dtype=np.float32) * _NOISE
        cost = gain_out[:, :, None] + gain_in[:, None, :] - pairs
        self.refuse(cost, seats.kind, taken)
        best = cost.reshape(len(cost), -1).argmin(axis=1)
        seat, candidate = np.divmod(best, cost.shape[2])
        panel = np.arange(len(cost))
        new = taken[panel, candidate] if taken is not None else candidate
        old = seats.kind[panel, seat]
        seats.total += self.matrix[new] - self.matrix[old]
        seats.kind[panel, seat] = new
        seats.locked[panel, seat] = now + self.random.integers(2, _TENURE, size=len(panel))
        broken = (seats.total < self.low) | (seats.total > self.high)
        seats.stress += _STING * broken
        seats.stress += _CALM * (1 - seats.stress)

    def candidates(self, seats: Seats) -> Ints | None:
        """For each panel, kinds that help a row that lacks somebody; None: every kind is looked at."""
        if self.kinds <= _ALL_KINDS:
            return None
        lacking = self.low - seats.total
        noise = self.random.random(lacking.shape, dtype=np.float32)
        row = np.where(lacking > 0, noise + 1, 0).argmax(axis=1)
        short: Flags = np.any(lacking > 0, axis=1)
        return self.holders.draw(row, short, _SAMPLE, self.random)

    def refuse(self, cost: Halves, kind: Ints, taken: Ints | None) -> None:
        """Make exchanges dear that seat a kind more often than it has units, or a group more often than its cap."""
        for keys, most in self._groupings():
            sitting = keys[kind]
            theirs = keys[taken] if taken is not None else keys[None]
            held = _held(sitting, len(most))[:, keys] if taken is None else _times(sitting, theirs)
            full = (theirs >= 0) & (held >= most[np.maximum(theirs, 0)])
            cost += (np.float32(_REFUSED) * full)[:, None, :]

    def pushed(self, kind: Ints) -> Flags:
        """Seats (B x k) of kinds or groups that sit more often than they may."""
        found = np.zeros(kind.shape, dtype=bool)
        for keys, most in self._groupings():
            sitting = keys[kind]
            found |= (sitting >= 0) & (_times(sitting, sitting) > most[np.maximum(sitting, 0)])
        return found

    def renew(self, seats: Seats, places: Ints, fresh: Seats) -> None:
        """Put fresh panels in these places; what was there is forgotten."""
        seats.kind[places], seats.total[places] = fresh.kind, fresh.total
        seats.locked[places], seats.stress[places] = fresh.locked, fresh.stress


class _Holders:
    """Which kinds count in each row, to draw some of them quickly."""

    def __init__(self, matrix: Ints) -> None:
        row, kind = np.nonzero(matrix.T)
        self.kind = kind
        self.start = np.searchsorted(row, np.arange(matrix.shape[1] + 1))
        self.kinds = len(matrix)

    def draw(self, row: Ints, use: Flags, number: int, random: np.random.Generator) -> Ints:
        """`number` kinds for each panel: of a row where `use` says so, else of all."""
        uniform = random.random((len(row), number))
        first, held = self.start[row], self.start[row + 1] - self.start[row]
        helped = use & (held > 0)
        place = first[:, None] + (uniform * held[:, None]).astype(np.int64)
        anyone = (uniform * self.kinds).astype(np.int64)
        drawn: Ints = np.where(helped[:, None], self.kind[np.minimum(place, len(self.kind) - 1)], anyone)
        return drawn


def alike(system: System, kinds: Ints, random: np.random.Generator) -> Ints:
    """Kinds sorted by a few rows in random order, so that neighbours are alike and are dealt apart."""
    columns = random.permutation(system.matrix.shape[1])[:_SORTED_BY]
    noise = random.random(len(kinds))
    found: Ints = kinds[np.lexsort((noise, *system.matrix[kinds][:, columns].T))]
    return found


def _held(sitting: Ints, keys: int) -> Ints:
    """How often each key (and, last, none) sits on each panel (B x keys + 1)."""
    panels = len(sitting)
    flat = (np.arange(panels)[:, None] * (keys + 1) + np.where(sitting < 0, keys, sitting)).ravel()
    found: Ints = np.bincount(flat, minlength=panels * (keys + 1)).reshape(panels, -1)
    return found


def _times(sitting: Ints, theirs: Ints) -> Ints:
    """How often each of `theirs` (B x c) sits on its panel (B x k)."""
    found: Ints = (sitting[:, :, None] == theirs[:, None, :]).sum(axis=1)
    return found


def _repeats(ordered: Ints, most: Ints) -> tuple[Ints, Ints]:
    """Panels where a key occurs more often than allowed, and by how much; rows of `ordered` are sorted."""
    panels = len(ordered)
    flat = ordered + (np.arange(panels) * (len(most) + 1))[:, None]
    value, times = np.unique(flat[ordered >= 0], return_counts=True)
    panel, key = np.divmod(value, len(most) + 1)
    over = times - most[key]
    wrong = over > 0
    return panel[wrong], over[wrong]
