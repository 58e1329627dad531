"""What every change of who may do what is held against."""

from django.utils.translation import gettext as _

from antiphon.platform.errors import NoSuch, NotAllowed, NotValid
from antiphon.platform.workspaces import rules
from antiphon.platform.workspaces.functions import functions_of
from antiphon.platform.workspaces.models import Member, Workspace
from antiphon.platform.workspaces.roles import Role


def hold(by: Member) -> Member:
    """Let nobody else change members of this workspace until this is done; the acting member as they are now.

    Two administrators could end each other at the same moment. The one who comes second is told that they are gone.
    """
    list(Workspace.objects.select_for_update(no_key=True).filter(pk=by.workspace_id))
    current = Member.objects.filter(pk=by.pk, ended_at=None).select_related("user", "workspace").first()
    if current is None:
        raise NotAllowed(_("You are no longer a member of this workspace."))
    # Read anew, and still acting through the same program: the trail names it.
    current.acts_through = by.acts_through
    return current


def person_of(by: Member, person: Member) -> Member:
    """The person as they are now, ended or not."""
    found = Member.objects.select_related("user").filter(workspace_id=by.workspace_id, pk=person.pk).first()
    if found is None:
        raise NoSuch(person.pk)
    return found


def check_role(by: Member, role: str, function: str, *, had: str = "") -> None:
    """One of the roles; one of the functions that the organisation offers, or the one somebody had, or none."""
    if role not in set(Role):
        sentence = _("Choose what the person comes to do.")
        raise NotValid(sentence, {"role": sentence})
    if function not in {"", had} and not functions_of(by).offers(function):
        sentence = _("Choose one of the functions.")
        raise NotValid(sentence, {"function": sentence})


def check_name(name: str) -> None:
    """A name in one line."""
    if not rules.is_a_name(name):
        sentence = _("Write the name in one line, with at most %(n)s letters.") % {"n": rules.LONGEST_NAME}
        raise NotValid(sentence, {"name": sentence})
