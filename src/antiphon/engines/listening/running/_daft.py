"""The same function on the cores or machines that Daft hands chunks to.

Imported by nobody but the process that speaks with Daft, and by its workers.
"""

import os
import threading
import time
from collections.abc import Sequence
from typing import Any

import daft

from antiphon.engines.listening.running._hearing import Hearing
from antiphon.engines.listening.running._packing import packed_told, unpacked
from antiphon.engines.listening.running._runner import on_one_thread

# Parts of a wave for each worker: enough that none waits long for the slowest.
_PARTS = 4
# Seconds between two looks at the machines of the cluster.
_PAUSE = 5


def start(address: str | None) -> None:
    """Choose the runner: this machine without an address, else the Ray cluster at it."""
    if address is None:
        daft.set_runner_native()
        return
    # Imported here because one machine does without.
    import ray

    # What the machines of a cluster write is theirs: it holds nothing that the result does not say.
    ray.init(address, log_to_driver=False, logging_level="error")
    daft.set_runner_ray(noop_if_initialized=True)
    _end_when_machines_are_lost()


def hear_wave(hearing: Hearing, workers: int, wave: Sequence[bytes], *, is_here: bool) -> list[bytes]:
    """What is told of each packed chunk, packed, in order."""
    # More workers than there are cores would be waited for.
    workers = workers if is_here else max(1, min(workers, _cores()))
    # Ray's workers are processes anyway; on this machine they have to be asked for.
    hears = daft.cls(_Hears, max_concurrency=workers, use_process=True if is_here else None)(hearing)
    frame = daft.from_pydict({"number": list(range(len(wave))), "chunk": list(wave)})
    if not is_here:
        frame = frame.into_partitions(min(len(wave), _PARTS * workers))
    found = frame.select(frame["number"], hears.hear(frame["chunk"]).alias("told")).to_pydict()
    return [told for _, told in sorted(zip(found["number"], found["told"], strict=True))]


def _end_when_machines_are_lost() -> None:
    """End this process when the cluster has become smaller: Ray would wait for another machine, without a word.

    Whoever started it starts another one, which makes do with what is left.
    """
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    most = 0
    while (cores := _cores()) >= most:
        most = cores
        time.sleep(_PAUSE)
    os._exit(1)


def _cores() -> int:
    import ray

    return int(ray.cluster_resources().get("CPU", 0))


class _Hears:
    """One worker; what it has loaded serves every chunk it is handed."""

    def __init__(self, hearing: Hearing) -> None:
        on_one_thread().__enter__()
        self._hearing = hearing

    def hear(self, chunks: Any) -> list[bytes]:
        """One packed answer a packed chunk."""
        return [packed_told(self._hearing.hear(unpacked(chunk))) for chunk in chunks.to_pylist()]

    hear = daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)(hear)
