"""Members, invitations and the settings of the workspace for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from antiphon.interfaces.administration.exports import PEOPLE
from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Number, Paged, Version, chosen, paged, shape, words
from antiphon.platform.workspaces import actions, queries, rules
from antiphon.platform.workspaces.queries.people import ENDED, OPEN
from antiphon.platform.workspaces.roles import Role

router = FeatureRouter("people")
Member = shape(queries.MemberRow, "Member")
Invitation = shape(queries.InvitationRow, "Invitation")
Workspace = shape(queries.Settings, "Workspace")
Days = Annotated[int, Field(ge=1, le=365)]


class Wanted(Schema):
    """Which members: those who are one now, or those who were."""

    role: chosen(["", *Role]) = ""
    show: chosen([OPEN, ENDED]) = OPEN
    search: words(200) = ""


class RoleNew(Schema):
    """What a member comes to do, for the version that was read."""

    role: chosen(Role)
    function: words(20) = ""
    version: Version


class End(Schema):
    """Why a membership ends."""

    reason: words(rules.LONGEST_REASON, rules.SHORTEST_REASON)


class Invite(Schema):
    """Whom to ask in, and as what; the letter with the link goes to the address."""

    email: words(254, 3)
    name: words(rules.LONGEST_NAME, 1)
    role: chosen(Role)
    function: words(20) = ""


class Invited(Schema):
    """An invitation with its link: told this once, then kept only as a hash."""

    invitation: Invitation
    link: str


class WorkspaceNew(Schema):
    """The name and the clocks of a workspace, for the version that was read."""

    name: words(rules.LONGEST_NAME, 1)
    thanks_days: Days
    holding_working_days: Days
    version: Version


@router.reads("/members", Paged[Member])
def list_members(request: HttpRequest, wanted: Query[Wanted], page: Number = 1):
    """The members of the workspace by name; what only administrators see is empty for everybody else."""
    return paged(queries.people_page(request.member, number=page, **wanted.dict()))


@router.exports("/members/export", PEOPLE.what, PEOPLE.columns)
def export_members(request: HttpRequest, wanted: Query[Wanted]):
    """Members as a file, a row each; it is on the trail, as on the pages."""
    return queries.people(request.member, **wanted.dict())


@router.reads("/members/{uuid:member_id}", Member)
def get_member(request: HttpRequest, member_id: UUID):
    """Somebody who is or was a member."""
    return queries.person_row(request.member, member_id)


@router.words("/members/{uuid:member_id}", Member)
def change_member(request: HttpRequest, member_id: UUID, body: RoleNew):
    """Give a member another role or function; the next thing they do obeys it."""
    person = queries.person(request.member, member_id)
    actions.change_member(by=request.member, person=person, **body.dict())
    return queries.person_row(request.member, member_id)


@router.does("/members/{uuid:member_id}/end", Member)
def end_membership(request: HttpRequest, member_id: UUID, body: End):
    """Let a member go; what they did keeps their name."""
    person = queries.person(request.member, member_id)
    actions.end_membership(by=request.member, person=person, reason=body.reason)
    return queries.person_row(request.member, member_id)


@router.does("/members/{uuid:member_id}/take-back", Member)
def take_back_end(request: HttpRequest, member_id: UUID):
    """Let a former member act again, in the role they had."""
    actions.take_back_end(by=request.member, person=queries.person(request.member, member_id))
    return queries.person_row(request.member, member_id)


@router.reads("/invitations", list[Invitation])
def list_invitations(request: HttpRequest):
    """Invitations that wait for their person, the newest first; for those who invite."""
    return queries.invitations(request.member)


@router.makes("/invitations", Invited)
def invite(request: HttpRequest, body: Invite):
    """Ask a person to become a member, in a role; the answer tells the link, this once."""
    return _told(request, actions.invite(by=request.member, **body.dict()))


@router.does("/invitations/{uuid:invitation_id}/renew", Invited)
def renew_invitation(request: HttpRequest, invitation_id: UUID):
    """Send a new link; the old one stops working at once."""
    invitation = queries.get_invitation(request.member, invitation_id)
    return _told(request, actions.renew(by=request.member, invitation=invitation))


@router.does("/invitations/{uuid:invitation_id}/revoke", list[Invitation])
def revoke_invitation(request: HttpRequest, invitation_id: UUID):
    """Take an invitation back; its link stops working at once. The invitations that still wait."""
    actions.revoke(by=request.member, invitation=queries.get_invitation(request.member, invitation_id))
    return queries.invitations(request.member)


@router.reads("/workspace", Workspace)
def get_workspace(request: HttpRequest):
    """What the workspace is called, and its clocks."""
    return queries.settings_of(request.member)


@router.words("/workspace", Workspace)
def set_up(request: HttpRequest, body: WorkspaceNew):
    """Name the workspace and set its clocks; engagements held before keep the dates they were given."""
    actions.set_up(by=request.member, **body.dict())
    return queries.settings_of(request.member)


def _told(request: HttpRequest, invited: actions.Invited) -> dict[str, object]:
    known = {row.id: row for row in queries.invitations(request.member)}
    return {"invitation": known[invited.invitation.pk], "link": invited.link}
