"""`antiphon report`: the evidence report as a file."""

import datetime
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antiphon.interfaces.cli.acting import AS, NOT_HERE, WORKSPACE, member_of
from antiphon.interfaces.cli.backup import could_not, progress_bar
from antiphon.interfaces.cli.instance import DATA, DATABASE, prepare, start_django

if TYPE_CHECKING:
    from uuid import UUID

    from antiphon.platform.workspaces.models import Member

ENDINGS = ("pdf", "docx", "pptx")
DAY = click.DateTime(["%Y-%m-%d"])
EPILOG = """Examples:

antiphon report --as ana@hesperia.example --out evidence.pdf

antiphon report --as ana@hesperia.example --programme "HSP-204" --from 2026-01-01 --to 2026-06-30 --out half-year.pptx

What the file is follows from its ending: .pdf, .docx or .pptx. Every number in it leads to its rows. It is recorded
in the audit trail as taken away by that member, with the hash that --json prints.
Exit codes: 0 done, 2 wrong words, 3 no such member or programme, 4 could not."""


@click.command(epilog=EPILOG)
@DATA
@DATABASE
@AS
@WORKSPACE
@click.option("--programme", default="", help="Only this programme: its name or id.")
@click.option("--decision", default="", help="Only this decision: its id, or the address of its page.")
@click.option("--from", "first", type=DAY, help="From this day on, as 2026-01-31.")
@click.option("--to", "last", type=DAY, help="Up to this day.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the figures, and the file's hash.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def report(data: Path, database: str, out: Path, as_json: bool, quiet: bool, **wanted: object) -> None:
    """Write the evidence report: what was said, decided, changed and told back."""
    kind = out.suffix.lower().lstrip(".")
    if kind not in ENDINGS:
        raise click.UsageError(f"{out.name} ends in none of .pdf, .docx and .pptx. Nothing was made.")
    prepare(data, database)
    start_django()
    from antiphon.interfaces.reports.actions import beside_name, make

    member = member_of(str(wanted["email"]), str(wanted["workspace"]))
    scope = _scope(member, wanted)
    _check_place(out)
    with progress_bar("Making the report", quiet=quiet or as_json) as advance:
        made = make(by=member, scope=scope, kind=kind, progress=advance)
    beside = out.with_name(beside_name(out.name)) if made.beside else None
    try:
        out.write_bytes(made.content)
        if beside:
            beside.write_bytes(made.beside)
    except OSError as trouble:
        could_not(f"{out} could not be written: {trouble.strerror}. Choose another place with --out.", code=4)
    if as_json:
        digest = hashlib.sha256(made.content).hexdigest()
        told = {"file": str(out), "size": len(made.content), "sha256": digest, "rows": made.rows}
        told |= {"workbook": str(beside)} if beside else {}
        click.echo(json.dumps(told | {"figures": made.figures}))
        return
    click.echo(f"Written to {out}: {len(made.content) / 1024:.0f} kB, {made.rows} rows behind its numbers.")
    if beside:
        click.echo(f"A document with all of them would be too long to send: every row is in {beside}.")


def _check_place(out: Path) -> None:
    """Before anything is recorded as taken away."""
    if out.is_dir() or not out.resolve().parent.is_dir():
        could_not(f"{out} cannot be written: there is no such folder. Choose another place with --out.", code=4)


def _scope(member: "Member", wanted: dict[str, object]) -> object:
    from antiphon.workspace.measures.queries.evidence import Scope

    first, last = (_day(wanted[name]) for name in ("first", "last"))
    if first and last and last < first:
        raise click.UsageError("The period ends before it begins. Nothing was made.")
    if wanted["decision"]:
        return Scope(decision_id=_decision(member, str(wanted["decision"])))
    programme = _programme(member, str(wanted["programme"])) if wanted["programme"] else None
    return Scope(programme_id=programme, first=first, last=last)


def _day(moment: object) -> datetime.date | None:
    return moment.date() if isinstance(moment, datetime.datetime) else None


def _programme(member: "Member", wanted: str) -> "UUID":
    from antiphon.workspace.programmes import queries

    rows = queries.rows(member)
    found = [row.id for row in rows if wanted in {str(row.id), row.name}]
    if not found:
        names = ", ".join(row.name for row in rows) or "none"
        could_not(f"There is no programme “{wanted}”. There are: {names}. Nothing was made.", code=NOT_HERE)
    return found[0]


def _decision(member: "Member", wanted: str) -> "UUID":
    from antiphon.interfaces.cli.trail import id_in
    from antiphon.platform.errors import NoSuch
    from antiphon.workspace.decisions import queries

    try:
        return queries.get(member, id_in(wanted)).pk
    except NoSuch:
        could_not(f"There is no decision {wanted} here. Nothing was made.", code=NOT_HERE)
