"""Whatever stands in an address, a page answers or refuses: it never breaks, and repeats it as text alone."""

import pytest
from django.urls import reverse

from antiphon.platform.workspaces.roles import Role
from tests.hostile.asking import names_asked_of
from tests.hostile.trying import fault_of
from tests.hostile.values import IN_ADDRESSES
from tests.meta.test_routes import OURS
from tests.meta.test_two_workspaces import TOKENS, fill
from tests.meta.world import World

# Tried in each parameter alone: what another one would have refused before it.
BY_ITSELF = ("a NUL", "no id", "a number above all", "the first day")


@pytest.fixture
def world(db):
    return World("CNRYA")


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_no_parameter_of_an_address_breaks_its_page(name, pattern, world, signed_in, monkeypatch):
    browser = signed_in(world.members[Role.PE_LEAD])
    address = reverse(name, kwargs=fill(pattern, None if name in TOKENS else world))
    asked = sorted(names_asked_of(monkeypatch, "GET", lambda: browser.get(address)))
    tries = {(each, kind): {each: IN_ADDRESSES[kind]} for each in asked for kind in BY_ITSELF}
    if asked:
        tries |= {("all", kind): dict.fromkeys(asked, value) for kind, value in IN_ADDRESSES.items()}
    faults = {where: fault_of(lambda values=values: browser.get(address, values)) for where, values in tries.items()}
    assert not {where: fault for where, fault in faults.items() if fault}
