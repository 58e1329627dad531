"""A token acts as its member, in one workspace, until it ends; and never opens a session."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from antiphon.platform import clock
from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NoSuch, NotNow, NotValid
from antiphon.platform.tokens import actions, queries
from antiphon.platform.tokens.models import AccessToken
from antiphon.platform.tokens.rules import PREFIX, Scope
from tests.api.conftest import Program


def make(member, **changes):
    return actions.make_token(by=member, **({"name": "Report", "scope": "CHANGE", "days": 30} | changes))


def test_a_token_acts_as_its_member(ana, program_of):
    said = program_of(ana).get("/me").json()
    assert (said["member_id"], said["name"], said["workspace"]) == (str(ana.pk), "Ana", "Hesperia")


def test_the_secret_is_not_kept(ana):
    token, secret = make(ana)
    assert secret.startswith(PREFIX)
    assert secret not in str(vars(AccessToken.objects.get(pk=token.pk)))
    assert len(secret) > 40


@pytest.mark.parametrize("secret", ["", "antiphon_wrong", "CNRY", "x" * 5_000])
def test_without_a_secret_that_works_nothing_is_told(db, secret):
    answer = Program(secret).get("/programmes")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["title"].startswith("Send the secret")


def test_a_browser_that_is_signed_in_opens_nothing_here(ana, signed_in):
    assert signed_in(ana).get("/api/v1/programmes").status_code == 401


def test_a_token_opens_no_page_and_no_session(ana, program_of):
    program = program_of(ana)
    headers = {"authorization": f"Bearer {program.secret}"}
    assert program.client.get(reverse("home:today"), headers=headers).status_code == 302
    assert "Set-Cookie" not in str(program.get("/me").headers)
    assert not program.client.cookies


def test_a_token_that_only_reads_changes_nothing(ana, program_of):
    program = program_of(ana, Scope.READ)
    body = {"name": "New", "kind": "ASSET", "stage": "design_planning", "function": "F_RD"}
    assert program.post("/programmes", body).status_code == 403
    assert program.get("/programmes").json() == []


def test_a_revoked_token_is_dead_at_once(ana, program_of):
    program = program_of(ana)
    assert program.get("/me").status_code == 200
    actions.revoke(by=ana, token=AccessToken.objects.get())
    assert program.get("/me").status_code == 401


def test_a_token_ends_with_its_day(ana, program_of):
    program = program_of(ana)
    with clock.at(clock.now() + datetime.timedelta(days=31)):
        assert program.get("/me").status_code == 401


def test_a_token_ends_with_the_membership(ana, program_of):
    program = program_of(ana)
    type(ana).objects.filter(pk=ana.pk).update(ended_at=clock.now())
    assert program.get("/me").status_code == 401


def test_a_token_ends_with_the_account(ana, program_of):
    program = program_of(ana)
    ana.user.is_active = False
    ana.user.save()
    assert program.get("/me").status_code == 401


def test_the_first_use_is_on_the_trail_and_later_ones_are_not(ana, program_of):
    program = program_of(ana)
    for _time in range(3):
        program.get("/me")
    assert AuditEvent.objects.filter(action="token.first_used").count() == 1
    assert AccessToken.objects.get().last_used_date == clock.today()


def test_the_trail_names_the_token_beside_the_member(ana, program_of):
    body = {"name": "New", "kind": "ASSET", "stage": "design_planning", "function": "F_RD"}
    assert program_of(ana).post("/programmes", body).status_code == 201
    event = AuditEvent.objects.get(action="programme.opened")
    assert event.actor_id == ana.pk
    assert f'"through":"{AccessToken.objects.get().pk}"' in event.body


def test_what_a_member_does_on_a_page_names_no_token(ana, signed_in):
    signed_in(ana).post(
        reverse("programmes:new"),
        {"name": "New", "kind": "ASSET", "stage": "design_planning", "function": "F_RD"},
    )
    assert "through" not in AuditEvent.objects.get(action="programme.opened").body


def test_one_sees_and_revokes_ones_own_tokens_only(ana, ben):
    token, _secret = make(ana)
    assert queries.rows(ben) == []
    with pytest.raises(NoSuch):
        actions.revoke(by=ben, token=token)
    assert queries.rows(ana)[0].state == "WORKS"


def test_an_administrator_revokes_anybodys(ana, cast):
    token, _secret = make(ana)
    assert [row.owner_name for row in queries.rows(cast.adam)] == ["Ana"]
    actions.revoke(by=cast.adam, token=token)
    assert queries.rows(ana)[0].state == "REVOKED"
    with pytest.raises(NotNow):
        actions.revoke(by=ana, token=token)


def test_another_workspaces_token_is_none(ana, cleo):
    token, _secret = make(cleo)
    with pytest.raises(NoSuch):
        queries.get(ana, token.pk)


@pytest.mark.parametrize("change", [{"name": "  "}, {"scope": "ALL"}, {"days": 9_999}])
def test_a_token_says_what_it_is_for(ana, change):
    with pytest.raises(NotValid):
        make(ana, **change)


@pytest.mark.parametrize("change", [{"scope": "CHANGE"}, {"secret_hash": "0"}, {"expires_at": clock.now}])
def test_the_database_keeps_a_token_as_it_was_made(ana, change):
    token, _secret = make(ana, scope="READ")
    new = {name: value() if callable(value) else value for name, value in change.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessToken.objects.filter(pk=token.pk).update(**new)
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessToken.objects.filter(pk=token.pk).delete()


def test_the_page_shows_a_secret_once(ana, signed_in):
    browser = signed_in(ana)
    made = browser.post(reverse("programs:new"), {"name": "Report", "scope": "READ", "days": "30"})
    assert made.status_code == 200
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert Program(secret).get("/me").status_code == 200
    assert secret not in browser.get(reverse("programs:list")).content.decode()


def test_a_token_without_a_name_is_asked_for_one(ana, signed_in):
    assert signed_in(ana).post(reverse("programs:new"), {"scope": "READ", "days": "30"}).status_code == 422


def test_the_page_revokes(ana, signed_in):
    token, secret = make(ana)
    assert signed_in(ana).post(reverse("programs:revoke", args=[token.pk])).status_code == 302
    assert Program(secret).get("/me").status_code == 401
