"""How well and how fast it listens: every figure of `antiphon listen evaluate` beside its target.

Writes the figures that ship, which the page “How well does it listen?” shows.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from antiphon.content import MEASURED
from antiphon.engines.listening.evaluation import evaluate

DATA = Path(__file__).parent.parent.parent / "shared" / "data"


def measure() -> dict:
    """The figures of each task, or nothing where the open sets are not there."""
    if not DATA.is_dir():
        print("The open sets are not there; nothing is measured.")
        return {}
    found = evaluate(DATA, today=datetime.datetime.now(datetime.UTC).date())
    MEASURED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for task, figures in found["tasks"].items():
        print(f"{task}: {_told(figures)}")
    return found


def _told(figures: dict[str, Any]) -> str:
    """Figures and targets in one line."""
    plain = {name: value for name, value in figures.items() if name not in ("targets", "learning_curve")}
    return f"{plain} (targets {figures['targets']})"
