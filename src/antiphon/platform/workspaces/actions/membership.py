"""Changing what a member may do, letting a member go, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.workspaces import permissions, queries, rules
from antiphon.platform.workspaces.actions.checking import check_role, hold, person_of
from antiphon.platform.workspaces.actions.inviting import take_back
from antiphon.platform.workspaces.models import Invitation, Member
from antiphon.platform.workspaces.roles import Role


@transaction.atomic
def change_member(*, by: Member, person: Member, role: str, function: str = "", version: int | None = None) -> Member:
    """Give a member another role or function; the next page they open obeys it."""
    by, person = _may_change(by, person)
    check_now(person.ended_at is None, _("This membership has ended. Take that back first."))
    check_unchanged(person, version, ["member.changed"])
    check_role(by, role, function, had=person.function)
    if role != Role.ADMINISTRATOR:
        _check_not_the_last(person)
    changed = {"role": (person.role, role), "function": (person.function, function)}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    if not changed:
        return person
    person.role, person.function = role, function
    person.version += 1
    person.save(update_fields=["role", "function", "version"])
    _take_back_what_they_may_not_grant(by, person)
    facts = {field: list(pair) for field, pair in changed.items()} | {"version": person.version}
    record("member.changed", person, by=by, facts=facts)
    return person


@transaction.atomic
def end_membership(*, by: Member, person: Member, reason: str) -> Member:
    """Let a member go: they reach nothing from now on. What they did keeps their name, what they own stays theirs."""
    by, person = _may_change(by, person)
    check_now(person.ended_at is None, _("This membership has ended already."))
    if not rules.is_a_reason(reason):
        sentence = _("Say in %(shortest)s to %(longest)s letters why it ends.")
        sentence %= {"shortest": rules.SHORTEST_REASON, "longest": rules.LONGEST_REASON}
        raise NotValid(sentence, {"reason": sentence})
    _check_not_the_last(person)
    person.ended_at = clock.now()
    person.save(update_fields=["ended_at"])
    _take_back_what_they_may_not_grant(by, person)
    record("member.ended", person, by=by, reason=reason.strip(), facts={"role": person.role})
    return person


@transaction.atomic
def take_back_end(*, by: Member, person: Member) -> Member:
    """Let a member act again, in the role they had."""
    by, person = _may_change(by, person)
    check_now(person.ended_at is not None, _("This membership has not ended."))
    person.ended_at = None
    person.save(update_fields=["ended_at"])
    record("member.end_taken_back", person, by=by, facts={"role": person.role})
    return person


def _may_change(by: Member, person: Member) -> tuple[Member, Member]:
    by = hold(by)
    person = person_of(by, person)
    check_allowed(by.pk != person.pk, _("Nobody changes their own membership. Ask another administrator."))
    check_allowed(permissions.may_change(by, person), _("Only administrators change members."))
    return by, person


def _check_not_the_last(person: Member) -> None:
    sentence = _("%(name)s is the last administrator. Make somebody else one first.") % {"name": person.name}
    check_now(not queries.is_last_administrator(person), sentence)


def _take_back_what_they_may_not_grant(by: Member, person: Member) -> None:
    """Nobody comes in on the word of a person who could not give it any more."""
    open_ones = Invitation.objects.filter(workspace_id=person.workspace_id, invited_by=person)
    for invitation in open_ones.filter(accepted_at=None, revoked_at=None).select_for_update():
        if person.ended_at is not None or not permissions.may_grant(person, invitation.role):
            take_back(by=by, invitation=invitation)
