"""`antiphon listen`: read a file of what patients said, write what was heard."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from antiphon.interfaces.cli.evaluate import Listening
from antiphon.interfaces.cli.streams import STREAM, end_quietly, readable, stop_on_terminate

if TYPE_CHECKING:
    from antiphon.engines.listening import FileHeard
    from antiphon.engines.listening.running import Runner

EPILOG = """Examples:

\b
antiphon listen survey.csv --text-column comment --out heard.jsonl
antiphon listen large.parquet --text-column comment --jobs 8 --out heard.jsonl
antiphon listen large.parquet --text-column comment --runner ray --cluster 10.0.0.1:6379 --jobs 64 --out heard.jsonl
antiphon listen survey.xlsx --codebook our.codebook --out heard.jsonl
zcat comments.jsonl.gz | antiphon listen - --format jsonl --out - | gzip > heard.jsonl.gz

FILE is CSV, TSV, JSONL, XLSX, Parquet or plain lines; "-" is standard input. Each line of the result holds one row:
language, a redacted reading, personal details with their places, hints at safety events, sentiment and suggested
needs, and the first row that says the same. Places count characters of the untouched text. People decide; this only
suggests. A column "question" is read as what each row answers.

The result is the same with any number of jobs and any runner. A run that was stopped goes on where it was when the
same command is given again: what is done lies in OUT.part until it is whole. How well it listens: `antiphon listen
evaluate`.

Exit codes: 0 done, 1 some rows could not be read (each says why), 3 the file cannot be read, 4 the runner is not
installed, 130 stopped, 141 the reader of the result had enough."""
# What --format calls it, and the ending of a file of that kind.
FORMATS = {"lines": "txt", "csv": "csv", "tsv": "tsv", "jsonl": "jsonl", "xlsx": "xlsx", "parquet": "parquet"}


class Bar:
    """Shows how far reading has come."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Listening", total=None)

    def advance(self, done: int, total: int | None) -> None:
        self._progress.update(self._task, completed=done, total=total)


@click.command(cls=Listening, epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--text-column", help="The column that holds what people said (CSV, TSV, XLSX, JSONL, Parquet).")
@click.option("--id-column", help="The column that names each row; else rows are numbered.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(FORMATS)),
    help="What FILE is, where its name does not say; standard input is lines.",
)
@click.option(
    "--codebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add the codes of your own codebook, made by `antiphon codebook fit`.",
)
@click.option("--jobs", type=click.IntRange(1, 1024), default=1, show_default=True, help="How many listen at once.")
@click.option(
    "--runner",
    type=click.Choice(["processes", "daft", "ray"]),
    default="processes",
    show_default=True,
    help="Who hands out the work; daft (one machine) and ray (many) need the extra antiphon[cluster].",
)
@click.option("--cluster", default="auto", show_default=True, help="The address of the Ray cluster.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    required=True,
    help='Where to write JSON lines; "-" is standard output.',
)
@click.option("--json", "as_json", is_flag=True, help="For programs: what was read, told as JSON.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def listen(
    file: Path,
    text_column: str | None,
    id_column: str | None,
    kind: str | None,
    codebook: Path | None,
    jobs: int,
    runner: str,
    cluster: str,
    out: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read FILE and write one JSON object for each row, in the same order."""
    from antiphon.engines.listening import listen_file

    stop_on_terminate()
    console = Console(stderr=True, quiet=quiet)
    is_stream = str(out) == STREAM
    with refusals(file, out, codebook), bar(console) as progress, readable(file) as source:
        heard = listen_file(
            source,
            sys.stdout if is_stream else out,
            text_column=text_column,
            id_column=id_column,
            kind=FORMATS[kind] if kind else ending(file),
            codebook=codebook,
            runner=runner_of(runner, jobs, cluster),
            progress=progress,
        )
    if as_json:
        # Standard output belongs to the rows where they go there.
        click.echo(json.dumps({"out": str(out), **asdict(heard)}), err=is_stream)
    else:
        tell(console, heard, "" if is_stream else f" Written to {out}.")
    sys.exit(1 if heard.bad_row_count else 0)


def tell(console: Console, heard: "FileHeard", where: str) -> None:
    """What was read, for people."""
    if heard.kept_row_count:
        console.print(f"{heard.kept_row_count} rows were done by a run before, which was stopped.")
    if heard.lost_workers:
        console.print(f"Workers lost: {heard.lost_workers}. Their rows were listened to again.")
    console.print(f"{heard.row_count} rows read, {heard.bad_row_count} could not be read.{where}")


def runner_of(name: str, jobs: int, cluster: str) -> "Runner":
    """Who listens; the same functions, whoever calls them."""
    from antiphon.engines.listening.running import Cluster, ExtraMissing, Here, Processes

    try:
        if name == "processes":
            return Here() if jobs == 1 else Processes(jobs)
        return Cluster(jobs, cluster if name == "ray" else None)
    except ExtraMissing:
        end(4, f"--runner {name} needs the extra antiphon[cluster], which is not installed. Nothing was written.")


def ending(file: Path) -> str | None:
    """What a pipe holds where nobody says: lines. A file's own name says for itself."""
    return None if file.is_file() else FORMATS["lines"]


@contextmanager
def bar(console: Console) -> Iterator[Bar]:
    """A progress bar on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        yield Bar(progress)


@contextmanager
def refusals(file: Path, out: Path, codebook: Path | None) -> Iterator[None]:
    """Whatever can go wrong, as one sentence and the way it ends."""
    from antiphon.engines.listening import UnreadableFile
    from antiphon.engines.listening.learned import UnreadableModel
    from antiphon.engines.listening.running import WorkersLost

    again = "" if str(out) == STREAM else " Give the same command again to go on from here."
    try:
        yield
    except UnreadableFile as refusal:
        details = ", ".join(f"{name}: {value}" for name, value in refusal.params.items())
        end(3, f"{file} cannot be read: {refusal.code} ({details}). Nothing was written.")
    except UnreadableModel as refusal:
        end(3, f"{codebook} is no codebook that can be read: {refusal}. Nothing was written.")
    except WorkersLost as lost:
        end(3, f"Stopped: {lost.reason}.{again}")
    except BrokenPipeError:
        end_quietly()
    except BlockingIOError:
        end(3, f"{out} cannot be written: another run is writing it.")
    except OSError as trouble:
        end(3, f"{out} cannot be written: {trouble.strerror}. Choose another place with --out.")
    except KeyboardInterrupt:
        end(130, f"Stopped.{again}")


def end(code: int, said: str) -> NoReturn:
    """Say why, and end."""
    click.echo(said, err=True)
    sys.exit(code)
