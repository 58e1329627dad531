"""Who is in the workspace, what they may do, and letting them go."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from antiphon.interfaces.administration.exports import PEOPLE
from antiphon.interfaces.administration.web.forms import EndForm, RoleForm
from antiphon.interfaces.administration.web.tabs import tabs
from antiphon.platform.ui import filters
from antiphon.platform.ui.forms import refusals_in, status_of
from antiphon.platform.ui.lists import on_page, table
from antiphon.platform.ui.render import go, render_page
from antiphon.platform.workspaces import actions, permissions, queries
from antiphon.platform.workspaces.roles import ABOUT
from antiphon.workspace.measures.queries.owned import owned

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

# kind of thing somebody looks after: (icon, page)
OWNED = {
    "DECISION": ("scale", "decisions:record"),
    "INSIGHT": ("bulb", "insights:record"),
    "ENGAGEMENT": ("users", "engagements:record"),
}


def asked(request: HttpRequest) -> dict[str, str]:
    """The filters that stand in the address."""
    return {name: request.GET.get(key, "") for name, key in (("search", "q"), ("role", "role"), ("show", "show"))}


@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """Everyone here, and who was asked in."""
    chosen = asked(request)
    roles = [(role.value, about.label) for role, about in ABOUT.items()]
    page = queries.people_page(request.member, **on_page(request, PEOPLE), **chosen)
    context = {
        "table": table(request, PEOPLE, page),
        "invitations": queries.invitations(request.member),
        "filters": [
            filters.search(chosen["search"]),
            filters.select("role", _("Role"), chosen["role"], roles),
        ],
        "kept": [{"name": "show", "value": chosen["show"]}] if chosen["show"] else [],
        "searched": bool(chosen["search"] or chosen["role"]),
        "ended": chosen["show"] == "ended",
        "can_invite": permissions.may_invite(request.member),
        "tabs": tabs(request, "members"),
    }
    return render_page(request, "administration/members.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One member: what they come to do, what they look after."""
    person = queries.person(request.member, member_id)
    if request.method == "GET":
        return _member(request, member_id)
    form = RoleForm(request.POST, initial=_role(person), by=request.member)
    if form.is_valid():
        with refusals_in(form, lambda: _role(queries.person(request.member, member_id))):
            actions.change_member(by=request.member, person=person, **form.cleaned_data)
            messages.success(request, _("%(name)s has this role from now on.") % {"name": person.name})
            return go(request, "administration:member", member_id)
    return _member(request, member_id, status=status_of(form), role_form=form)


@require_POST
def member_end(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Let a member go."""
    person = queries.person(request.member, member_id)
    form = EndForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.end_membership(by=request.member, person=person, reason=form.cleaned_data["reason"])
            words = _("%(name)s is no longer a member. What they did keeps their name. You can take this back here.")
            messages.success(request, words % {"name": person.name})
            return go(request, "administration:member", member_id)
    return _member(request, member_id, status=422, end_form=form)


@require_POST
def member_take_back(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Let a former member act again."""
    person = queries.person(request.member, member_id)
    actions.take_back_end(by=request.member, person=person)
    messages.success(request, _("%(name)s is a member again, in the same role.") % {"name": person.name})
    return go(request, "administration:member", member_id)


def _role(person: "Member | queries.MemberRow") -> dict[str, object]:
    """What a member comes to do, and which version of it that is."""
    return {"role": person.role, "function": person.function, "version": person.version}


def _member(request: HttpRequest, member_id: UUID, *, status: int = 200, **forms: object) -> HttpResponse:
    row = queries.person_row(request.member, member_id)
    things = owned(request.member, queries.person(request.member, member_id))
    context = {
        "row": row,
        "owned": [(thing, *OWNED[thing.kind]) for thing in things],
        "role_form": RoleForm(initial=_role(row), by=request.member),
        "end_form": EndForm(),
        **forms,
    }
    return render_page(request, "administration/member.html", context, status=status)
