"""Hearing in several processes of this machine, with a bounded number of chunks on their way."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

from antiphon.engines.listening.running._hearing import Chunk, Hearing, Told
from antiphon.engines.listening.running._runner import MOST_TRIES, WorkersLost, on_one_thread
from antiphon.engines.listening.running._tie import Tie, tie

# Chunks on their way for each process: one in hand, one waiting.
_EACH = 2
# Seconds after which it is looked whether somebody who has to answer is gone.
_PATIENCE = 2.0


class Processes:
    """As many worker processes as asked for; a chunk whose worker is killed is heard by another."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.lost = 0

    def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Generator[list[Told], None, None]:
        """What is told of each chunk, in order."""
        line = _Line(self.jobs, hearing)
        try:
            for chunk in chunks:
                line.send(hearing.needed(chunk))
                if line.is_full():
                    yield line.next()
            while line.sent:
                yield line.next()
        finally:
            self.lost = line.lost
            line.end()


@dataclass(slots=True)
class _Sent:
    """A chunk on its way, kept until its answer is here: it may have to be sent again."""

    chunk: Chunk
    answer: "Future[list[Told]] | None" = None
    tries: int = 0

    def forget_failure(self) -> None:
        """Keep the answer only if it came before its worker was lost."""
        answer = self.answer
        if answer is not None and (not answer.done() or answer.cancelled() or answer.exception() is not None):
            self.answer = None


class _Line:
    """Chunks in order, and the pool that hears them; a pool that broke is made anew."""

    def __init__(self, jobs: int, hearing: Hearing) -> None:
        self.sent: deque[_Sent] = deque()
        self.lost = 0
        self._jobs = jobs
        self._hearing = hearing
        self._pool = _Pool(jobs, hearing)

    def is_full(self) -> bool:
        """Whether an answer has to be waited for before more is sent."""
        return len(self.sent) >= _EACH * self._jobs

    def send(self, chunk: Chunk) -> None:
        """Put a chunk on its way."""
        self.sent.append(_Sent(chunk))
        self.sent[-1].answer = self._pool.answer(chunk)

    def next(self) -> list[Told]:
        """The answer to the chunk that waits longest."""
        first = self.sent[0]
        while True:
            if first.answer is None:
                first.answer = self._pool.answer(first.chunk)
            try:
                told = self._pool.told(first.answer)
            except BrokenProcessPool as broken:
                first.tries += 1
                self.lost += 1
                if first.tries >= MOST_TRIES:
                    raise WorkersLost(f"rows from {first.chunk[0].place} on ended every worker") from broken
                # Any chunk on its way may have ended the worker: the second time this one is tried by itself.
                self._again(1 if first.tries > 1 else None)
            else:
                self.sent.popleft()
                return told

    def end(self) -> None:
        """End every process."""
        self._pool.end()

    def _again(self, most: int | None) -> None:
        self._pool.end()
        self._pool = _Pool(self._jobs, self._hearing)
        for each in self.sent:
            each.forget_failure()
        for each in islice(self.sent, most):
            each.answer = each.answer or self._pool.answer(each.chunk)


class _Pool:
    """Worker processes that end with this one, however it ends."""

    def __init__(self, jobs: int, hearing: Hearing) -> None:
        self._tie = Tie()
        self._executor = ProcessPoolExecutor(jobs, _context(), _start, (hearing, self._tie.held))

    def answer(self, chunk: Chunk) -> "Future[list[Told]]":
        """The answer to come; where the pool is broken already, the one that says so."""
        try:
            return self._executor.submit(_hear, chunk)
        except BrokenProcessPool as broken:
            failed: Future[list[Told]] = Future()
            failed.set_exception(broken)
            return failed

    def told(self, answer: "Future[list[Told]]") -> list[Told]:
        """What an answer says, once it is here; raises `BrokenProcessPool` where it will not come.

        Whoever ends in the middle of telling leaves half an answer, and the pool waits for the other half for good.
        """
        while True:
            try:
                return answer.result(_PATIENCE)
            except TimeoutError:
                if answer.done():
                    raise
                if any(worker.exitcode is not None for worker in list(self._executor._processes.values())):
                    raise BrokenProcessPool("a worker is gone") from None

    def end(self) -> None:
        """End the workers at once, whatever they are doing."""
        self._tie.cut()
        # Once this end is closed, too, nobody is left who could write: half an answer is then the last one.
        self._executor._result_queue._writer.close()  # type: ignore[attr-defined]  # there is no public way
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._tie.close()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["antiphon.engines.listening.running._warmed"])
    return context


_hearing: Hearing | None = None


def _start(hearing: Hearing, held: Connection) -> None:
    global _hearing
    # Ctrl-C reaches every process of a terminal; the one that started the others ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tie(held)
    on_one_thread().__enter__()
    _hearing = hearing


def _hear(chunk: Chunk) -> list[Told]:
    if _hearing is None:
        raise RuntimeError("the worker was not started")
    return _hearing.hear(chunk)
