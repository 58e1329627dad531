"""`antiphon codebook`: learn an organisation's own codebook from coded passages, and apply it."""

import sys
from pathlib import Path
from typing import Any

import click

FIT = """Example: antiphon codebook fit coded.jsonl --text comment --text question --labels codes --out our.codebook

Each line is one JSON object. Labels are a list of words. A field whose few values come again and again is read as the
question, the others as what was said. Thresholds and the figures that are printed come from passages which the model
had not seen. Exit codes: 0 done, 3 a file cannot be read, or holds too few examples."""
APPLY = """Example: antiphon codebook apply our.codebook new.jsonl --out coded.jsonl

Each line of the result holds one record: its codes with their probability, likeliest first; a code is asserted when
its probability reaches the threshold kept in the codebook. Exit codes: 0 done, 1 some lines could not be read (each
says why), 3 a file cannot be read."""
SOURCE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, path_type=Path)


@click.group()
def codebook() -> None:
    """Learn an organisation's own codebook, and apply it."""


@codebook.command(epilog=FIT)
@click.argument("train", type=SOURCE)
@click.option("--dev", type=SOURCE, help="More coded passages; learned from and used for thresholds, too.")
@click.option("--text", "texts", multiple=True, default=("text",), show_default=True, help="A field to read.")
@click.option("--labels", default="labels", show_default=True, help="The field with the codes people gave.")
@click.option("--group", help="The field that names who spoke: what one person said is never tested on itself.")
@click.option("--out", type=TARGET, required=True, help="Where to write the codebook.")
def fit(train: Path, dev: Path | None, texts: tuple[str, ...], labels: str, group: str | None, out: Path) -> None:
    """Learn from TRAIN which passage gets which codes."""
    from antiphon.engines.listening import UnreadableFile
    from antiphon.engines.listening.learned import TooFewExamples, fit_files, write_codebook

    sources = [train] if dev is None else [train, dev]
    try:
        made = fit_files(sources, text_fields=texts, labels=labels, group=group)
        write_codebook(made, out)
    except UnreadableFile as refusal:
        _end(f"A file cannot be read: {refusal.code} ({_details(refusal.params)}). Nothing was written.")
    except TooFewExamples as few:
        _end(f"Too few examples to learn from: {few}. Nothing was written.")
    except OSError as trouble:
        _end(f"{out} cannot be written: {trouble.strerror}. Choose another place with --out.")
    _tell(made.quality, out)


@codebook.command(epilog=APPLY)
@click.argument("model", type=SOURCE)
@click.argument("source", metavar="IN", type=SOURCE)
@click.option("--out", type=TARGET, required=True, help="Where to write JSON lines.")
@click.option("--why", "with_why", is_flag=True, help="Say which words each asserted code rests on.")
def apply(model: Path, source: Path, out: Path, with_why: bool) -> None:
    """Say which codes each line of IN gets."""
    from antiphon.engines.listening.learned import UnreadableModel, apply_file, read_codebook

    try:
        applied = apply_file(read_codebook(model), source, out, with_why=with_why)
    except UnreadableModel as refusal:
        _end(f"{model} is no codebook that can be read: {refusal}. Nothing was written.")
    except OSError as trouble:
        _end(f"{out} cannot be written: {trouble.strerror}. Choose another place with --out.")
    click.echo(
        f"{applied.row_count} lines read, {applied.bad_row_count} could not be read. Written to {out}.", err=True
    )
    sys.exit(1 if applied.bad_row_count else 0)


def _tell(quality: dict[str, Any], out: Path) -> None:
    click.echo(f"Learned from {quality['examples']} of {quality['of']} passages. On passages not seen:")
    click.echo(f"micro F1 {quality['micro_f1']:.3f}, macro F1 {quality['macro_f1']:.3f}")
    for code, said in sorted(quality["codes"].items(), key=lambda each: -each[1]["n"]):
        click.echo(f"  {said['n']:5}  P {said['precision']:.2f}  R {said['recall']:.2f}  F1 {said['f1']:.2f}  {code}")
    if quality["left_out"]:
        click.echo(f"Too few examples: {', '.join(quality['left_out'])}")
    click.echo(f"Written to {out}.")


def _details(params: dict[str, str | int]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in params.items())


def _end(said: str) -> None:
    click.echo(said, err=True)
    sys.exit(3)
