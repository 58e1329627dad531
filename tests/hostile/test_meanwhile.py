"""Two people change the same words: the second one sees what the first one wrote, and nothing is overwritten."""

import pytest
from django.apps import apps
from django.urls import reverse

from antiphon.platform.errors import ChangedMeanwhile
from antiphon.platform.scoped import Versioned
from antiphon.workspace.programmes import actions as programmes
from tests.cast import answer, decision, engagement, insight, programme, told

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
    words = {"kind": "DID", "we_did": "We come to people.", "because": "You told us."}
    return made, "answers:card", f"c{made.pk.hex[-6:]}-", words, "you_said"


def _letter(by):
    return answer(by), "answers:letter", "", {"next_step": "", "contact": "Ana, 0123"}, "opening"


FORMS = {
    "programme": _programme,
    "engagement": _engagement,
    "insight": _insight,
    "decision": _decision,
    "outcome": _outcome,
    "weighing": _weighing,
    "card": _card,
    "letter": _letter,
}
FIRST, SECOND = "What the first of both wrote about it.", "What the second of both wrote about it."


@pytest.mark.parametrize("kind", FORMS)
def test_the_second_sees_what_the_first_wrote_and_overwrites_nothing_unseen(ana, signed_in, kind):
    thing, route, prefix, usual, field = FORMS[kind](ana)
    browser, address = signed_in(ana), reverse(route, args=[thing.pk])
    version = type(thing).objects.get(pk=thing.pk).version

    def send(words: str, version: int):
        return browser.post(address, {prefix + k: v for k, v in (usual | {field: words, "version": version}).items()})

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


def test_the_trail_says_which_version_was_written(ana):
    made = programme(ana)
    programmes.edit_programme(by=ana, programme=made, name="HSP-1", version=1, **PLAN)
    assert told("programme.edited")["facts"]["version"] == 2
    with pytest.raises(ChangedMeanwhile):
        programmes.edit_programme(by=ana, programme=made, name="HSP-2", version=1, **PLAN)
