"""`antiphon trail`: from a voice to its answer, or from a decision back to its voices, as text or as a file."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from antiphon.interfaces.cli.acting import AS, NOT_HERE, WORKSPACE, member_of
from antiphon.interfaces.cli.backup import could_not
from antiphon.interfaces.cli.instance import DATA, DATABASE, prepare, start_django

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

FORMS = ("text", "prov", "csv", "json", "xlsx")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
KINDS = ("decision", "insight", "voice")
EPILOG = """Examples:

antiphon trail 0198c0de-0000-7000-8000-000000000000 --as ana@hesperia.example

antiphon trail http://127.0.0.1:8600/decisions/0198c0de-0000-7000-8000-000000000000/ --as ana@hesperia.example
--format prov --out trail.prov.json

THING is the id of a voice, an insight or a decision, or the address of its page. `prov` is W3C PROV in its JSON
serialisation. Every format but text is recorded in the audit trail as taken away by that member.
Exit codes: 0 done, 2 wrong words, 3 no such member or thing, 4 could not."""


@click.command(epilog=EPILOG)
@click.argument("thing")
@DATA
@DATABASE
@AS
@WORKSPACE
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="What to write.")
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; else the screen.")
def trail(thing: str, data: Path, database: str, email: str, workspace: str, form: str, out: Path | None) -> None:
    """Follow THING along the line, both ways; all its voices, redacted."""
    known = id_in(thing)
    prepare(data, database)
    start_django()
    from antiphon.workspace.measures.actions import take_trail

    member = member_of(email, workspace)
    kind = _kind_of(member, known)
    if form == "xlsx" and out is None:
        raise click.UsageError("A workbook needs a file: --out trail.xlsx")
    if out is not None and not out.resolve().parent.is_dir():
        could_not(f"{out} cannot be written: there is no such folder. Choose another place with --out.", code=4)
    if form == "text":
        _write(_as_text(member, kind, known).encode(), out)
    else:
        _write(take_trail(by=member, kind=kind, thing_id=known, form=form).content, out)


def id_in(text: str) -> UUID:
    """The id in what somebody typed or pasted."""
    found = ID.search(text)
    if found is None:
        raise click.UsageError(f"{text} holds no id. Copy it from the address of the page.")
    return UUID(found[0])


def _kind_of(member: "Member", known: UUID) -> str:
    """What an id is the id of, in this member's workspace."""
    from antiphon.platform.errors import NoSuch
    from antiphon.workspace.decisions import queries as decisions
    from antiphon.workspace.insights import queries as insights
    from antiphon.workspace.voices import queries as voices

    for kind, reads in zip(KINDS, (decisions, insights, voices), strict=True):
        try:
            reads.get(member, known)
        except NoSuch:
            continue
        return kind
    could_not(f"There is no voice, insight or decision {known} here. Nothing was taken away.", code=NOT_HERE)


def _as_text(member: "Member", kind: str, known: UUID) -> str:
    """An indented list, as for those who do not see the drawing."""
    from antiphon.workspace.measures import queries

    lines, last = [], ""
    for step in queries.steps(member, kind, known):
        if step.kind != last:
            lines.append(f"{step.kind.upper()}")
            last = step.kind
        words = " ".join(step.text.split())
        told = " · ".join(part for part in (step.state, step.note) if part)
        mark = "→" if step.id == known else " "
        lines.append(f"{mark} {words}" + (f"\n    {' '.join(told.split())}" if told else ""))
    return "\n".join(lines) + "\n"


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
        return
    try:
        out.write_bytes(content)
    except OSError as trouble:
        could_not(f"{out} could not be written: {trouble.strerror}. Choose another place with --out.", code=4)
    click.echo(f"Written to {out}.", err=True)
