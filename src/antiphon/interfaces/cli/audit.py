"""`antiphon audit`: is the trail whole, and the trail as a file."""

import json
import sys
import uuid
from pathlib import Path

import click

from antiphon.interfaces.cli.instance import DATA, DATABASE, prepare, start_django


@click.group()
def audit() -> None:
    """Check the audit trail, or take it out for an auditor."""


@audit.command(epilog="Example: antiphon audit verify --data ./antiphon-data. Exit codes: 0 whole, 1 altered.")
@DATA
@DATABASE
@click.option("--workspace", type=click.UUID, help="Only this workspace's chain.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def verify(data: Path, database: str, workspace: uuid.UUID | None, as_json: bool) -> None:
    """Check every chain, every sealed value, and the signed heads kept outside the database."""
    prepare(data, database)
    start_django()
    _check_known(workspace)
    from antiphon.platform.audit.heads import sign_heads
    from antiphon.platform.audit.verification import verify as check

    verdict = check(workspace)
    if as_json:
        fields = ("chains", "events", "values", "heads", "faults")
        click.echo(json.dumps({"whole": verdict.whole} | {name: getattr(verdict, name) for name in fields}))
    else:
        for fault in verdict.faults:
            click.echo(f"✗ {fault}")
        counts = f"{verdict.chains} chains, {verdict.events} events, {verdict.values} values"
        counts += f", {verdict.heads} signed heads"
        click.echo(f"{'The trail is whole' if verdict.whole else 'The trail was altered'}: {counts}.")
    if verdict.whole:
        sign_heads()
    sys.exit(0 if verdict.whole else 1)


@audit.command(epilog="Example: antiphon audit export --workspace ID --out trail.jsonl")
@DATA
@DATABASE
@click.option("--workspace", type=click.UUID, required=True, help="Whose trail.")
@click.option("--out", type=click.File("w", encoding="utf-8", atomic=True), required=True, help="Where to write it.")
def export(data: Path, database: str, workspace: uuid.UUID, out: object) -> None:
    """Write one workspace's trail as JSON lines, with a program beside it that checks them without Antiphon."""
    prepare(data, database)
    start_django()
    _check_known(workspace)
    from antiphon.platform.audit import standalone_verifier
    from antiphon.platform.audit.export import export as write

    count = write(workspace, out)
    click.echo(f"{count} events written. Check them with: python {standalone_verifier.__file__} FILE")


def _check_known(workspace: uuid.UUID | None) -> None:
    """An id that was mistyped is not a trail without events."""
    from antiphon.platform.audit.models import AuditHead

    if workspace and not AuditHead.objects.filter(workspace_id=workspace).exists():
        click.echo(f"There is no trail of a workspace {workspace} here.", err=True)
        sys.exit(3)
