"""Asking people in: the letter, the link, the one who may use it, and everything that closes it."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from antiphon.platform import clock
from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.platform.workspaces import actions, queries, rules
from antiphon.platform.workspaces.models import Invitation, Member, User
from antiphon.platform.workspaces.roles import Role
from tests.cast import in_clear, member, told

NINA = {"email": "Nina@new.example", "name": "Nina Costa", "role": "function_partner", "function": "F_MED"}
PASSWORD = "a long sentence of mine"


def token_of(invited):
    return invited.link.rstrip("/").rsplit("/", 1)[-1]


def invite(by, **changes):
    return actions.invite(by=by, **NINA | changes)


def path(invited, name="invitation"):
    return reverse(f"administration:{name}", args=[token_of(invited)])


def accept(browser, invited, **changes):
    return browser.post(path(invited, "accept"), {"name": "Nina Costa", "password": PASSWORD} | changes)


def test_an_invited_person_reads_the_letter_sets_a_password_and_is_in(ana, client, post_office, by_the_clock):
    invited = invite(ana)
    assert told("member.invited")["facts"] == {"role": "function_partner", "function": "F_MED"}
    assert "nina" not in in_clear().lower()
    by_the_clock()
    [letter] = post_office.to("nina@new.example")
    assert letter["Reply-To"] == ana.user.email
    assert letter["Subject"] == "Ana invites you to Hesperia"
    for part in ("plain", "html"):
        assert invited.link in letter.get_body((part,)).get_content()
    page = client.get(path(invited))
    assert "You are invited to Hesperia" in page.text
    assert "Function partner" in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    inside = accept(client, invited)
    assert inside["Location"] == reverse("home:today")
    nina = Member.objects.get(user__email="nina@new.example")
    assert (nina.role, nina.function, nina.name) == ("function_partner", "F_MED", "Nina Costa")
    assert client.get(inside["Location"]).status_code == 200
    assert EmailAddress.objects.get(user=nina.user).verified
    said = told("member.invitation_accepted")
    assert (said["actor"], said["facts"]["invited_by"]) == (str(nina.pk), str(ana.pk))


def test_the_link_is_kept_nowhere_once_the_letter_is_sent(ana, mailoutbox, by_the_clock):
    from tests.answers.test_sending import everything_kept

    invited = invite(ana)
    by_the_clock()
    assert token_of(invited) in mailoutbox[0].body
    assert token_of(invited) not in everything_kept()


def test_opening_the_link_uses_nothing_up(ana, client):
    """Programs that look for viruses open every link of a letter."""
    invited = invite(ana)
    for _look in range(3):
        assert client.get(path(invited)).status_code == 200
    assert accept(client, invited).status_code == 302


def test_a_link_works_once(ana, client):
    invited = invite(ana)
    accept(client, invited)
    client.logout()
    again = accept(client, invited, name="Mallory", password="another long sentence")
    assert again.status_code == 410
    assert "was accepted" in again.text
    assert client.get(path(invited)).status_code == 410
    assert Member.objects.filter(workspace=ana.workspace, user__email="nina@new.example").count() == 1
    assert User.objects.get(email="nina@new.example").check_password(PASSWORD)


def test_a_link_runs_out_after_two_weeks_and_a_new_one_can_be_sent(ana, client, mailoutbox, by_the_clock):
    invited = invite(ana)
    with clock.at(timezone.now() + datetime.timedelta(days=14, minutes=1)):
        page = accept(client, invited)
        assert page.status_code == 410
        assert "has run out" in page.text
        renewed = actions.renew(by=ana, invitation=invited.invitation)
        by_the_clock()
        assert [renewed.link in letter.body for letter in mailoutbox] == [True], "the old letter was called back"
        assert client.get(path(invited)).status_code == 404, "the old link opens nothing"
        assert accept(client, renewed).status_code == 302


def test_a_link_that_was_taken_back_opens_nothing_and_its_letter_does_not_leave(ana, client, mailoutbox, by_the_clock):
    invited = invite(ana)
    actions.revoke(by=ana, invitation=invited.invitation)
    assert told("member.invitation_revoked")["facts"] == {"role": "function_partner"}
    by_the_clock()
    assert mailoutbox == []
    assert accept(client, invited).status_code == 410
    assert "was taken back" in client.get(path(invited)).text
    for change in (actions.revoke, actions.renew):
        with pytest.raises(NotNow):
            change(by=ana, invitation=invited.invitation)
    assert actions.invite(by=ana, **NINA), "and the person can be invited anew"


def test_an_unknown_link_says_nothing(client, db):
    for name in ("invitation", "accept"):
        address = reverse(f"administration:{name}", args=["x" * 43])
        answer = client.get(address) if name == "invitation" else client.post(address, {})
        assert answer.status_code in {404, 422}
    assert client.post(address, {"name": "X", "password": PASSWORD}).status_code == 404


def test_who_has_an_account_signs_in_and_accepts(cast, client, signed_in):
    cleo = cast.cleo
    invited = invite(cast.ana, email=cleo.user.email.upper())
    page = client.get(path(invited))
    assert "Sign in to accept" in page.text
    assert "password" not in page.text
    browser = signed_in(cleo)
    assert "Accept the invitation" in browser.get(path(invited)).text
    assert browser.post(path(invited, "accept")).status_code == 302
    there = Member.objects.get(user=cleo.user, workspace=cast.hesperia)
    assert browser.get("/today/").wsgi_request.member == there
    assert User.objects.filter(email__iexact=cleo.user.email).count() == 1


def test_an_account_is_not_taken_over_through_an_invitation(cast, client):
    """The link may lie in the wrong hands: it never sets the password of an account that exists."""
    cast.cleo.user.set_password("the password of Cleo")
    cast.cleo.user.save()
    invited = invite(cast.ana, email=cast.cleo.user.email)
    answer = accept(client, invited, name="Mallory")
    assert answer.status_code == 409
    cast.cleo.user.refresh_from_db()
    assert cast.cleo.user.check_password("the password of Cleo")
    assert "_auth_user_id" not in client.session


def test_an_invitation_is_for_one_address_only(cast, signed_in):
    invited = invite(cast.ana)
    browser = signed_in(cast.cleo)
    assert "this invitation is for another address" in browser.get(path(invited)).text
    assert browser.post(path(invited, "accept")).status_code == 403
    assert not Member.objects.filter(user=cast.cleo.user, workspace=cast.hesperia).exists()


def test_an_account_elsewhere_is_nobodys_business_here(cast, signed_in):
    """Two who are invited look the same to who invites them, whether or not they have an account."""
    browser, said = signed_in(cast.ana), []
    for email in (cast.cleo.user.email, "nobody@new.example"):
        page = browser.post(reverse("administration:invite"), NINA | {"email": email})
        said.append((page.status_code, page.text.count("is invited")))
    assert said[0] == said[1]
    listed = browser.get(reverse("administration:members")).text
    assert listed.count("The letter is on its way") == 2


def test_nobody_comes_in_on_the_word_of_who_has_left(cast, client):
    invited = invite(cast.ana)
    actions.end_membership(by=cast.adam, person=cast.ana, reason="Left the company.")
    assert accept(client, invited).status_code == 410
    assert queries.invitations(cast.adam) == []


def test_nobody_becomes_administrator_on_the_word_of_who_is_none_any_more(cast, client):
    zoe = member(cast.hesperia, "Zoe", Role.ADMINISTRATOR)
    as_administrator = invite(zoe, role="administrator")
    as_partner = invite(zoe, email="other@new.example")
    actions.change_member(by=cast.adam, person=zoe, role="pe_lead")
    assert client.get(path(as_administrator)).status_code == 410
    assert client.get(path(as_partner)).status_code == 200
    Member.objects.filter(pk=zoe.pk).update(role="executive")
    assert client.get(path(as_partner)).status_code == 410, "whatever way the role was lost"


def test_who_may_invite_whom(cast):
    for inviter in (cast.ben, cast.sam, cast.cora, cast.eve):
        with pytest.raises(NotAllowed):
            invite(inviter)
    with pytest.raises(NotAllowed):
        invite(cast.ana, role="administrator")
    assert invite(cast.adam, role="administrator").invitation.role == "administrator"
    with pytest.raises(NotAllowed):
        actions.renew(by=cast.ana, invitation=Invitation.objects.get())
    for change in (actions.renew, actions.revoke):
        with pytest.raises((queries.NoSuchInvitation, NotAllowed)):
            change(by=cast.cleo, invitation=Invitation.objects.get())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "ben@hesperia.example"}, "email"),
        ({"name": ""}, "name"),
        ({"name": "Nina\r\nBcc: thief@example.org"}, "name"),
        ({"role": "emperor"}, "role"),
        ({"function": "F_NONE"}, "function"),
    ],
)
def test_what_cannot_stand_in_an_invitation_is_refused(cast, changes, field, mailoutbox, by_the_clock):
    with pytest.raises(NotValid) as refusal:
        invite(cast.ana, **changes)
    assert field in refusal.value.fields
    assert Invitation.objects.count() == 0
    by_the_clock()
    assert mailoutbox == []


def test_nobody_is_invited_twice_at_once(ana):
    invite(ana)
    with pytest.raises(NotValid):
        invite(ana, email="NINA@new.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            workspace=ana.workspace,
            email="nina@NEW.example",
            name="Nina",
            role="executive",
            invited_by=ana,
            token_hash="0" * 64,
            expires_at=clock.now(),
        )


def test_nobody_sends_letters_to_a_whole_town(ana, monkeypatch):
    monkeypatch.setattr(rules, "INVITATIONS_A_DAY", 2)
    for n in range(2):
        invite(ana, email=f"person{n}@new.example")
    with pytest.raises(NotNow):
        invite(ana, email="person2@new.example")
    with clock.at(timezone.now() + datetime.timedelta(days=1, minutes=1)):
        assert invite(ana, email="person2@new.example")


@pytest.mark.parametrize("password", ["", "short", "password123", "nina@new.example", "1234567890"])
def test_a_password_that_is_none_is_refused_and_the_link_stays_good(ana, client, password):
    invited = invite(ana)
    answer = accept(client, invited, password=password)
    assert answer.status_code == 422
    assert "Choose a password" in answer.text
    assert User.objects.filter(email="nina@new.example").count() == 0
    assert accept(client, invited).status_code == 302


def test_who_was_a_member_once_comes_back_as_the_same_person(cast, signed_in):
    actions.end_membership(by=cast.adam, person=cast.ben, reason="A year abroad.")
    invited = invite(cast.ana, email=cast.ben.user.email, role="compliance", function="")
    browser = signed_in(cast.ben)
    assert browser.post(path(invited, "accept")).status_code == 302
    cast.ben.refresh_from_db()
    assert (cast.ben.role, cast.ben.ended_at) == ("compliance", None)
    assert told("member.invitation_accepted")["facts"]["came_back"] is True


def test_the_database_keeps_what_was_settled(ana, client):
    invited = invite(ana)
    rows = Invitation.objects.filter(pk=invited.invitation.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(role="administrator")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(accepted_at=clock.now())
    accept(client, invited)
    for wrong in ({"accepted_at": None, "accepted_by": None}, {"token_hash": "1" * 64}, {"revoked_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_the_page_shows_the_link_once_and_keeps_what_was_typed(ana, signed_in):
    browser, address = signed_in(ana), reverse("administration:invite")
    wrong = browser.post(address, NINA | {"email": "nobody"})
    assert wrong.status_code == 422
    assert "Nina Costa" in wrong.text
    page = browser.post(address, NINA)
    assert "Nina Costa is invited" in page.text
    token = page.context["link"].rstrip("/").rsplit("/", 1)[-1]
    assert token in page.text
    listed = browser.get(reverse("administration:members"))
    assert "Nina Costa" in listed.text
    assert token not in listed.text


def test_renewing_and_taking_back_on_the_page(ana, signed_in, client):
    invited, browser = invite(ana), signed_in(ana)
    page = browser.post(reverse("administration:invitation_renew", args=[invited.invitation.pk]))
    assert "Shown this once" in page.text
    assert page.context["link"] != invited.link
    page = browser.post(reverse("administration:invitation_revoke", args=[invited.invitation.pk]), follow=True)
    assert "is taken back" in page.text
