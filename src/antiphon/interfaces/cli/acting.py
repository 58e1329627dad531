"""Who a command acts as: a member, so that permissions and the trail are those of the pages."""

from typing import TYPE_CHECKING

import click

from antiphon.interfaces.cli.backup import could_not

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

AS = click.option("--as", "email", required=True, help="The member it is done by: an e-mail address.")
WORKSPACE = click.option("--workspace", default="", help="The organisation, where that person is a member of several.")
NOT_HERE = 3


def member_of(email: str, workspace: str) -> "Member":
    """The open membership that a command acts in; it must be plain which one."""
    from antiphon.platform.workspaces.models import Member

    found = Member.objects.filter(user__email__iexact=email, user__is_active=True, ended_at=None)
    found = found.select_related("user", "workspace").order_by("workspace__name")
    if workspace:
        found = found.filter(workspace__name=workspace)
    members = list(found)
    if not members:
        where = f" of {workspace}" if workspace else ""
        could_not(f"{email} is no member{where} here. Nothing was taken away.", code=NOT_HERE)
    if len(members) > 1:
        names = ", ".join(member.workspace.name for member in members)
        raise click.UsageError(f"{email} is a member of several workspaces: {names}. Choose one with --workspace.")
    return members[0]
