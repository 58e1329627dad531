"""Runs every measurement, or the ones that are named, and writes build/bench.json.

make bench
.venv/bin/python -m bench intake pages
.venv/bin/python -m bench cluster
.venv/bin/python -m bench peers
"""

import json
import platform
import sys
from pathlib import Path

from bench import (
    cluster,
    coding,
    cold_start,
    intake,
    listening,
    listening_rules,
    pages,
    peers,
    reading_order,
    selection,
)

MEASUREMENTS = {
    "cold_start": cold_start.measure,
    "intake": intake.measure,
    "coding": coding.measure,
    "listening": listening.measure,
    "listening_rules": listening_rules.measure,
    "pages": pages.measure,
    "reading_order": reading_order.measure,
    "selection": selection.measure,
}
# They install other environments, and the first takes an hour: only where they are named.
ASKED_FOR = {"cluster": cluster.measure, "peers": peers.measure}
RESULT = Path(__file__).parent.parent / "build" / "bench.json"


def main(wanted: list[str]) -> int:
    """Each measurement says its figure beside its target."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in wanted or MEASUREMENTS:
        print(f"\n== {name}", flush=True)
        found[name] = (MEASUREMENTS | ASKED_FOR)[name]()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1))
    print(f"\nwritten to {RESULT.relative_to(Path.cwd())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
