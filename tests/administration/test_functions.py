"""The functions people belong to are those of their organisation: its own beside the shipped ones, some hidden."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from antiphon.platform.errors import NotValid
from antiphon.platform.vocabulary import actions as words
from antiphon.platform.workspaces import actions, queries
from antiphon.platform.workspaces.roles import Role
from tests.cast import member

INVITE = reverse("administration:invite")


@pytest.fixture
def own(cast):
    """A function that only this organisation has."""
    return words.add_entry(by=cast.ana, pack="functions", label="Paediatric office", meaning="Studies with children.")


def invited(by, function):
    to = {"email": "kim@hesperia.example", "name": "Kim", "role": Role.FUNCTION_PARTNER}
    return actions.invite(by=by, function=function, **to).invitation


def test_somebody_is_asked_in_for_a_function_of_ones_own(cast, own, signed_in):
    assert "Paediatric office" in signed_in(cast.adam).get(INVITE).text
    invited(cast.adam, own.code)
    [row] = queries.invitations(cast.adam)
    assert row.function_label == "Paediatric office"


def test_a_member_belongs_to_a_function_of_ones_own(cast, own):
    actions.change_member(by=cast.adam, person=cast.ben, role=cast.ben.role, function=own.code)
    assert queries.person_row(cast.adam, cast.ben.pk).function_label == "Paediatric office"


def test_another_organisations_function_is_none_of_ours(cast, own):
    administrator = member(cast.cleo.workspace, "Ali", Role.ADMINISTRATOR)
    with pytest.raises(NotValid):
        invited(administrator, own.code)


def test_a_hidden_function_is_kept_by_who_has_it_and_given_to_nobody_else(cast, signed_in):
    had = cast.ben.function
    words.hide(by=cast.ana, pack="functions", code=had)
    with pytest.raises(NotValid):
        invited(cast.adam, had)
    changed = actions.change_member(by=cast.adam, person=cast.ben, role=Role.EXECUTIVE, function=had)
    assert (changed.role, changed.function) == (Role.EXECUTIVE, had)
    label = escape(queries.person_row(cast.adam, cast.ben.pk).function_label)
    browser = signed_in(cast.adam)
    assert label not in browser.get(INVITE).text
    assert label in browser.get(reverse("administration:member", args=[cast.ben.pk])).text
