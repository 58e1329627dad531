"""`antiphon member`: let the first people in, on the machine itself."""

from pathlib import Path

import click

from antiphon.interfaces.cli.instance import DATA, DATABASE, prepare, start_django

ROLES = ("pe_lead", "function_partner", "safety_officer", "compliance", "executive", "administrator")
SHORTEST_PASSWORD = 10
EXAMPLE = """Example: antiphon member add --workspace "Hesperia" --email ana@hesperia.example --name "Ana Ribeiro"
--role pe_lead. The workspace is opened where there is none of this name. The password is asked for, and not shown."""


@click.group()
def member() -> None:
    """Let people in."""


@member.command(epilog=EXAMPLE)
@DATA
@DATABASE
@click.option("--workspace", required=True, help="The organisation, by its name.")
@click.option("--email", required=True, help="What the person signs in with.")
@click.option("--name", required=True, help="What others see.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the person comes to do.")
@click.password_option(help="At least ten letters; asked for when left out.")
def add(data: Path, database: str, workspace: str, email: str, name: str, role: str, password: str) -> None:
    """Let a person act in a workspace."""
    if len(password) < SHORTEST_PASSWORD:
        raise click.UsageError(f"The password needs at least {SHORTEST_PASSWORD} letters. Nobody was added.")
    prepare(data, database)
    start_django()
    from antiphon.platform.errors import Refused
    from antiphon.platform.workspaces import actions
    from antiphon.platform.workspaces.roles import Role

    try:
        actions.let_in(workspace=workspace, email=email, name=name, role=Role(role), password=password)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{name} can sign in now, as {role} of {workspace}.")
