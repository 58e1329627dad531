"""`antiphon listen evaluate`: how well it listens, measured on open sets."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

EPILOG = """Example: antiphon listen evaluate --data shared/data --out figures.json

Fits each model to one part of the open sets and measures it on another, with how many comments that was and a 95 %
interval; measures rules and lists beside what they cost. Takes some minutes. With --task, what the result held of
other tasks stays. Exit codes: 0 done, 3 the sets are not in that folder, or the result holds something else."""


class Listening(click.Command):
    """`listen FILE`, where the word `evaluate` in the place of a file measures instead."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        """The context of the command that is meant."""
        if args[:1] == ["evaluate"]:
            return evaluate.make_context(f"{info_name} evaluate", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(epilog=EPILOG)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), required=True, help="The open sets.")
@click.option("--task", "tasks", multiple=True, help="Only this task; may be repeated.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write JSON.")
def evaluate(data: Path, tasks: tuple[str, ...], out: Path) -> None:
    """Measure how well it listens."""
    from antiphon.engines.listening.evaluation import TASKS, evaluate

    unknown = sorted(set(tasks) - set(TASKS))
    if unknown:
        raise click.UsageError(f"no such task: {', '.join(unknown)}. There are {', '.join(TASKS)}.")
    try:
        before = json.loads(out.read_text("utf-8")) if tasks and out.exists() else None
        found = evaluate(data, today=datetime.now(UTC).date(), tasks=tasks or TASKS, before=before)
    except ValueError as trouble:
        click.echo(f"{out} holds something else than figures ({trouble}). Choose another place with --out.", err=True)
        sys.exit(3)
    except FileNotFoundError as missing:
        click.echo(f"{missing.filename} is not there: the open sets are needed to measure.", err=True)
        sys.exit(3)
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    click.echo(f"Measured {', '.join(tasks or TASKS)}. Written to {out}.")
