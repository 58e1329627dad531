"""Pages of decisions, for every role, with and without JavaScript."""

import pytest
from django.urls import reverse

from antiphon.workspace.decisions.models import Change, Decision, Option
from tests.cast import closed_decision, decision, insight, programme, settled

LIST, NEW = reverse("decisions:list"), reverse("decisions:new")
EVERYONE = ["ana", "ben", "sam", "cora", "eve", "adam"]
REASON = "People told us so, and it could be done."


def at(name, thing):
    return reverse(f"decisions:{name}", args=[thing.pk])


def form(by, about, **changes):
    return {
        "question": "How often must people come to the clinic?",
        "programme": str(about.pk),
        "decision_point": "DP08",
        "function": "F_RD",
        "owner": str(by.pk),
        "due_date": "2027-01-01",
        "version": "1",
    } | changes


def prefixed(weighing, **values):
    return {f"w{weighing.pk.hex[-6:]}-{name}": value for name, value in values.items()}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("make", [decision, closed_decision])
def test_everyone_reads(cast, signed_in, who, make):
    made = make(cast.ben, weighs=[insight(cast.ben)])
    browser = signed_in(getattr(cast, who))
    assert made.question in browser.get(LIST).text
    page = browser.get(at("record", made))
    assert page.status_code == 200
    assert made.weighings.get().insight.statement in page.text


def test_from_a_question_to_a_change(ben, signed_in):
    browser, about = signed_in(ben), programme(ben)
    one, two = insight(ben, programme=about), insight(ben, programme=about)
    assert str(one.pk) in browser.get(NEW, {"insight": str(one.pk)}).text
    browser.post(NEW, form(ben, about, insight=[str(one.pk)]))
    made = Decision.objects.get()
    assert two.statement in browser.get(at("record", made)).text, "it can be weighed"
    browser.post(at("weigh", made), {"insight": [str(two.pk)]})
    for weighing in made.weighings.all():
        filled = prefixed(weighing, disposition="implemented", reason=REASON, version="1")
        assert browser.post(at("weighing", weighing), filled).status_code == 302
    browser.post(at("option_add", made), {"text": "At home"})
    browser.post(at("option_choose", made.options.get()))
    assert browser.post(at("close", made), follow=True).text.count("Write what was decided.") == 1
    browser.post(at("outcome", made), {"outcome": " At home. ", "version": "1"})
    assert "Next: answer those who spoke" in browser.post(at("close", made), follow=True).text
    change = {"what": "Moved", "evidence": "Protocol 2.0", "happened_date": "2026-10-01"}
    assert browser.post(at("change_add", made), change).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.outcome, made.changes.count()) == ("CLOSED", "At home.", 1)
    new = browser.post(at("supersede", made), {"reason": "The firm cannot deliver.", "due_date": "2027-02-01"})
    successor = Decision.objects.get(supersedes=made)
    assert new["Location"] == at("record", successor)
    assert at("record", successor) in browser.get(at("record", made)).text
    assert at("record", made) in browser.get(at("record", successor)).text


def test_a_question_with_an_insight_that_cannot_be_weighed_opens_nothing(ben, signed_in):
    about = programme(ben)
    draft = insight(ben, programme=about, agreed=False)
    page = signed_in(ben).post(NEW, form(ben, about, insight=[str(draft.pk)]))
    assert page.status_code == 409
    assert not Decision.objects.exists()


POSTS = {
    "edit": lambda by, made: (at("edit", made), form(by, made.programme)),
    "outcome": lambda by, made: (at("outcome", made), {"outcome": "At home.", "version": "1"}),
    "weigh": lambda by, made: (at("weigh", made), {}),
    "weighing": lambda by, made: (
        at("weighing", made.weighings.get()),
        prefixed(made.weighings.get(), disposition="planned", reason=REASON, version="1"),
    ),
    "unweigh": lambda by, made: (at("unweigh", made.weighings.get()), {}),
    "option_add": lambda by, made: (at("option_add", made), {"text": "At home"}),
    "option_choose": lambda by, made: (at("option_choose", made.options.get()), {}),
    "close": lambda by, made: (at("close", made), {}),
}


@pytest.fixture
def made(ben):
    made = decision(ben, weighs=[insight(ben)])
    Option.objects.create(workspace=ben.workspace, decision=made, text="At home")
    return made


@pytest.mark.parametrize("step", POSTS)
@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("ben", 302), ("cora", 403), ("eve", 403), ("cleo", 404)])
def test_who_may_take_which_step(cast, signed_in, made, step, who, status):
    by = getattr(cast, who)
    address, data = POSTS[step](cast.ben, made)
    assert signed_in(by).post(address, data).status_code == status


