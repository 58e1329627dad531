"""Processes that end when the one that started them ends, however it ended.

A thread in each looks at its parent twice a second. (Path not taken: PR_SET_PDEATHSIG, which only Linux has.)
Ending at once is sound: every piece of background work may be killed anywhere, and goes on from its last chunk.
"""

import os
import signal
import threading
import time

PAUSE = 0.5
_own = os.getpid()


def hold(parent: int) -> None:
    """End this process, and whatever it forks, when its parent is gone."""
    _watch(parent)
    tether_children()


def tether_children() -> None:
    """End whatever this process forks when it is gone itself."""
    os.register_at_fork(after_in_child=_after_fork)


def _after_fork() -> None:
    # The parent is remembered from before the fork: a parent that is gone already would go unnoticed.
    global _own
    parent, _own = _own, os.getpid()
    _watch(parent)


def _watch(parent: int) -> None:
    threading.Thread(target=_end_with, args=(parent,), name="tether", daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os.kill(os.getpid(), signal.SIGKILL)
