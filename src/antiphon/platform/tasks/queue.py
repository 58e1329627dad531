"""The thin layer over the queue, so that no feature knows which queue it is."""

from collections.abc import Callable

from django.db import transaction
from django_q.tasks import async_task

Task = Callable[..., None]
_TASKS: dict[str, Task] = {}
_MINUTES: dict[str, int] = {}
RUN = "antiphon.platform.tasks.queue.run"


def task(name: str) -> Callable[[Task], Task]:
    """Names a function that may run in the background, and may run twice."""

    def register(function: Task) -> Task:
        _TASKS[name] = function
        return function

    return register


def every(minutes: int, name: str) -> Callable[[Task], Task]:
    """Names a function that runs by the clock, about every so many minutes while background work runs."""

    def register(function: Task) -> Task:
        _MINUTES[name] = minutes
        return task(name)(function)

    return register


def queue(name: str, *ids: str) -> None:
    """Run a task once the change that asked for it is safe."""
    if name not in _TASKS:
        raise LookupError(f"No task is called {name}.")
    transaction.on_commit(lambda: async_task(RUN, name, *ids))


def run(name: str, *ids: str) -> None:
    """What the worker calls."""
    _TASKS[name](*ids)


def by_the_clock() -> dict[str, int]:
    """What runs by the clock, and every how many minutes."""
    return dict(_MINUTES)
