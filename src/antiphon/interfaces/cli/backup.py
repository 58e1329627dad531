"""`antiphon backup`: everything an instance is, in one file."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from antiphon.interfaces.cli.instance import DATA, DATABASE, prepare, start_django

SECRET = "The file holds this instance's keys, so whoever has it can read everything: only you can open it now (0600)."
EPILOG = """Example: antiphon backup --data ./antiphon-data --out antiphon-monday.tar.gz

Antiphon may go on running meanwhile. Keep the printed content hash elsewhere: it proves later that the file is the
one you made. Exit codes: 0 done, 4 could not."""


@contextmanager
def progress_bar(words: str, *, quiet: bool) -> Iterator:
    """A function that shows how far something has come."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True, quiet=quiet)) as progress:
        task = progress.add_task(words, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def could_not(sentence: object, *, code: int) -> NoReturn:
    """Say in one sentence why, and end."""
    click.echo(str(sentence), err=True)
    sys.exit(code)


@click.command(epilog=EPILOG)
@DATA
@DATABASE
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def backup(data: Path, database: str, out: Path, as_json: bool, quiet: bool) -> None:
    """Write the database, the files, the keys and the signed heads of the trail into one file."""
    prepare(data, database)
    start_django()
    from antiphon.platform.backup.archive import Refused
    from antiphon.platform.backup.making import make

    started = time.monotonic()
    try:
        with progress_bar("Backing up", quiet=quiet or as_json) as advance:
            made = make(out.resolve(), advance)
    except (Refused, OSError) as refusal:
        could_not(f"No backup was made. {refusal}", code=4)
    told = asdict(made.manifest)
    fields = ("made_at", "database", "counts", "content_hash", "audit_heads")
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        more = {"file": str(out), "size": made.size, "files": made.file_count, "seconds": seconds}
        click.echo(json.dumps({name: told[name] for name in fields} | {"rows": made.manifest.row_count} | more))
        return
    counts = f"{made.manifest.row_count} rows, {made.file_count} files, {made.size / 1024**2:.1f} MB, {seconds} s"
    click.echo(f"Backed up to {out}: {counts}.\nContent hash {made.manifest.content_hash}\n{SECRET}")
