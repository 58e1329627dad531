"""The first people are let in on the machine itself, and can sign in."""

import json

import pytest
from django.urls import reverse

from antiphon.interfaces.cli.member import ROLES
from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NotValid
from antiphon.platform.workspaces.actions import let_in
from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import Role

ANA = {"workspace": "Hesperia", "email": "Ana@hesperia.example", "name": "Ana", "role": Role.PE_LEAD}


def test_the_command_offers_every_role():
    assert set(ROLES) == {role.value for role in Role}


def test_who_was_let_in_signs_in_with_the_password(db, client):
    let_in(**ANA, password="a long enough one")
    wrong = client.post(reverse("account_login"), {"login": "ana@hesperia.example", "password": "another one"})
    assert wrong.status_code == 200
    right = client.post(reverse("account_login"), {"login": "ana@hesperia.example", "password": "a long enough one"})
    assert right.status_code == 302
    assert client.get(reverse("home:today")).status_code == 200
    facts = json.loads(AuditEvent.objects.get(action="member.added").body)["facts"]
    assert facts["role"] == "pe_lead"


def test_a_second_person_joins_the_same_workspace_and_nobody_twice(db):
    first = let_in(**ANA, password="a long enough one")
    second = let_in(**ANA | {"email": "ben@hesperia.example", "name": "Ben"}, password="a long enough one")
    assert first.workspace == second.workspace
    with pytest.raises(NotValid):
        let_in(**ANA, password="a long enough one")
    assert Member.objects.count() == 2
