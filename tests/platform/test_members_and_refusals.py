"""Who may see a page, what a GET may not do, and how the product says no."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from antiphon.platform import clock
from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.platform.tasks import queue as tasks
from antiphon.platform.ui.middleware import ReadOnlyGet, WroteOnGet
from antiphon.platform.workspaces import actions, queries
from antiphon.platform.workspaces.models import Member, User, Workspace
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.measures import queries as measures
from tests.cast import member, told

TODAY = "/today/"


def test_who_is_signed_in_without_a_membership_is_told_so(client, db):
    client.force_login(User.objects.create(email="nobody@example.org", name="Nobody"))
    for page in (client.get(TODAY, follow=True), client.post(TODAY, follow=True)):
        assert page.status_code == 403
        assert "not a member of a workspace" in page.text
        assert "Open the link in their letter" in page.text


def test_an_ended_membership_opens_nothing(ana, signed_in):
    browser = signed_in(ana)
    assert browser.get(TODAY).status_code == 200
    Member.objects.filter(pk=ana.pk).update(ended_at=clock.now())
    assert browser.get(TODAY).status_code == 302
    assert browser.get(TODAY, follow=True).status_code == 403


def test_somebody_elses_membership_in_the_session_is_not_taken(ana, cleo, signed_in, client):
    browser = signed_in(ana)
    session = browser.session
    session["member_id"] = str(cleo.pk)
    session.save()
    assert browser.get(TODAY).wsgi_request.member == ana


def test_a_person_in_two_workspaces_acts_in_the_chosen_one(cast):
    there = Member.objects.create(workspace=cast.boreas, user=cast.ana.user, role=Role.EXECUTIVE)
    assert queries.acting_member(cast.ana.user, None) is None, "of several, none until one is chosen"
    assert queries.acting_member(cast.ana.user, str(cast.ana.pk)) == cast.ana
    assert queries.acting_member(cast.ana.user, str(there.pk)) == there


def test_only_open_members_of_the_same_workspace_are_colleagues(cast):
    Member.objects.filter(pk=cast.eve.pk).update(ended_at=clock.now())
    assert [c.name for c in queries.colleagues(cast.ana)] == ["Adam", "Ana", "Ben", "Cora", "Sam"]
    for missing in (cast.eve, cast.cleo):
        with pytest.raises(NoSuch):
            queries.colleague(cast.ana, missing.pk)


def test_adding_a_member_twice_or_under_another_spelling_is_one_person(db):
    here = actions.open_workspace(name="Hesperia")
    first = actions.add_member(workspace=here, email="Ana@X.example", name="Ana", role=Role.PE_LEAD)
    assert told("member.added")["facts"] == {"role": "pe_lead", "function": ""}
    there = actions.open_workspace(name="Boreas")
    second = actions.add_member(workspace=there, email="ana@x.EXAMPLE", name="Ana", role=Role.EXECUTIVE)
    assert first.user == second.user
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_member(workspace=here, email="ana@x.example", name="Ana", role=Role.EXECUTIVE)
    assert not first.user.has_usable_password()


@pytest.mark.parametrize("name", ["", "   "])
def test_today_greets_even_who_has_no_name(cast, signed_in, name):
    nameless = member(cast.hesperia, "Nameless", Role.EXECUTIVE)
    User.objects.filter(pk=nameless.user_id).update(name=name)
    assert signed_in(nameless).get(TODAY).status_code == 200


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO workspaces_workspace (id) VALUES ('1')",
        "update workspaces_workspace set name = ''",
        "\n  DELETE FROM workspaces_workspace",
        "/* a comment */ UPDATE workspaces_workspace SET name = ''",
        "-- a comment\nUPDATE workspaces_workspace SET name = ''",
        "WITH x AS (SELECT 1) UPDATE workspaces_workspace SET name = ''",
    ],
)
@pytest.mark.django_db
def test_a_get_that_writes_raises(rf, sql):
    def view(request):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    with pytest.raises(WroteOnGet):
        ReadOnlyGet(view)(rf.get("/"))


@pytest.mark.django_db
def test_a_get_reads_and_a_post_writes(rf):
    def read(request):
        return HttpResponse(str(Workspace.objects.count()))

    def write(request):
        Workspace.objects.create(name="The WITH and UPDATE company")
        return HttpResponse("done")

    assert ReadOnlyGet(read)(rf.get("/")).content == b"0"
    assert ReadOnlyGet(write)(rf.post("/")).content == b"done"
    with pytest.raises(WroteOnGet):
        ReadOnlyGet(write)(rf.head("/"))


REFUSALS = [
    (NotAllowed("Only leads may."), 403, "Only leads may."),
    (NotNow("It is closed."), 409, "It is closed."),
    (NotValid("Say why."), 422, "Say why."),
]


@pytest.mark.parametrize(("refusal", "status", "sentence"), REFUSALS)
def test_a_refusal_is_a_page_with_its_sentence_and_no_stack(ana, signed_in, monkeypatch, refusal, status, sentence):
    def refuse(member):
        raise refusal

    monkeypatch.setattr(measures, "today", refuse)
    page = signed_in(ana).get(TODAY)
    assert page.status_code == status
    assert sentence in page.text
    assert "Nothing was changed." in page.text
    assert "Traceback" not in page.text


def test_what_is_missing_says_nothing_about_why(ana, cleo, signed_in, monkeypatch):
    def refuse(member):
        raise NoSuch("secret detail of insight 17")

    monkeypatch.setattr(measures, "today", refuse)
    page = signed_in(ana).get(TODAY)
    assert page.status_code == 404
    assert "secret detail" not in page.text
    unknown = signed_in(ana).get("/no/such/page/")
    assert unknown.status_code == 404
    assert "Traceback" not in unknown.text


def test_a_bug_is_a_page_without_its_stack(ana, signed_in, monkeypatch):
    def break_down(member):
        raise ZeroDivisionError("the secret of the machine")

    monkeypatch.setattr(measures, "today", break_down)
    browser = signed_in(ana)
    browser.raise_request_exception = False
    page = browser.get(TODAY)
    assert page.status_code == 500
    assert "the secret" not in page.text
    assert "ZeroDivisionError" not in page.text


def test_a_form_from_elsewhere_is_refused(ana, signed_in):
    browser = signed_in(ana)
    browser.handler.enforce_csrf_checks = True
    page = browser.post(reverse("programmes:new"), {"name": "X"})
    assert page.status_code == 403
    assert "Reload the page" in page.text
    assert PermissionDenied.__name__ not in page.text


def test_every_answer_carries_its_headers(ana, signed_in):
    page = signed_in(ana).get(TODAY)
    assert page["Cache-Control"] == "no-store"
    assert "camera=()" in page["Permissions-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["Referrer-Policy"] == "same-origin"


def test_an_unknown_task_is_a_mistake_and_a_known_one_runs_after_commit(db, django_capture_on_commit_callbacks):
    ran = []
    name = f"tests.{uuid.uuid4()}"
    tasks.task(name)(lambda *ids: ran.append(ids))
    with pytest.raises(LookupError):
        tasks.queue("tests.nobody knows this")
    with django_capture_on_commit_callbacks() as callbacks:
        tasks.queue(name, "1", "2")
        assert ran == []
    assert len(callbacks) == 1
    tasks.run(name, "1", "2")
    assert ran == [("1", "2")]
