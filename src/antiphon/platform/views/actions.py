"""Keeping views of lists, naming them, sharing them, taking them away."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.exports.lists import List
from antiphon.platform.views import permissions, queries, rules
from antiphon.platform.views.models import SavedView
from antiphon.platform.workspaces.models import Member


@transaction.atomic
def keep_view(*, by: Member, one: List, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep a list as it is seen, under a name."""
    _check_may_share(by, shared)
    known = rules.only_known(query, one.keys)
    if len(known) > rules.LONGEST_QUERY:
        raise NotValid(_("This view has too many filters to be kept."))
    count = SavedView.objects.visible_to(by).filter(member=by, page=one.page, removed_at=None).count()
    check_now(count < rules.MOST, _("You keep many views of this list already. Remove one first."))
    view = SavedView(
        workspace_id=by.workspace_id, member=by, page=one.page, name=_named(name), query=known, is_shared=shared
    )
    _save(view)
    changes = {"name": ("", view.name), "query": ("", known)}
    record("view.kept", view, by=by, changes=changes, facts={"page": one.page, "shared": shared})
    return view


@transaction.atomic
def edit_view(*, by: Member, view: SavedView, name: str, shared: bool) -> SavedView:
    """Name a view anew; share it, or keep it for oneself."""
    view = _held(by, view)
    check_now(view.removed_at is None, _("This view was removed. Bring it back first."))
    if shared != view.is_shared:
        _check_may_share(by, shared)
    before = view.name, view.is_shared
    view.name, view.is_shared = _named(name), shared
    _save(view)
    changes = {"name": (before[0], view.name)} if before[0] != view.name else {}
    record("view.edited", view, by=by, changes=changes, facts={"page": view.page, "shared": [before[1], shared]})
    return view


@transaction.atomic
def remove_view(*, by: Member, view: SavedView) -> SavedView:
    """Take a view away; it can be brought back."""
    view = _held(by, view)
    check_now(view.removed_at is None, _("This view was removed already."))
    view.removed_at, view.removed_by = clock.now(), by
    view.save(update_fields=["removed_at", "removed_by"])
    record("view.removed", view, by=by, facts={"page": view.page})
    return view


@transaction.atomic
def bring_back(*, by: Member, view: SavedView) -> SavedView:
    """Show a view again that was removed."""
    view = _held(by, view)
    check_now(view.removed_at is not None, _("This view is there."))
    view.removed_at = view.removed_by = None
    _save(view)
    record("view.brought_back", view, by=by, facts={"page": view.page})
    return view


def _held(by: Member, view: SavedView) -> SavedView:
    """The view as it is now, held until the change is made."""
    queries.get(by, view.pk)
    current = SavedView.objects.visible_to(by).select_for_update().get(pk=view.pk)
    check_allowed(permissions.may_change(by, current), _("Only who keeps this view, or a lead, changes it."))
    return current


def _check_may_share(by: Member, shared: bool) -> None:
    allowed = not shared or permissions.may_share(by)
    check_allowed(allowed, _("Only patient engagement leads and administrators share views."))


def _named(name: str) -> str:
    plain = name.strip()
    if not rules.is_a_name(plain):
        sentence = _("Give the view a short name.")
        raise NotValid(sentence, {"name": sentence})
    return plain


def _save(view: SavedView) -> None:
    """Two views of one person have two names, also when both are kept at the same moment."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        sentence = _("You keep another view of this list under this name.")
        raise NotValid(sentence, {"name": sentence}) from None
