"""Keeping views, sharing them, taking them away."""

import json

import pytest
from django.db import IntegrityError, transaction

from antiphon.platform import clock
from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.platform.exports.lists import LISTS
from antiphon.platform.views import actions, queries
from antiphon.platform.views.models import SavedView
from antiphon.platform.views.rules import MOST

PAGE = "decisions:list"


@pytest.fixture(autouse=True)
def _urls(db):
    """The lists are known once the addresses are."""
    from antiphon.config import urls

    assert urls.urlpatterns


def keep(by, name="Open ones", query="state=OPEN", **more):
    return actions.keep_view(by=by, one=LISTS[PAGE], name=name, query=query, **more)


def event(action):
    return json.loads(AuditEvent.objects.get(action=action).body)


def test_a_view_is_kept_with_its_filters_and_no_page(ana):
    view = keep(ana, name="  Open ones ", query="state=OPEN&page=7&q=private+word")
    assert (view.name, view.query, view.is_shared) == ("Open ones", "q=private+word&state=OPEN", False)
    told = event("view.kept")
    assert told["facts"] == {"page": PAGE, "shared": False}
    assert "private" not in json.dumps(told)


def test_ones_own_views_are_private_and_shared_ones_are_not(ana, ben, adam_or_ana, cleo):
    mine, ours = keep(ana, name="Mine"), keep(adam_or_ana, name="Ours", shared=True)
    assert [row.name for row in queries.rows(ana, PAGE)] == ["Mine", "Ours"]
    assert [(row.name, row.can_change) for row in queries.rows(ben, PAGE)] == [("Ours", False)]
    assert queries.rows(cleo, PAGE) == []
    assert queries.rows(ana, "insights:list") == []
    for stranger, view in ((ben, mine), (cleo, mine), (cleo, ours)):
        with pytest.raises(queries.NoSuchView):
            actions.remove_view(by=stranger, view=view)


@pytest.fixture(params=["ana", "adam"])
def adam_or_ana(cast, request):
    return getattr(cast, request.param)


@pytest.mark.parametrize("who", ["ben", "sam", "eve", "cora"])
def test_only_leads_and_administrators_share(cast, who):
    member = getattr(cast, who)
    with pytest.raises(NotAllowed):
        keep(member, shared=True)
    view = keep(member)
    with pytest.raises(NotAllowed):
        actions.edit_view(by=member, view=view, name="Open ones", shared=True)
    assert not SavedView.objects.get(pk=view.pk).is_shared


def test_who_may_not_share_does_not_change_what_others_share(ana, ben):
    view = keep(ana, shared=True)
    for change in (
        lambda: actions.edit_view(by=ben, view=view, name="Ben's", shared=True),
        lambda: actions.remove_view(by=ben, view=view),
        lambda: actions.bring_back(by=ben, view=view),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_view_is_named_anew_and_shared(ana):
    view = actions.edit_view(by=ana, view=keep(ana), name="Late ones", shared=True)
    assert (view.name, view.is_shared) == ("Late ones", True)
    assert event("view.edited")["facts"] == {"page": PAGE, "shared": [False, True]}


def test_a_view_is_removed_and_brought_back(ana):
    view = keep(ana)
    actions.remove_view(by=ana, view=view)
    assert queries.rows(ana, PAGE) == []
    with pytest.raises(NotNow):
        actions.remove_view(by=ana, view=view)
    with pytest.raises(NotNow):
        actions.edit_view(by=ana, view=view, name="Again", shared=False)
    actions.bring_back(by=ana, view=view)
    assert [row.name for row in queries.rows(ana, PAGE)] == ["Open ones"]
    assert event("view.removed")["facts"] == event("view.brought_back")["facts"] == {"page": PAGE}
    with pytest.raises(NotNow):
        actions.bring_back(by=ana, view=view)


def test_two_views_of_one_person_have_two_names(ana, ben):
    first = keep(ana)
    keep(ben)
    with pytest.raises(NotValid):
        keep(ana)
    actions.remove_view(by=ana, view=first)
    keep(ana)
    with pytest.raises(NotValid):
        actions.bring_back(by=ana, view=first)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "\u202eevil"])
def test_a_view_without_a_readable_name_is_refused(ana, name):
    with pytest.raises(NotValid) as refusal:
        keep(ana, name=name)
    assert "name" in refusal.value.fields


def test_a_view_with_too_many_filters_is_refused(ana):
    with pytest.raises(NotValid):
        keep(ana, query="&".join(f"columns={n}{'x' * 180}" for n in range(9)))


def test_nobody_keeps_more_views_than_a_bar_can_show(ana):
    for n in range(MOST):
        keep(ana, name=f"View {n}")
    with pytest.raises(NotNow):
        keep(ana, name="One more")


def test_the_database_keeps_what_a_view_shows_and_whose_it_is(ana, ben):
    view = keep(ana)
    rows = SavedView.objects.filter(pk=view.pk)
    changes = ({"query": "q=x"}, {"page": "insights:list"}, {"member": ben}, {"removed_at": clock.now()})
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_the_tabs_of_a_list_take_one_query(ana, django_assert_num_queries):
    for n in range(5):
        keep(ana, name=f"View {n}", shared=bool(n % 2))
    with django_assert_num_queries(1):
        assert len(queries.rows(ana, PAGE)) == 5
