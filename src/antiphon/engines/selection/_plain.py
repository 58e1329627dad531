"""A plain stratified draw, to compare with: panels dealt at random and mended until the quotas hold."""

from collections.abc import Callable

import numpy as np

from antiphon.engines.selection._compact import Target
from antiphon.engines.selection._exact import any_panel
from antiphon.engines.selection._mix import Mix
from antiphon.engines.selection._panels import Workshop
from antiphon.engines.selection._system import System

_PANELS, _BATCH, _STEPS = 500, 64, 2000


def stratified_mix(system: System, target: Target, random: np.random.Generator, expired: Callable[[], bool]) -> Mix:
    """So many panels, each as likely as the next; nobody looks after anybody's chance."""
    shop = Workshop(system, system.low, system.high, random)
    equal = np.full(system.kinds, system.size / float(system.counts @ system.seats))
    weights = np.zeros(shop.kinds, dtype=np.float32)
    batch, made = shop.deal(equal, _BATCH), []
    for now in range(_STEPS):
        shop.step(batch, now, weights, 0.0)
        whole = np.flatnonzero(shop.faults(batch) == 0)
        made += list(batch.kind[whole])
        if len(made) >= _PANELS or expired():
            break
        if len(whole):
            shop.renew(batch, whole, shop.deal(equal, len(whole)))
    panels = np.array(made[:_PANELS] or [any_panel(system)])
    share = np.full(len(panels), 1 / len(panels))
    return Mix(panels, share, target.bound, False, False, target.chances > 0, True)
