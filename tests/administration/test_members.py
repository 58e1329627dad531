"""Who is here, what they may do, and letting people go."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.platform.workspaces import actions, permissions, queries
from antiphon.platform.workspaces.models import Member
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.measures.queries.owned import owned
from tests.cast import decision, engagement, insight, member, told

LIST = reverse("administration:members")
GOODBYE = "Left the company."


def at(name, person):
    return reverse(f"administration:{name}", args=[person.pk])


@pytest.fixture
def zoe(cast):
    """A second administrator."""
    return member(cast.hesperia, "Zoe", Role.ADMINISTRATOR)


def test_everyone_sees_who_is_here_and_only_administrators_see_addresses(cast, signed_in):
    for someone in (cast.ana, cast.ben, cast.sam, cast.cora, cast.eve):
        page = signed_in(someone).get(LIST).text
        assert "Adam" in page
        assert "@" not in page.replace("@media", "")
        assert "Second factor" not in page
        assert "@hesperia" not in signed_in(someone).get(at("member", cast.adam)).text
    page = signed_in(cast.adam).get(LIST).text
    assert cast.ben.user.email in page
    assert "Second factor" in page
    assert cast.cleo.name not in page


def test_the_list_is_filtered_and_taken_away_as_seen(cast, signed_in):
    browser = signed_in(cast.adam)
    found = browser.get(LIST, {"role": "function_partner"}).text
    assert "Ben" in found
    assert "Cora" not in found.split("<table", 1)[1]
    assert "Nobody matches" in browser.get(LIST, {"q": "nobody at all"}).text
    export = reverse("administration:export")
    content = browser.post(f"{export}?role=function_partner", {"format": "csv"}).content.decode()
    assert content.count("@") == 1
    assert told("rows.exported")["facts"]["rows"] == 1
    assert "@" not in signed_in(cast.ben).post(export, {"format": "csv"}).content.decode()


def test_the_number_of_queries_does_not_grow(cast, signed_in, django_assert_max_num_queries):
    browser = signed_in(cast.adam)
    for n in range(4):
        member(cast.hesperia, f"Person{n}", Role.EXECUTIVE)
        actions.invite(by=cast.adam, email=f"p{n}@new.example", name=f"P{n}", role="executive")
        with django_assert_max_num_queries(10):
            browser.get(LIST)


def test_an_administrator_changes_a_role_and_the_next_page_obeys(cast, signed_in):
    browser = signed_in(cast.adam)
    page = browser.post(at("member", cast.eve), {"role": "pe_lead", "function": "F_MED", "version": 1}, follow=True)
    assert "Eve has this role from now on." in page.text
    said = told("member.changed")["facts"]
    assert said == {"role": ["executive", "pe_lead"], "function": ["", "F_MED"], "version": 2}
    assert signed_in(cast.eve).get(reverse("programmes:new")).status_code == 200


def test_only_administrators_change_members_and_nobody_changes_themselves(cast, zoe, signed_in):
    for someone in (cast.ana, cast.ben, cast.eve):
        for change in (
            lambda by: actions.change_member(by=by, person=cast.sam, role="executive"),
            lambda by: actions.end_membership(by=by, person=cast.sam, reason=GOODBYE),
            lambda by: actions.take_back_end(by=by, person=cast.sam),
        ):
            with pytest.raises(NotAllowed):
                change(someone)
        assert "End the membership" not in signed_in(someone).get(at("member", cast.sam)).text
    for change in (
        lambda: actions.change_member(by=zoe, person=zoe, role="executive"),
        lambda: actions.end_membership(by=zoe, person=zoe, reason=GOODBYE),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert "Nobody changes their own role" in signed_in(zoe).get(at("member", zoe)).text


def test_the_last_administrator_stays_one(cast, zoe):
    actions.end_membership(by=zoe, person=cast.adam, reason=GOODBYE)
    assert queries.is_last_administrator(zoe)
    lead = member(cast.hesperia, "Lea", Role.PE_LEAD)
    Member.objects.filter(pk=lead.pk).update(role=Role.ADMINISTRATOR)
    lead.refresh_from_db()
    actions.change_member(by=zoe, person=lead, role="pe_lead")
    for wrong in ({"role": "pe_lead"}, {"ended_at": cast.adam.joined_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.filter(pk=zoe.pk).update(**wrong)


def test_who_was_ended_meanwhile_ends_nobody(cast, zoe):
    """Two administrators who would end each other: the second is told that they are gone."""
    actions.end_membership(by=cast.adam, person=zoe, reason=GOODBYE)
    with pytest.raises(NotAllowed):
        actions.end_membership(by=zoe, person=cast.adam, reason=GOODBYE)
    cast.adam.refresh_from_db()
    assert cast.adam.ended_at is None


def test_a_stale_administrator_acts_with_the_role_they_have_now(cast, zoe):
    actions.change_member(by=cast.adam, person=zoe, role="executive")
    assert zoe.role == "administrator", "as their page still believes"
    with pytest.raises(NotAllowed):
        actions.end_membership(by=zoe, person=cast.ben, reason=GOODBYE)


def test_who_is_ended_reaches_nothing_from_the_next_moment_on(cast, signed_in, client):
    browser = signed_in(cast.ben)
    assert browser.get("/today/").status_code == 200
    actions.end_membership(by=cast.adam, person=cast.ben, reason=GOODBYE)
    said = told("member.ended")
    assert said["facts"] == {"role": "function_partner"}
    assert "reason" in said["fields"]
    assert GOODBYE not in str(said)
    for method in ("get", "post"):
        for path in ("/today/", "/insights/", LIST, reverse("programmes:new"), reverse("decisions:new")):
            answer = getattr(browser, method)(path)
            assert answer.status_code == 302
            assert answer["Location"] == reverse("administration:choose")


def test_who_is_ended_here_does_not_slip_into_another_workspace(cast, signed_in):
    """A form that was begun here must not be saved there."""
    Member.objects.create(workspace=cast.boreas, user=cast.ana.user, role=Role.PE_LEAD)
    browser = signed_in(cast.ana)
    actions.end_membership(by=cast.adam, person=cast.ana, reason=GOODBYE)
    form = {"name": "HSP-204", "kind": "ASSET", "stage": "design_planning", "function": "F_RD"}
    answer = browser.post(reverse("programmes:new"), form)
    assert answer["Location"] == reverse("administration:choose")
    assert "Boreas" in browser.get(answer["Location"]).text


def test_what_somebody_did_keeps_their_name_and_what_they_own_is_shown(cast, signed_in):
    open_one = decision(cast.ben)
    said = insight(cast.ben, owner=cast.ben)
    meeting = engagement(cast.ben, held=False)
    other = decision(cast.ana)
    browser = signed_in(cast.adam)
    before = browser.get(at("member", cast.ben)).text
    assert "stay theirs until somebody takes them over" in before
    actions.end_membership(by=cast.adam, person=cast.ben, reason=GOODBYE)
    page = browser.get(at("member", cast.ben)).text
    for thing in (open_one, said, meeting):
        assert str(thing.pk) in page
    assert str(other.pk) not in page
    assert "Not a member since" in page
    assert "Ben" in browser.get(reverse("decisions:record", args=[open_one.pk])).text
    assert owned(cast.cleo, cast.ben) == []
    assert browser.get(reverse("decisions:edit", args=[open_one.pk])).status_code == 200


def test_ending_can_be_taken_back(cast, signed_in):
    actions.end_membership(by=cast.adam, person=cast.ben, reason=GOODBYE)
    browser = signed_in(cast.adam)
    assert "Ben" in browser.get(LIST, {"show": "ended"}).text
    page = browser.post(at("member_take_back", cast.ben), follow=True)
    assert "Ben is a member again" in page.text
    assert told("member.end_taken_back")["facts"] == {"role": "function_partner"}
    assert signed_in(cast.ben).get("/today/").status_code == 200
    with pytest.raises(NotNow):
        actions.take_back_end(by=cast.adam, person=cast.ben)


def test_ending_needs_a_reason(cast, signed_in):
    browser = signed_in(cast.adam)
    assert browser.post(at("member_end", cast.ben), {"reason": ""}).status_code == 422
    assert browser.post(at("member_end", cast.ben), {"reason": "no"}).status_code == 422
    with pytest.raises(NotValid):
        actions.end_membership(by=cast.adam, person=cast.ben, reason="  ")
    page = browser.post(at("member_end", cast.ben), {"reason": GOODBYE}, follow=True)
    assert "Ben is no longer a member" in page.text
    role = {"role": "executive", "function": "", "version": 1}
    assert browser.post(at("member", cast.ben), role).status_code == 409


def test_somebody_elses_people_are_not_there(cast, signed_in):
    browser = signed_in(cast.adam)
    assert browser.get(at("member", cast.cleo)).status_code == 404
    for name, data in (
        ("member", {"role": "executive"}),
        ("member_end", {"reason": GOODBYE}),
        ("member_take_back", {}),
    ):
        assert browser.post(at(name, cast.cleo), data).status_code == 404


def test_every_role_has_its_place_in_the_tables():
    for table in (permissions.MAY_INVITE, permissions.MAY_CHANGE_MEMBERS, permissions.MAY_SET_UP):
        assert set(Role) >= table
        assert Role.ADMINISTRATOR in table
