"""Hearing in this process, one chunk after the other."""

from collections.abc import Generator, Iterator

from antiphon.engines.listening.running._hearing import Chunk, Hearing, Told
from antiphon.engines.listening.running._runner import on_one_thread


class Here:
    """One process: this one."""

    lost = 0

    def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Generator[list[Told], None, None]:
        """What is told of each chunk, in order."""
        with on_one_thread():
            yield from map(hearing.hear, chunks)
