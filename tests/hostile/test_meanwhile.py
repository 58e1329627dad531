"""Two people change the same words: the second one sees what the first one wrote, and nothing is overwritten."""

import pytest
from django.apps import apps
from django.urls import reverse

from antiphon.platform.errors import ChangedMeanwhile
from antiphon.platform.scoped import Versioned
from antiphon.platform.vocabulary import actions as words
from antiphon.platform.workspaces import actions as members
from antiphon.platform.workspaces.models import Member, Workspace
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.programmes import actions as programmes
from tests.cast import answer, decision, engagement, insight, member, programme, told

REASON = "People told us so, and it could be done."
PLAN = {"kind": "ASSET", "stage": "design_planning", "function": "F_RD"}


def _programme(by):
    return programme(by), "programmes:edit", "", PLAN | {"name": "HSP-1", "indication": ""}, "indication"


def _engagement(by):
    made = engagement(by)
    about = {"programme": str(made.programme_id), "kind": "survey", "functions": ["F_RD"], "name": made.name}
    days = {"starts_date": str(made.starts_date), "ends_date": str(made.ends_date or made.starts_date)}
    return made, "engagements:edit", "", about | days, "purpose"


def _insight(by):
    made = insight(by, agreed=False)
    return made, "insights:edit", "", {"strength": "SINGLE", "owner": str(by.pk), "needs": ["N3.1"]}, "statement"


def _decision(by):
    made = decision(by)
    about = {"programme": str(made.programme_id), "decision_point": "DP08", "function": "F_RD"}
    return made, "decisions:edit", "", about | {"owner": str(by.pk), "due_date": "2027-01-01"}, "question"


def _outcome(by):
    return decision(by), "decisions:outcome", "", {}, "outcome"


def _weighing(by):
    made = decision(by, weighs=[insight(by)]).weighings.get()
    return made, "decisions:weighing", f"w{made.pk.hex[-6:]}-", {"disposition": "planned"}, "reason"


def _card(by):
    made = answer(by).cards.get()
    told_back = {"kind": "DID", "we_did": "We come to people.", "because": "You told us."}
    return made, "answers:card", f"c{made.pk.hex[-6:]}-", told_back, "you_said"


def _letter(by):
    return answer(by), "answers:letter", "", {"next_step": "", "contact": "Ana, 0123"}, "opening"


def _codebook(by):
    made = words.open_codebook(by=by, name="Our words", purpose="So that we say the same.")
    return made, "codebooks:edit", "", {"name": "Our words"}, "purpose"


def _word(by):
    book = words.open_codebook(by=by, name="Our words for travel", purpose="So that we say the same.")
    made = words.add_entry(by=by, codebook=book, label="Parking")
    return made, "codebooks:entry", "", {"label": "Parking"}, "meaning"


def _word_of_a_pack(by):
    made = words.add_entry(by=by, pack="functions", label="Travel desk")
    return made, "codebooks:entry", "", {"label": "Travel desk"}, "meaning"


FORMS = {
    "programme": _programme,
    "engagement": _engagement,
    "insight": _insight,
    "decision": _decision,
    "outcome": _outcome,
    "weighing": _weighing,
    "card": _card,
    "letter": _letter,
    "codebook": _codebook,
    "word": _word,
    "word of a pack": _word_of_a_pack,
}
FIRST, SECOND = "What the first of both wrote about it.", "What the second of both wrote about it."


@pytest.mark.parametrize("kind", FORMS)
def test_the_second_sees_what_the_first_wrote_and_overwrites_nothing_unseen(ana, signed_in, kind):
    thing, route, prefix, usual, field = FORMS[kind](ana)
    browser, address = signed_in(ana), reverse(route, args=[thing.pk])
    version = type(thing).objects.get(pk=thing.pk).version

    def send(text: str, version: int):
        return browser.post(address, {prefix + k: v for k, v in (usual | {field: text, "version": version}).items()})

    assert send(FIRST, version).status_code == 302
    late = send(SECOND, version)
    assert late.status_code == 409
    assert f"{ana.name} changed this while you wrote" in late.text
    assert FIRST in late.text, "what stands there now"
    assert SECOND in late.text, "what they wrote is kept"
    assert getattr(type(thing).objects.get(pk=thing.pk), field) == FIRST
    now = type(thing).objects.get(pk=thing.pk).version
    assert f'name="{prefix}version" value="{now}"' in late.text
    assert send(SECOND, now).status_code == 302, "having seen both, they may"
    assert getattr(type(thing).objects.get(pk=thing.pk), field) == SECOND


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_that_says_no_version_changes_nothing(ana, signed_in, kind):
    thing, route, prefix, usual, field = FORMS[kind](ana)
    data = {prefix + name: value for name, value in (usual | {field: FIRST}).items()}
    assert signed_in(ana).post(reverse(route, args=[thing.pk]), data).status_code == 422
    assert getattr(type(thing).objects.get(pk=thing.pk), field) != FIRST


def test_every_kind_of_words_with_a_version_is_tried(ana):
    tried = {type(make(ana)[0]) for make in FORMS.values()}
    assert tried == {model for model in apps.get_models() if issubclass(model, Versioned)}


def test_everything_else_with_a_version_is_tried_below():
    """What is no words but carries a version: who somebody is here, and how the workspace is set up."""
    with_one = {model for model in apps.get_models() if "version" in {field.name for field in model._meta.fields}}
    assert {model for model in with_one if not issubclass(model, Versioned)} == {Member, Workspace}


