"""Reading kept views."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from antiphon.platform.errors import NoSuch
from antiphon.platform.exports.lists import LISTS, List
from antiphon.platform.views import permissions
from antiphon.platform.views.models import SavedView
from antiphon.platform.workspaces.models import Member


class NoSuchView(NoSuch):
    """No view that this member may see has this id."""


class NoSuchList(NoSuch):
    """There is no list of this name."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view as a tab above its list."""

    id: UUID
    name: str
    url: str
    query: str
    is_shared: bool
    is_mine: bool
    is_removed: bool
    can_change: bool


def get(member: Member, view_id: UUID | str) -> SavedView:
    """One view that this member may see."""
    view = _seen_by(member).filter(pk=view_id).first()
    if view is None:
        raise NoSuchView(view_id)
    return view


def row(member: Member, view_id: UUID | str) -> ViewRow:
    """One view, as lists show it."""
    return _row(member, get(member, view_id))


def rows(member: Member, page: str) -> list[ViewRow]:
    """The views of one list: one's own and the shared ones, by name."""
    found = _seen_by(member).filter(page=page, removed_at=None).order_by("name", "pk")
    return [_row(member, view) for view in found]


def the_list(page: str) -> List:
    """A list by the name of its page."""
    if page not in LISTS:
        raise NoSuchList(page)
    return LISTS[page]


def address(page: str, query: str) -> str:
    """Where a view is seen: its list, with what it asks for."""
    return reverse(page) + (f"?{query}" if query else "")


def _seen_by(member: Member):
    return SavedView.objects.visible_to(member).filter(Q(member=member) | Q(is_shared=True))


def _row(member: Member, view: SavedView) -> ViewRow:
    return ViewRow(
        id=view.pk,
        name=view.name,
        url=address(view.page, view.query),
        query=view.query,
        is_shared=view.is_shared,
        is_mine=view.member_id == member.pk,
        is_removed=view.removed_at is not None,
        can_change=permissions.may_change(member, view),
    )
