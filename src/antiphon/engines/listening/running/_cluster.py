"""Hearing through Daft, on this machine or on a Ray cluster: waves of chunks, the same function."""

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from multiprocessing.connection import Connection

from antiphon.engines.listening.running._hearing import Chunk, Hearing, Told
from antiphon.engines.listening.running._packing import packed, unpacked_told
from antiphon.engines.listening.running._runner import MOST_TRIES, WorkersLost
from antiphon.engines.listening.running._tie import Tie, tie

# Chunks of one wave for each worker, and in all: a wave costs some seconds beforehand and lies in memory.
EACH, MOST = 100, 2_000
# Both would tell their makers that they were used, and draw bars of their own.
_SILENT = {
    "DO_NOT_TRACK": "1",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}


class ExtraMissing(Exception):
    """The extra `antiphon[cluster]` is not installed."""


class Cluster:
    """So many workers through Daft: of this machine, or of the Ray cluster at `address`. Raises `ExtraMissing`."""

    def __init__(self, workers: int, address: str | None = None) -> None:
        if find_spec("daft") is None or (address is not None and find_spec("ray") is None):
            raise ExtraMissing
        self.workers = workers
        self.address = address
        self.lost = 0

    def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Generator[list[Told], None, None]:
        """What is told of each chunk, in order; the next wave is on its way while one is told."""
        source = (packed(hearing.needed(chunk)) for chunk in chunks)
        size = min(MOST, EACH * self.workers)
        child = _Child(self, hearing)
        try:
            wave = list(islice(source, size))
            child.send(wave)
            while wave:
                following = list(islice(source, size))
                told, child = self._answer(child, hearing, wave)
                child.send(following)
                wave = following
                yield from map(unpacked_told, told)
        finally:
            child.end()

    def _answer(self, child: "_Child", hearing: Hearing, wave: Sequence[bytes]) -> tuple[list[bytes], "_Child"]:
        """What is told of a wave; one that failed is heard again, by a child made anew."""
        for _ in range(MOST_TRIES):
            try:
                return child.receive(), child
            except _WaveFailed as failed:
                reason = str(failed)
                self.lost += 1
                child.end()
                child = _Child(self, hearing)
                child.send(wave)
        child.end()
        raise WorkersLost(reason)


class _WaveFailed(Exception):
    """A wave was not heard to its end."""


class _Child:
    """The process that speaks with Daft. It is one of its own because Daft may abort when Python ends around it."""

    def __init__(self, cluster: Cluster, hearing: Hearing) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._tie = Tie()
        asked = (theirs, self._tie.held, hearing, cluster.workers, cluster.address)
        self._process = multiprocessing.get_context("spawn").Process(target=_serve, args=asked)
        self._process.start()
        theirs.close()

    def send(self, wave: Sequence[bytes]) -> None:
        """Hand over a wave; an empty one is none."""
        try:
            if wave:
                self._pipe.send(list(wave))
        except OSError:
            # It is gone: whoever waits for the answer is told.
            return

    def receive(self) -> list[bytes]:
        """The answer to the wave."""
        try:
            found = self._pipe.recv()
        except (EOFError, OSError) as gone:
            raise _WaveFailed("the process that speaks with Daft ended") from gone
        if isinstance(found, str):
            raise _WaveFailed(found)
        told: list[bytes] = found
        return told

    def end(self) -> None:
        """End it at once."""
        self._tie.cut()
        self._process.join()
        self._pipe.close()
        self._tie.close()


def _serve(pipe: Connection, held: Connection, hearing: Hearing, workers: int, address: str | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tie(held)
    os.environ.update(_SILENT)
    try:
        from antiphon.engines.listening.running._daft import hear_wave, start

        start(address)
        while True:
            pipe.send(hear_wave(hearing, workers, pipe.recv(), is_here=address is None))
    except EOFError:
        os._exit(0)
    except Exception as trouble:
        pipe.send(f"{type(trouble).__name__}: {trouble}")
        # Not by way of Python's own end, see above.
        os._exit(1)
