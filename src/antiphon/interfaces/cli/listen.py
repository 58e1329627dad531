"""`antiphon listen`: read a file of what patients said, write what was heard."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from antiphon.interfaces.cli.evaluate import Listening

EPILOG = """Example: antiphon listen survey.csv --text-column comment --out heard.jsonl

Each line of the result holds one row: language, a redacted reading, personal details with their places, hints at
safety events, sentiment and suggested needs. Places count characters of the untouched text. People decide; this
only suggests. A column "question" is read as what each row answers. How well it listens: `antiphon listen evaluate`.
Exit codes: 0 done, 1 some rows could not be read (each says why), 3 the file cannot be read."""


class Bar:
    """Shows how far reading has come."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Listening", total=None)

    def advance(self, done: int, total: int | None) -> None:
        self._progress.update(self._task, completed=done, total=total)


@click.command(cls=Listening, epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-column", help="The column that holds what people said (CSV, TSV, XLSX, JSONL).")
@click.option("--id-column", help="The column that names each row; else rows are numbered.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write JSON lines."
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
def listen(file: Path, text_column: str | None, id_column: str | None, out: Path, quiet: bool) -> None:
    """Read FILE and write one JSON object for each row, in the same order."""
    from antiphon.engines.listening import UnreadableFile, listen_file

    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console) as progress:
            heard = listen_file(file, out, text_column=text_column, id_column=id_column, progress=Bar(progress))
    except UnreadableFile as refusal:
        details = ", ".join(f"{name}: {value}" for name, value in refusal.params.items())
        click.echo(f"{file} cannot be read: {refusal.code} ({details}). Nothing was written.", err=True)
        sys.exit(3)
    except OSError as trouble:
        click.echo(f"{out} cannot be written: {trouble.strerror}. Choose another place with --out.", err=True)
        sys.exit(3)
    console.print(f"{heard.row_count} rows read, {heard.bad_row_count} could not be read. Written to {out}.")
    sys.exit(1 if heard.bad_row_count else 0)
