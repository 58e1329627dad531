"""Whatever stands in a field of a form, it is kept or refused: no page breaks, none repeats it as more than text."""

import pytest
from django.urls import reverse

from antiphon.platform.files.store import path_of
from antiphon.platform.workspaces.roles import Role
from tests.hostile.asking import names_asked_of
from tests.hostile.trying import fault_of
from tests.hostile.values import IN_EACH_FIELD, IN_FORMS
from tests.meta.test_routes import OURS
from tests.meta.test_two_workspaces import TOKENS, fill, foreign
from tests.meta.world import World


@pytest.fixture
def world(db):
    """Its file is really there."""
    world = World("CNRYA")
    kept = path_of(world.rows["files.StoredFile"])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"comment\nThe journey takes three hours.\n")
    return world


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_no_field_of_a_form_breaks_its_page(name, pattern, world, signed_in, monkeypatch):
    browser = signed_in(world.members[Role.ADMINISTRATOR if name.startswith("administration") else Role.PE_LEAD])
    address = reverse(name, kwargs=fill(pattern, None if name in TOKENS else world))
    usual = foreign(world) | {"version": "1"}
    fields = names_asked_of(monkeypatch, "POST", lambda: fault_of(lambda: browser.post(address, usual)))
    tries = {(field, kind): {field: value} for field in sorted(fields) for kind, value in IN_EACH_FIELD.items()}
    if fields:
        tries |= {("all", kind): dict.fromkeys(fields, value) for kind, value in IN_FORMS.items()}
    faults = {
        where: fault_of(lambda values=values: browser.post(address, usual | values)) for where, values in tries.items()
    }
    assert not {where: fault for where, fault in faults.items() if fault}
