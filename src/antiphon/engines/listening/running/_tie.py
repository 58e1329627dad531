"""Processes that end with the one that started them, however it ended: they hold a pipe whose other end it has."""

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection


class Tie:
    """The end of the one that starts others; `held` is what it gives them."""

    def __init__(self) -> None:
        self.held, self._own = multiprocessing.Pipe(duplex=False)

    def cut(self) -> None:
        """End everybody who is tied."""
        self._own.close()

    def close(self) -> None:
        """Forget what was given, once everybody has ended."""
        self.held.close()


def tie(held: Connection) -> None:
    """Tie this process: it ends at once when the other end is gone. Work that can be killed can be done again."""
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    try:
        held.recv_bytes()
    except EOFError:
        os._exit(0)
