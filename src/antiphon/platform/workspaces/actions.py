"""Opening workspaces and letting people in."""

from django.db import transaction

from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid
from antiphon.platform.workspaces.models import Member, User, Workspace
from antiphon.platform.workspaces.roles import Role


@transaction.atomic
def open_workspace(*, name: str, is_demonstration: bool = False) -> Workspace:
    """Open a workspace for an organisation; done on the machine itself, by nobody signed in."""
    workspace = Workspace.objects.create(name=name, is_demonstration=is_demonstration)
    record("workspace.opened", workspace, by=None, changes={"name": ("", name)}, workspace_id=workspace.pk)
    return workspace


@transaction.atomic
def add_member(
    *,
    workspace: Workspace,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    function: str = "",
) -> Member:
    """Let a person act in a workspace; a person new to this instance gets an account."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=email.lower(), name=name)
        user.set_password(password)
        user.save()
    member = Member.objects.create(workspace=workspace, user=user, role=role, function=function)
    facts = {"role": role.value, "function": function}
    record("member.added", member, by=None, facts=facts, workspace_id=workspace.pk)
    return member


@transaction.atomic
def let_in(*, workspace: str, email: str, name: str, role: Role, password: str) -> Member:
    """Let a person into the workspace of this name, opened where there is none; done on the machine itself."""
    found = Workspace.objects.filter(name=workspace).first() or open_workspace(name=workspace)
    if Member.objects.filter(workspace=found, user__email__iexact=email).exists():
        raise NotValid("This person is a member of the workspace already. Nothing was changed.")
    return add_member(workspace=found, email=email, name=name, role=role, password=password)
