"""A throw-away instance in a process of its own, so that each measurement starts from nothing."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def in_an_instance(module: str, *arguments: str) -> dict:
    """Run `python -m MODULE FOLDER …` with a fresh instance in FOLDER; what it prints last is its result as JSON."""
    with tempfile.TemporaryDirectory(prefix="antiphon-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ANTIPHON_")}
        environment |= {
            "ANTIPHON_DATA": folder,
            "ANTIPHON_DATABASE": os.environ.get("ANTIPHON_DATABASE", ""),
            "ANTIPHON_TASKS_INLINE": "0",
            "DJANGO_SETTINGS_MODULE": "antiphon.config.settings",
        }
        (Path(folder) / "static").mkdir()
        environment["ANTIPHON_SECRET_KEY"] = "only-for-measuring-" + "x" * 40
        command = [sys.executable, "-m", module, folder, *arguments]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def set_up(folder: str) -> None:
    """Tables and keys of an instance in this process."""
    import django

    django.setup()
    from antiphon.platform.audit.keys import make_instance_keys
    from antiphon.platform.database.laying import lay_tables

    make_instance_keys(Path(folder))
    lay_tables()
