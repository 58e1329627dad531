"""Sets up the folder of an instance: keys, tables, static files, a demonstration where nothing is there.

Runs in a process of its own, started by `antiphon up`; exits with IS_DEMONSTRATION where the folder holds one.
"""

import sys
import time
from collections.abc import Callable
from contextlib import nullcontext

from antiphon.interfaces.cli.instance import IS_DEMONSTRATION


def _step(words: str, work: Callable[[], object]) -> None:
    started = time.monotonic()
    print(f"  {words} …", end="", flush=True)
    work()
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def main(arguments: list[str]) -> int:
    """What is missing is made; what is there is kept."""
    import django

    django.setup()
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
        if "--demonstration" in arguments and story.is_empty():
            _step("Reading real comments into a demonstration", story.tell)
    sign_heads()
    set_the_clock()
    return IS_DEMONSTRATION if story.is_told() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
