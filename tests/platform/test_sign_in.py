"""Signing in: tries are counted together, letters go through the outbox, nobody learns who has an account."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from antiphon.platform import clock
from antiphon.platform.outbox import queries as outbox
from antiphon.platform.workspaces.actions import remembering
from antiphon.platform.workspaces.models import Attempt, User
from antiphon.platform.workspaces.roles import Role
from tests.cast import member

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")
PASSWORD = "the long password of Ana"


@pytest.fixture
def ana(cast):
    cast.ana.user.set_password(PASSWORD)
    cast.ana.user.save()
    EmailAddress.objects.create(user=cast.ana.user, email=cast.ana.user.email, verified=True, primary=True)
    return cast.ana


def sign_in(client, password=PASSWORD, email="ana@hesperia.example", **headers):
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def test_the_sixth_wrong_password_is_slowed_and_the_sentence_is_plain(ana, client):
    for _try in range(5):
        page = sign_in(client, "wrong")
        assert "Too many wrong passwords" not in page.text
    page = sign_in(client, "wrong")
    assert "Too many wrong passwords. Wait five minutes" in page.text
    assert "Too many wrong passwords" in sign_in(client).text, "the right one has to wait as well"
    assert "_auth_user_id" not in client.session


def test_a_made_up_forwarding_address_does_not_help(ana, client):
    for n in range(10):
        sign_in(client, "wrong", email=f"nobody{n}@hesperia.example", headers={"X-Forwarded-For": f"10.0.0.{n}"})
    page = sign_in(client, "wrong", headers={"X-Forwarded-For": "10.9.9.9"})
    assert "Too many wrong passwords" in page.text


def test_somebody_elses_wrong_passwords_do_not_lock_anybody_else_out(ana, client):
    for _try in range(6):
        sign_in(client, "wrong", email="ben@hesperia.example")
    assert sign_in(client).status_code == 302


def test_what_is_remembered_of_a_try_names_nobody(ana, client):
    sign_in(client, "wrong")
    kept = str(list(Attempt.objects.values_list()))
    assert Attempt.objects.exists()
    assert "ana" not in kept
    assert "127.0.0.1" not in kept
    assert "wrong" not in kept


def test_the_memory_behaves_as_a_cache(db):
    assert cache.get("a", "nothing") == "nothing"
    cache.set("a", [1.5, 2], 60)
    assert cache.get("a") == [1.5, 2]
    assert cache.add("a", 1, 60) is False
    assert cache.add("b", True, 60) is True
    assert cache.touch("b", 120) is True
    assert cache.delete("b") is True
    assert cache.delete("b") is False
    with clock.at(timezone.now() + datetime.timedelta(seconds=61)):
        assert cache.get("a") is None
        assert cache.add("a", 1, None) is True
        remembering.forget_old()
    assert Attempt.objects.count() == 1
    cache.clear()
    assert Attempt.objects.count() == 0


def test_a_new_password_by_letter_even_while_the_mail_server_is_down(ana, client, mailoutbox, by_the_clock, settings):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "antiphon.platform.outbox.no_server.Backend"
    assert client.post(RESET, {"email": "ANA@hesperia.example"}, headers={"Host": "localhost"}).status_code == 302
    by_the_clock()
    settings.EMAIL_BACKEND = backend
    with clock.at(timezone.now() + datetime.timedelta(minutes=2)):
        by_the_clock()
    [letter] = mailoutbox
    assert letter.to == ["ana@hesperia.example"]
    assert letter.subject == "Choose a new password for Antiphon"
    [link] = [word for word in letter.body.split() if word.startswith("http") and "/account/" in word]
    assert link.startswith(settings.ANTIPHON_ORIGIN + "/"), "not the host that the request named"
    form = client.get(link.removeprefix(settings.ANTIPHON_ORIGIN), follow=True)
    changed = client.post(
        form.request["PATH_INFO"], {"password1": "another long one", "password2": "another long one"}
    )
    assert changed.status_code == 302
    assert sign_in(client, "another long one").status_code == 302
    again = client.get(link.removeprefix(settings.ANTIPHON_ORIGIN), follow=True)
    assert "password1" not in again.text, "a link works once"


def test_nobody_learns_who_has_an_account(ana, client, mailoutbox, by_the_clock):
    answers = []
    for email in ("ana@hesperia.example", "nobody@hesperia.example"):
        page = client.post(RESET, {"email": email}, follow=True)
        said = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "TOKEN", page.text)
        answers.append((page.status_code, page.redirect_chain, said.replace(email, "")))
    assert answers[0] == answers[1]
    wrong = [
        sign_in(client, "wrong", email=email).text.count("not correct")
        for email in ("ana@hesperia.example", "no@x.example")
    ]
    assert wrong[0] == wrong[1]
    by_the_clock()
    assert [letter.to for letter in mailoutbox] == [["ana@hesperia.example"]]


def test_letters_about_signing_in_are_seen_by_administrators_only(cast, ana, client):
    client.post(RESET, {"email": "ana@hesperia.example"})
    assert [row.kind for row in outbox.waiting(cast.adam)] == ["sign_in"]
    assert outbox.waiting(cast.ana) == []


def test_whoever_changed_the_password_or_somebody_else_the_person_is_told(ana, client, mailoutbox, by_the_clock):
    sign_in(client)
    new = "a password as long as this"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    by_the_clock()
    [letter] = mailoutbox
    assert "Your password has been changed" in letter.body
    assert "tell your administrator" in letter.body
    assert "example.com" not in letter.body + letter.subject


def test_who_was_ended_everywhere_gets_no_further_than_a_page_that_says_so(cast, client):
    user = User.objects.create(email="alone@hesperia.example", name="Alone")
    user.set_password(PASSWORD)
    user.save()
    sign_in(client, email="alone@hesperia.example")
    assert client.get("/today/", follow=True).status_code == 403


def test_a_session_is_held_to_one_workspace_from_the_first_moment(cast, ana, client):
    sign_in(client)
    assert client.session["member_id"] == str(ana.pk)
    there = member(cast.boreas, "Other", Role.EXECUTIVE)
    type(there).objects.filter(pk=ana.pk).update(ended_at=clock.now())
    assert client.get("/today/").status_code == 302


def test_recovery_codes_can_be_looked_at(ana, client):
    """The sign-in library writes down that they were, in answer to a GET."""
    sign_in(client)
    TOTP.activate(ana.user, generate_totp_secret())
    codes = RecoveryCodes.activate(ana.user).get_unused_codes()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for page in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        answer = client.get(reverse(page))
        assert answer.status_code == 200
        assert codes[0] in answer.text


@pytest.mark.parametrize("page", ["mfa_index", "mfa_list_webauthn", "account_change_password"])
def test_how_one_signs_in_can_be_looked_at(ana, client, page):
    sign_in(client)
    assert client.get(reverse(page)).status_code == 200
