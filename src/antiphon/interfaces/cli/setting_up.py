"""Sets up the folder of an instance: keys, tables, static files, a demonstration where nothing is there.

`antiphon up` does this in a process of its own.
"""

import time
from collections.abc import Callable
from contextlib import nullcontext


def _step(words: str, work: Callable[[], object]) -> None:
    started = time.monotonic()
    print(f"  {words} …", end="", flush=True)
    work()
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def set_up(*, demonstration: bool) -> bool:
    """Make what is missing and keep what is there; whether it is a demonstration."""
    from django.conf import settings
    from django.core.management import call_command

    from antiphon.interfaces.demonstration import story
    from antiphon.platform.audit.heads import sign_heads
    from antiphon.platform.audit.keys import make_instance_keys
    from antiphon.platform.database import laying
    from antiphon.platform.tasks.actions import set_the_clock

    make_instance_keys(settings.DATA)
    _step("Laying out pages", lambda: call_command("collectstatic", verbosity=0, interactive=False))
    # Where nothing is yet nothing can be lost: what is written first waits for the disk once, at its end.
    with laying.in_haste() if laying.is_empty() else nullcontext():
        _step("Setting up tables", laying.lay_tables)
        if demonstration and story.is_empty():
            _step("Reading real comments into a demonstration", story.tell)
    sign_heads()
    set_the_clock()
    return story.is_told()
