"""How well it listens, as measured on open sets when this version was made."""

import datetime
import json
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

# Written by `antiphon listen evaluate` and `make bench`.
MEASURED = Path(__file__).parent / "listening.json"


class Measured(BaseModel):
    """One figure: of which task, in which language (* for many), of how many, and what it cost.

    `curve` tells, where it was measured, what it is when learned from so many examples.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    figure: str
    language: str
    n: int
    value: float
    low: float | None
    high: float | None
    target: float | None
    less_is_better: bool
    cost: float | None
    cost_target: float | None
    cost_at_least: bool
    curve: tuple[tuple[int, float], ...] = ()
    measured_date: datetime.date
    version: str

    @property
    def is_met(self) -> bool | None:
        """Whether the figure and its cost are what was aimed at; nothing where nothing was."""
        if self.target is None:
            return None
        reached = self.value <= self.target if self.less_is_better else self.value >= self.target
        return reached and self._cost_is_met()

    def _cost_is_met(self) -> bool:
        if self.cost is None or self.cost_target is None:
            return True
        return self.cost >= self.cost_target if self.cost_at_least else self.cost <= self.cost_target


@cache
def listening_figures() -> tuple[Measured, ...]:
    """Every figure, in the order in which they are told."""
    return tuple(Measured(**row) for row in json.loads(MEASURED.read_text("utf-8"))["figures"])
