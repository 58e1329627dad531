"""What every way of running has in common."""

import gc
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Protocol

from antiphon.engines.listening._listen import listen
from antiphon.engines.listening._values import Passage
from antiphon.engines.listening.running._hearing import Chunk, Hearing, Told

# A chunk that ends its worker this often would end every worker.
MOST_TRIES = 3


class WorkersLost(Exception):
    """The same rows ended their worker again and again, or workers cannot be started; `reason` says what is known."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Runner(Protocol):
    """A way of hearing chunks. `lost` counts workers that ended before their time; their chunks are done again."""

    lost: int

    def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Generator[list[Told], None, None]:
        """What is told of each chunk, in order, with few chunks in memory. Raises `WorkersLost`."""


@cache
def warm() -> None:
    """Load every list and model, so that processes made from this one share them.

    What stays is set aside: Python would look through it for garbage again and again, and so copy what is shared.
    """
    listen([Passage("", "Dr Smith told me nothing in London on 3 May.")])
    gc.collect()
    gc.freeze()


def on_one_thread() -> AbstractContextManager[object]:
    """Numbers are added up in one order, on any number of cores: results are the same to the last digit."""
    from threadpoolctl import threadpool_limits

    # Only what is loaded can be limited.
    warm()
    limited: AbstractContextManager[object] = threadpool_limits(1)
    return limited