@pytest.mark.parametrize("step", [step for step in POSTS if step != "edit"])
def test_a_step_is_never_taken_by_looking(ben, signed_in, made, step):
    assert signed_in(ben).get(POSTS[step](ben, made)[0]).status_code == 405


@pytest.mark.parametrize("step", POSTS)
def test_a_closed_decision_says_so(ben, signed_in, made, step):
    address, data = POSTS[step](ben, made)
    settled(ben, made.weighings.get())
    Decision.objects.filter(pk=made.pk).update(
        state="CLOSED", outcome="At home.", closed_at="2026-10-01T00:00Z", closed_by=ben
    )
    page = signed_in(ben).post(address, data, follow=step == "close")
    assert page.status_code == (200 if step == "close" else 409)
    assert "This decision is closed" in page.text


@pytest.mark.parametrize(
    "wrong",
    [{"programme": "nonsense"}, {"owner": "nonsense"}, {"due_date": ""}, {"decision_point": "DP99"}],
    ids=str,
)
def test_a_mistake_keeps_what_was_typed(ben, signed_in, made, wrong):
    typed = form(ben, made.programme, question="Words typed with care?") | wrong
    for address in (NEW, at("edit", made)):
        page = signed_in(ben).post(address, typed)
        assert page.status_code == 422
        assert "Words typed with care?" in page.text


def test_mistakes_on_the_record_keep_what_was_typed(ben, signed_in, made):
    browser = signed_in(ben)
    page = browser.post(at("weighing", made.weighings.get()), prefixed(made.weighings.get(), reason="Reason typed"))
    assert page.status_code == 422
    assert "Reason typed" in page.text
    assert browser.post(at("option_add", made), {"text": ""}).status_code == 422
    closed = closed_decision(ben, weighs=[insight(ben)])
    tomorrow = {"what": "Typed change", "evidence": "E", "happened_date": "2999-01-01"}
    page = browser.post(at("change_add", closed), tomorrow)
    assert page.status_code == 422
    assert "Typed change" in page.text
    assert not Change.objects.exists()
    page = browser.post(at("supersede", closed), {"reason": "short", "due_date": "2027-01-01"})
    assert page.status_code == 422
    assert "short" in page.text


ODD = "nonsense", "0", "0198c0de-0000-7000-8000-000000000000", "' OR 1=1"


@pytest.mark.parametrize("odd", ODD)
def test_a_wrong_address_is_no_fault_of_ours(ben, signed_in, made, odd):
    browser = signed_in(ben)
    for name in ("programme", "state", "function", "q"):
        assert browser.get(LIST, {name: odd}).status_code in {200, 404}
    assert browser.get(NEW, {"programme": odd, "insight": odd}).status_code in {200, 404}
    assert browser.post(NEW, form(ben, made.programme, insight=[odd])).status_code == 404
    assert browser.post(at("weigh", made), {"insight": [odd]}).status_code == 404


def test_filters_survive_a_reload_and_narrow(ben, signed_in):
    browser = signed_in(ben)
    assert NEW in browser.get(LIST).text
    one = decision(ben, question="Where do visits take place?", function="F_MED")
    closed_decision(ben, weighs=[insight(ben)], question="Who drives people home?")
    for asked in ({"state": "OPEN"}, {"function": "F_MED"}, {"programme": str(one.programme_id)}, {"q": "where do"}):
        page = browser.get(LIST, asked)
        assert "Where do visits" in page.text
        assert "Who drives" not in page.text
        [value] = asked.values()
        assert f'value="{value}"' in page.text
    assert reverse("decisions:list") in browser.get(LIST, {"q": "nothing fits"}).text
    part = browser.get(LIST, headers={"HX-Request": "true"})
    assert "Who drives" in part.text
    assert "<html" not in part.text


@pytest.mark.parametrize("page", ["list", "record"])
def test_the_number_of_queries_does_not_grow(ben, signed_in, django_assert_max_num_queries, page):
    about = programme(ben)
    one = decision(ben, programme=about)
    browser = signed_in(ben)
    for _ in range(5):
        other = decision(ben, programme=about, weighs=[insight(ben, programme=about)])
        other.weighings.update(decision=one)
        Option.objects.create(workspace=ben.workspace, decision=one, text="At home")
        insight(ben, programme=about)
        with django_assert_max_num_queries(17):
            browser.get(LIST if page == "list" else at("record", one))