def test_two_administrators_do_not_overwrite_each_others_roles_unseen(cast, signed_in):
    second = member(cast.hesperia, "Zoe", Role.ADMINISTRATOR)
    address = reverse("administration:member", args=[cast.eve.pk])
    first = {"role": "pe_lead", "function": "F_MED", "version": 1}
    assert signed_in(cast.adam).post(address, first).status_code == 302
    late = signed_in(second).post(address, {"role": "compliance", "function": "F_RD", "version": 1})
    assert late.status_code == 409
    assert "Adam changed this while you wrote" in late.text
    alert = late.text.split('role="alert"')[1].split("</dl>")[0]
    assert "Patient engagement lead" in alert, "what stands there now, in words"
    assert 'name="version" value="2"' in late.text
    assert Member.objects.get(pk=cast.eve.pk).role == "pe_lead"
    assert signed_in(second).post(address, {"role": "compliance", "function": "F_RD", "version": 2}).status_code == 302
    assert Member.objects.get(pk=cast.eve.pk).role == "compliance"


def test_two_administrators_do_not_overwrite_each_others_clocks_unseen(cast, signed_in):
    second = member(cast.hesperia, "Zoe", Role.ADMINISTRATOR)
    address, clocks = reverse("administration:settings"), {"name": "Hesperia", "holding_working_days": 10}
    assert signed_in(cast.adam).post(address, clocks | {"thanks_days": 5, "version": 1}).status_code == 302
    late = signed_in(second).post(address, clocks | {"thanks_days": 7, "version": 1})
    assert late.status_code == 409
    assert "Adam changed this while you wrote" in late.text
    assert "<dd>5</dd>" in late.text
    assert 'value="7"' in late.text, "what they wrote is kept"
    assert Workspace.objects.get(pk=cast.hesperia.pk).thanks_days == 5
    assert signed_in(second).post(address, clocks | {"thanks_days": 7, "version": 2}).status_code == 302


@pytest.mark.parametrize("route", ["member", "settings"])
def test_an_administrator_who_says_no_version_changes_nothing(cast, signed_in, route):
    args = [cast.eve.pk] if route == "member" else []
    data = {"role": "pe_lead", "name": "Hesperia", "thanks_days": 5, "holding_working_days": 10}
    assert signed_in(cast.adam).post(reverse(f"administration:{route}", args=args), data).status_code == 422
    assert Member.objects.get(pk=cast.eve.pk).role == "executive"


def test_who_comes_back_in_another_role_is_no_longer_the_one_that_was_read(cast, signed_in):
    """A page that was open all the while does not undo what the invitation said."""
    person = cast.eve
    members.end_membership(by=cast.adam, person=person, reason="She left.")
    invited = members.invite(by=cast.adam, email=person.user.email, name="Eve", role="compliance")
    members.accept(token=invited.link.rstrip("/").rsplit("/", 1)[-1], user=person.user)
    stale = {"role": "pe_lead", "function": "", "version": 1}
    address = reverse("administration:member", args=[person.pk])
    assert signed_in(cast.adam).post(address, stale).status_code == 409
    assert Member.objects.get(pk=person.pk).role == "compliance"


PUTS = {
    "programme": ("/programmes/{}", lambda by: programme(by), PLAN | {"name": "HSP-1"}),
    "decision": ("/decisions/{}", lambda by: decision(by), {"outcome": "At home."}),
    "weighing": (
        "/weighings/{}",
        lambda by: decision(by, weighs=[insight(by)]).weighings.get(),
        {"disposition": "planned", "reason": REASON},
    ),
    "card": (
        "/cards/{}",
        lambda by: answer(by).cards.get(),
        {"kind": "DID", "you_said": "Far.", "we_did": "Near.", "because": ""},
    ),
    "letter": ("/answers/{}/letter", lambda by: answer(by), {"opening": "Thank you.", "contact": "Ana"}),
    "codebook": ("/codebooks/{}", lambda by: _codebook(by)[0], {"name": "Our words", "purpose": "So that we do."}),
    "word": ("/words/{}", lambda by: _word(by)[0], {"label": "A place for the car"}),
}


@pytest.mark.parametrize("kind", PUTS)
def test_a_program_overwrites_nothing_unseen_either(ana, program_of, kind):
    path, make, body = PUTS[kind]
    thing, program = make(ana), program_of(ana)
    address = path.format(thing.pk)
    assert program.put(address, body).status_code == 422, "it says which version it read"
    assert program.put(address, body | {"version": 1}).status_code == 200
    late = program.put(address, body | {"version": 1})
    assert late.status_code == 409
    assert "changed this while you wrote" in late.json()["title"]


def test_programs_of_two_administrators_overwrite_nothing_unseen(cast, program_of):
    program = program_of(cast.adam)
    address, role = f"/members/{cast.eve.pk}", {"role": "compliance", "function": "F_RD"}
    assert program.put(address, role).status_code == 422
    assert program.put(address, role | {"version": 1}).json()["version"] == 2
    assert program.put(address, role | {"role": "executive", "version": 1}).status_code == 409
    clocks = {"name": "Hesperia", "thanks_days": 5, "holding_working_days": 10}
    assert program.put("/workspace", clocks).status_code == 422
    assert program.put("/workspace", clocks | {"version": 1}).json()["version"] == 2
    assert program.put("/workspace", clocks | {"thanks_days": 6, "version": 1}).status_code == 409
    assert program.get("/workspace").json() == clocks | {"version": 2}


def test_the_trail_says_which_version_was_written(ana):
    made = programme(ana)
    programmes.edit_programme(by=ana, programme=made, name="HSP-1", version=1, **PLAN)
    assert told("programme.edited")["facts"]["version"] == 2
    with pytest.raises(ChangedMeanwhile):
        programmes.edit_programme(by=ana, programme=made, name="HSP-2", version=1, **PLAN)
