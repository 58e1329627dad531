"""Opening a workspace, letting the first people in, and setting it up."""

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed
from antiphon.platform.workspaces import permissions, rules
from antiphon.platform.workspaces.actions.accounts import account_of, make_account, vouch_for
from antiphon.platform.workspaces.actions.checking import check_name, hold
from antiphon.platform.workspaces.models import Member, Workspace
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
    user = account_of(email) or make_account(email, name, password)
    vouch_for(user)
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


@transaction.atomic
def set_up(
    *, by: Member, name: str, thanks_days: int, holding_working_days: int, version: int | None = None
) -> Workspace:
    """Name the workspace and set its clocks; engagements held before keep the dates they were given."""
    by = hold(by)
    check_allowed(permissions.may_set_up(by), _("Only administrators set the workspace up."))
    workspace = by.workspace
    check_unchanged(workspace, version, ["workspace.set_up"])
    check_name(name)
    _check_clocks(thanks_days, holding_working_days)
    new = {"name": name.strip(), "thanks_days": thanks_days, "holding_working_days": holding_working_days}
    changed = {field: (getattr(workspace, field), value) for field, value in new.items()}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    if not changed:
        return workspace
    for field, (_before, after) in changed.items():
        setattr(workspace, field, after)
    workspace.version += 1
    workspace.save(update_fields=[*changed, "version"])
    facts = {field: list(pair) for field, pair in changed.items() if field != "name"}
    record("workspace.set_up", workspace, by=by, changes=changed, facts=facts | {"version": workspace.version})
    return workspace


def _check_clocks(thanks_days: int, holding_working_days: int) -> None:
    for field, days, possible in (
        ("thanks_days", thanks_days, rules.THANKS_DAYS),
        ("holding_working_days", holding_working_days, rules.HOLDING_WORKING_DAYS),
    ):
        if days not in possible:
            sentence = _("Choose %(first)s to %(last)s days.") % {"first": possible[0], "last": possible[-1]}
            raise NotValid(sentence, {field: sentence})
