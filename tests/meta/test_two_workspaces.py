"""Another workspace's things cannot be told from things that do not exist, on every address, for every role.

Routes come from the resolver and rows from the models: a new page or a new model is tested before anyone remembers to.
"""

import re
import uuid

import pytest
from django.urls import reverse

from antiphon.platform.workspaces.roles import Role
from tests.meta.test_routes import OURS
from tests.meta.world import World, public_token

# What fills a parameter of an address. A parameter that is not here fails the build.
PARAMETERS = {
    "token_id": "tokens.AccessToken",
    "programme_id": "programmes.Programme",
    "question_id": "programmes.Question",
    "engagement_id": "engagements.Engagement",
    "courtesy_id": "engagements.Courtesy",
    "intake_id": "voices.Intake",
    "voice_id": "voices.Voice",
    "coding_id": "voices.Coding",
    "suggestion_id": "voices.Suggestion",
    "model_id": "voices.LearnedModel",
    "codebook_id": "vocabulary.Codebook",
    "entry_id": "vocabulary.CodebookEntry",
    "insight_id": "insights.Insight",
    "decision_id": "decisions.Decision",
    "weighing_id": "decisions.Weighing",
    "option_id": "decisions.Option",
    "answer_id": "answers.Answer",
    "card_id": "answers.Card",
    "view_id": "views.SavedView",
    "invitation_id": "workspaces.Invitation",
    "letter_id": "outbox.Letter",
    "member_id": None,
}
# Parameters that name shipped content, which every workspace reads.
SHIPPED = {"pack_id": "needs"}
# Names under which addresses and forms take ids; each is filled with the other workspace's.
FIELDS = {
    "programme": "programmes.Programme",
    "questions": "programmes.Question",
    "engagement": "engagements.Engagement",
    "engagement_id": "engagements.Engagement",
    "source": "voices.Source",
    "voice": "voices.Voice",
    "voices": "voices.Voice",
    "after": "voices.Voice",
    "voice_id": "voices.Voice",
    "insight": "insights.Insight",
    "insights": "insights.Insight",
    "decision": "decisions.Decision",
    "other": "insights.Insight",
    "kept": "insights.Insight",
    "member": None,
    "owner": None,
}
# What a form needs besides, so that it gets past its own checks and reaches the id.
PLAUSIBLE = {
    "format": "json",
    "name": "A name nobody else has",
    "text": "A text that is long enough to be one",
    "statement": "A statement that is long enough to be one.",
    "question": "Is this a question that is long enough?",
    "reason": "A reason that is long enough",
    "purpose": "A purpose that is long enough",
    "kind": "survey",
    "stage": "design_planning",
    "function": "F_RD",
    "functions": "F_RD",
    "decision_point": "DP08",
    "need": "N3.1",
    "needs": "N3.1",
    "strength": "SINGLE",
    "stance": "SUPPORTS",
    "disposition": "planned",
    "due_date": "2027-01-01",
    "starts_date": "2026-11-01",
    "ends_date": "2026-11-02",
    "happened_date": "2026-11-02",
    "consent_scope": "all_programmes",
    "consent_note": "On the first page",
    "q": "CNRY",
    "show": "all",
    "order": "came",
    "state": "",
    "by": "stage",
    "column": "design_planning",
    "version": "1",
    "list": "insights:list",
    "query": "state=AGREED",
}
MARK, OURS_MARK = "CNRYB", "CNRYA"
TOKENS = {"administration:invitation", "administration:accept", "answers:page", "answers:reply"}


@pytest.fixture
def worlds(db):
    return World(OURS_MARK), World(MARK)


def fill(pattern, world) -> dict:
    unknown = set(pattern.pattern.converters) - set(PARAMETERS) - set(SHIPPED) - {"token"}
    assert not unknown, f"say in PARAMETERS what fills {unknown}"
    if world is None:
        return {name: str(uuid.uuid4()) if name != "token" else public_token() for name in pattern.pattern.converters}
    return {name: SHIPPED.get(name) or id_in(world, PARAMETERS[name]) for name in pattern.pattern.converters}


