"""The clocks of a workspace; one workspace at a time; letters that did not arrive."""

import datetime

import pytest
from django.urls import reverse

from antiphon.platform.errors import NotAllowed, NotValid
from antiphon.platform.workspaces import actions
from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.engagements import actions as engagements
from tests.cast import engagement, in_clear, programme, told

SETTINGS = reverse("administration:settings")
CHOOSE = reverse("administration:choose")
SWITCH = reverse("administration:switch")
LETTERS = reverse("administration:letters")
CLOCKS = {"name": "Hesperia Therapeutics", "thanks_days": 5, "holding_working_days": 15}


def test_an_administrator_sets_the_clocks_for_engagements_held_from_now_on(cast, signed_in):
    held_before = engagement(cast.ana, held=False)
    day = datetime.date(2026, 9, 7)
    engagements.hold(by=cast.ana, engagement=held_before, ends_date=day, groups=["patient"])
    page = signed_in(cast.adam).post(SETTINGS, CLOCKS | {"version": 1}, follow=True)
    assert "holds for engagements that take place from now on" in page.text
    said = told("workspace.set_up")
    assert said["facts"] == {"thanks_days": [2, 5], "holding_working_days": [10, 15], "version": 2}
    assert "Therapeutics" not in in_clear()
    held_after = engagement(cast.ana, held=False)
    ana = Member.objects.select_related("workspace").get(pk=cast.ana.pk)
    engagements.hold(by=ana, engagement=held_after, ends_date=day, groups=["patient"])
    due = [e.courtesies.get(kind="THANKS").due_date for e in (held_before, held_after)]
    assert [(date - day).days for date in due] == [2, 5]


def test_everyone_sees_the_clocks_and_only_administrators_set_them(cast, signed_in):
    for someone in (cast.ana, cast.ben, cast.eve):
        browser = signed_in(someone)
        assert "2 days" in browser.get(SETTINGS).text
        assert browser.post(SETTINGS, CLOCKS | {"version": 1}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.set_up(by=cast.ana, **CLOCKS)


@pytest.mark.parametrize(
    "wrong", [{"thanks_days": 0}, {"thanks_days": 31}, {"holding_working_days": 61}, {"name": " "}, {"name": "A\nB"}]
)
def test_clocks_that_are_none_are_refused(cast, signed_in, wrong):
    with pytest.raises(NotValid):
        actions.set_up(by=cast.adam, **CLOCKS | wrong)
    assert signed_in(cast.adam).post(SETTINGS, CLOCKS | {"version": 1} | wrong).status_code == 422
    cast.hesperia.refresh_from_db()
    assert cast.hesperia.thanks_days == 2


def test_saving_what_is_there_leaves_no_trace(cast):
    same = {"name": "Hesperia", "thanks_days": 2, "holding_working_days": 10}
    actions.set_up(by=cast.adam, **same)
    with pytest.raises(AssertionError):
        told("workspace.set_up")


@pytest.fixture
def there(cast):
    """Ana at Boreas, too."""
    return Member.objects.create(workspace=cast.boreas, user=cast.ana.user, role=Role.EXECUTIVE)


def test_who_is_in_two_workspaces_chooses_after_signing_in(cast, there, client):
    client.force_login(cast.ana.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/today/")
    assert answer["Location"] == CHOOSE
    page = client.get(CHOOSE).text
    assert "Hesperia" in page
    assert "Boreas" in page
    arrived = client.post(SWITCH, {"member": str(there.pk)}, follow=True)
    assert "You act in Boreas now" in arrived.text
    assert arrived.wsgi_request.member == there


def test_after_changing_over_no_page_of_the_other_is_reachable(cast, there, signed_in):
    mine = programme(cast.ana)
    browser = signed_in(cast.ana)
    record = reverse("programmes:record", args=[mine.pk])
    assert browser.get(record).status_code == 200
    assert "Change to Boreas" in browser.get("/today/").text
    before = browser.session.session_key
    browser.post(SWITCH, {"member": str(there.pk)})
    assert browser.session.session_key != before
    assert browser.get(record).status_code == 404
    assert browser.get("/today/").wsgi_request.member == there
    assert "Change to Hesperia" in browser.get("/today/").text


def test_nobody_changes_over_to_where_they_are_not(cast, signed_in):
    browser = signed_in(cast.ana)
    for wanted in (str(cast.cleo.pk), str(cast.ben.pk), "", "nonsense"):
        assert browser.post(SWITCH, {"member": wanted}).status_code == 404
    assert browser.get("/today/").wsgi_request.member == cast.ana
    assert "You are a member of no other workspace" in browser.get(CHOOSE).text
    assert "Change to" not in browser.get("/today/").text


def test_a_letter_that_did_not_arrive_is_shown_and_sent_again(cast, signed_in, post_office, by_the_clock):
    post_office.answers["nina@new.example"] = "550 no such mailbox"
    actions.invite(by=cast.ana, email="nina@new.example", name="Nina", role="executive")
    browser = signed_in(cast.ana)
    assert "On their way" in browser.get(LETTERS).text
    by_the_clock()
    page = browser.get(LETTERS)
    assert "The mail server knows no such mailbox." in page.text
    assert "The letter did not arrive" in browser.get(reverse("administration:members")).text
    [letter, _kind] = page.context["dead"][0]
    post_office.answers.clear()
    again = reverse("administration:letter_again", args=[letter.id])
    assert browser.post(again, {"next": "https://elsewhere.example/"})["Location"] == LETTERS
    by_the_clock()
    assert len(post_office.to("nina@new.example")) == 1
    assert "Every letter has been sent." in browser.get(LETTERS).text


def test_a_letter_is_forgotten_and_one_is_back_where_one_was(cast, signed_in, post_office, by_the_clock):
    post_office.answers["nina@new.example"] = "550 no such mailbox"
    actions.invite(by=cast.ana, email="nina@new.example", name="Nina", role="executive")
    by_the_clock()
    browser = signed_in(cast.ana)
    [letter, _kind] = browser.get(LETTERS).context["dead"][0]
    forget = reverse("administration:letter_forget", args=[letter.id])
    assert browser.post(forget, {"next": "/people/"})["Location"] == "/people/"
    assert "nina@new.example" not in browser.get(LETTERS).text


def test_letters_are_looked_after_by_leads_and_administrators(cast, signed_in):
    for someone, status in ((cast.ana, 200), (cast.adam, 200), (cast.ben, 403), (cast.eve, 403)):
        assert signed_in(someone).get(LETTERS).status_code == status
    assert LETTERS not in signed_in(cast.ben).get(reverse("administration:members")).text
