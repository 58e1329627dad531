"""`antiphon themes`: draw what many passages have in common."""

import sys
from pathlib import Path

import click

EPILOG = """Example: antiphon themes comments.jsonl --out themes.jsonl

The result holds a line for each theme, largest first (name, typical passages, those that stand apart, members, and
how much of it comes again when themes are drawn anew), then a line for each passage with its theme. Exit codes: 0
done, 1 too few passages to draw themes from, 3 the file cannot be read."""


@click.command(epilog=EPILOG)
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "text_field", default="text", show_default=True, help="The field with what people said.")
@click.option("--count", type=click.IntRange(2, 100), help="How many themes; else as many as suit.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write JSON lines."
)
def themes(source: Path, text_field: str, count: int | None, out: Path) -> None:
    """Draw the themes of IN, a file of JSON lines."""
    from antiphon.engines.listening import UnreadableFile
    from antiphon.engines.listening.themes import LEAST_PASSAGES, themes_file

    try:
        found = themes_file(source, out, text_field=text_field, count=count)
    except UnreadableFile as refusal:
        details = ", ".join(f"{name}: {value}" for name, value in refusal.params.items())
        click.echo(f"{source} cannot be read: {refusal.code} ({details}). Nothing was written.", err=True)
        sys.exit(3)
    except OSError as trouble:
        click.echo(f"{out} cannot be written: {trouble.strerror}. Choose another place with --out.", err=True)
        sys.exit(3)
    if not found.themes:
        click.echo(f"Fewer than {LEAST_PASSAGES} passages with words: no themes are drawn.")
        sys.exit(1)
    for theme in found.themes:
        click.echo(f"{len(theme.members):6}  stability {theme.stability:.2f}  {theme.name}")
    click.echo(f"Written to {out}.")
