"""Two exchanges at once that leave every tight row as it is: found by meeting in the middle, not by trying pairs."""

from dataclasses import dataclass

import numpy as np

from antiphon.engines.selection._highs import Floats, Ints
from antiphon.engines.selection._panels import Flags, Workshop

# A row at its limit is kept as it is with this chance; else it may move within its quota.
_KEEP = 0.8
_TRIED = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A panel that meets everything (k), its row totals (m) and its weight."""

    kind: Ints
    total: Floats
    weight: float


@dataclass(slots=True)
class _Singles:
    """All single exchanges of one panel, sorted by the code of what they do to the rows."""

    codes: Ints
    gains: Floats
    order: Ints
    start: Ints
    width: int

    def best_of(self, group: int, without: tuple[int, int] | None = None) -> tuple[int, int] | None:
        """Seat and candidate with the highest gain in a group, if any avoids that seat and that candidate."""
        inside = slice(self.start[group], self.start[group + 1])
        seat, candidate = np.divmod(self.order[inside], self.width)
        gains = self.gains[inside]
        if without is not None:
            gains = np.where((seat == without[0]) | (candidate == without[1]), -np.inf, gains)
        best = int(gains.argmax())
        return None if gains[best] == -np.inf else (int(seat[best]), int(candidate[best]))


class Exchange:
    """Improves whole panels of a workshop by one or two exchanges."""

    def __init__(self, workshop: Workshop, random: np.random.Generator) -> None:
        self.shop, self.random = workshop, random
        self.hashes = random.integers(1 << 20, 1 << 50, size=len(workshop.low))
        self.matrix = workshop.matrix.astype(np.int64)
        self.equal: Flags = workshop.low == workshop.high

    def better(self, kind: Ints, total: Floats, weights: Floats, most: int) -> list[Found]:
        """Up to `most` panels heavier than this one, the heaviest first."""
        room = np.bincount(kind, minlength=self.shop.kinds) < self.shop.counts
        candidates = np.flatnonzero(room & (self.random.random(self.shop.kinds) < 0.7))
        if not len(candidates):
            return []
        singles = self._singles(kind, total, weights, candidates)
        codes = singles.codes
        top = np.maximum.reduceat(singles.gains, singles.start[:-1])
        partner = np.searchsorted(codes, -codes)
        partner[partner == len(codes)] = 0
        gain = np.where((codes[partner] == -codes) & (codes <= 0), top + top[partner], -np.inf)
        gain[codes == 0] = top[codes == 0]
        found: list[Found] = []
        for group in np.argsort(-gain, kind="stable")[: most * _TRIED].tolist():
            if gain[group] <= 1e-9 or len(found) == most:
                break
            panel = self._made(kind, total, candidates, singles, group, int(partner[group]))
            if panel is not None:
                found.append(Found(*panel, float(weights[panel[0]].sum())))
        return found

    def _singles(self, kind: Ints, total: Floats, weights: Floats, candidates: Ints) -> _Singles:
        shop = self.shop
        tight = (total <= shop.low) | (total >= shop.high)
        kept = self.equal | (tight & (self.random.random(len(total)) < _KEEP))
        code = self.matrix @ (self.hashes * kept)
        change = (code[candidates][None, :] - code[kind][:, None]).ravel()
        gain = (weights[candidates][None, :] - weights[kind][:, None]).ravel()
        order = np.argsort(change, kind="stable")
        change = change[order]
        start = np.flatnonzero(np.append(True, change[1:] != change[:-1]))
        return _Singles(change[start], gain[order], order, np.append(start, len(change)), len(candidates))

    def _made(
        self, kind: Ints, total: Floats, candidates: Ints, singles: _Singles, group: int, partner: int
    ) -> tuple[Ints, Floats] | None:
        first = singles.best_of(group)
        moves = [first]
        if singles.codes[group] != 0:
            moves.append(singles.best_of(partner, without=first))
        panel, rows = kind.copy(), total.copy()
        for move in moves:
            if move is None:
                return None
            seat, coming = move[0], candidates[move[1]]
            rows += self.shop.matrix[coming] - self.shop.matrix[panel[seat]]
            panel[seat] = coming
        whole = (rows >= self.shop.low).all() and (rows <= self.shop.high).all()
        if not whole or (self.shop.layers and self.shop.crowded(panel[None])[0] > 0):
            return None
        return panel, rows
