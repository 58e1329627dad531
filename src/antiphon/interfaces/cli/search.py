"""`antiphon search`: find passages by words."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

EPILOG = """Example: antiphon search comments.jsonl "waiting for transport"

INDEX is a file of JSON lines with an id and a text each, or an index made from one with --save, which opens at once.
Endings do not matter, small mistakes are forgiven. The query "-" reads queries from standard input, one a line; each
is answered by one line. Exit codes: 0 found, 1 nothing found, 3 the file cannot be read."""


@click.command(epilog=EPILOG)
@click.argument("index", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("query")
@click.option("--text", "text_field", default="text", show_default=True, help="The field with what people said.")
@click.option("--most", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to show.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Keep the index in this file.")
def search(index: Path, query: str, text_field: str, most: int, save: Path | None) -> None:
    """Find passages in INDEX, best first, as JSON lines."""
    from antiphon.engines.listening import UnreadableFile
    from antiphon.engines.listening.finding import open_index, write_index
    from antiphon.engines.listening.learned import UnreadableModel

    try:
        opened = open_index(index, text_field=text_field)
        if save is not None:
            write_index(opened, save)
    except UnreadableFile as refusal:
        details = ", ".join(f"{name}: {value}" for name, value in refusal.params.items())
        _end(f"{index} cannot be read: {refusal.code} ({details}).")
    except UnreadableModel as refusal:
        _end(f"{index} is no index that can be read: {refusal}.")
    except OSError as trouble:
        _end(f"{save or index}: {trouble.strerror}.")
    found = False
    for asked in _queries(query):
        findings = [{"id": each.id, "score": each.score, "text": each.text} for each in opened.find(asked, most=most)]
        found = found or bool(findings)
        lines = [{"query": asked, "found": findings}] if query == "-" else findings
        for line in lines:
            click.echo(json.dumps(line))
    sys.exit(0 if found else 1)


def _queries(query: str) -> Iterable[str]:
    return (line.rstrip("\n") for line in sys.stdin) if query == "-" else [query]


def _end(said: str) -> None:
    click.echo(said, err=True)
    sys.exit(3)