def id_in(world, label: str | None) -> str:
    """The id of a row of this world; of a member where it says no label."""
    return world.id_of(label) if label else str(world.members[Role.PE_LEAD].pk)


def foreign(world) -> dict:
    ids = {name: id_in(world, label) for name, label in FIELDS.items()}
    return PLAUSIBLE | ids


def what_it_says(response) -> str:
    """Everything that reaches the person who asked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    return headers + body.decode("utf-8", "replace")


def without_ids(text: str) -> str:
    """The same page with ids, tokens and times taken out, so that two can be compared."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", text)
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "TOKEN", text)
    return re.sub(r"Content-Length: \d+|Set-Cookie: .*", "", text)


WITH_IDS = [(name, pattern) for name, pattern in OURS if set(pattern.pattern.converters) - {"token"} - set(SHIPPED)]
EVERY = [(name, pattern) for name, pattern in OURS]


@pytest.mark.parametrize(("name", "pattern"), WITH_IDS, ids=[name for name, _ in WITH_IDS])
def test_anothers_thing_looks_like_no_thing_at_all(name, pattern, worlds, signed_in):
    ours, theirs = worlds
    before = theirs.digest()
    for role, member in ours.members.items():
        browser = signed_in(member)
        for method in ("get", "post"):
            send = getattr(browser, method)
            theirs_said = send(reverse(name, kwargs=fill(pattern, theirs)), foreign(theirs))
            nobodys_said = send(reverse(name, kwargs=fill(pattern, None)), foreign(theirs))
            said = what_it_says(theirs_said)
            assert theirs_said.status_code in {403, 404, 405}, (role, method, theirs_said.status_code)
            assert theirs_said.status_code == nobodys_said.status_code, (role, method)
            assert MARK not in said, (role, method)
            assert without_ids(said) == without_ids(what_it_says(nobodys_said)), (role, method)
    assert theirs.digest() == before


@pytest.mark.parametrize(("name", "pattern"), EVERY, ids=[name for name, _ in EVERY])
def test_no_page_of_ours_tells_anything_of_theirs(name, pattern, worlds, signed_in, mailoutbox):
    ours, theirs = worlds
    before = theirs.digest()
    world = None if name in TOKENS else ours
    for role, member in ours.members.items():
        browser = signed_in(member)
        for method, data in (("get", {}), ("get", foreign(theirs)), ("post", foreign(theirs))):
            response = getattr(browser, method)(reverse(name, kwargs=fill(pattern, world)), data)
            assert response.status_code < 500
            assert MARK not in what_it_says(response), (role, method, response.status_code)
    assert theirs.digest() == before
    assert MARK not in "".join(str(letter.message()) for letter in mailoutbox)


def test_the_world_has_a_row_of_everything_with_its_mark(worlds):
    _ours, theirs = worlds
    marked = [label for label, row in theirs.rows.items() if MARK in str(vars(row))]
    assert len(theirs.rows) >= 25
    assert set(theirs.rows) - set(marked) <= {
        "programmes.ProgrammeFunction",
        "engagements.EngagementFunction",
        "engagements.EngagementGroup",
        "engagements.AskedQuestion",
        "engagements.Courtesy",
        "vocabulary.HiddenEntry",
        "insights.InsightCode",
        "insights.Support",
        "runs.Run",
        "voices.Coding",
        "voices.Sitting",
        "answers.Closing",
    }, "rows without a text of their own"


def test_the_matrix_finds_a_forgotten_workspace(worlds, signed_in, monkeypatch):
    """Plant the fault: a read that forgets whose rows it may see."""
    from antiphon.platform.scoped import ScopedQuerySet

    ours, theirs = worlds
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, member: rows.all())
    browser = signed_in(ours.members[Role.PE_LEAD])
    page = browser.get(reverse("programmes:record", args=[theirs.id_of("programmes.Programme")]))
    assert MARK in what_it_says(page)
