"""Pages of answers for those who prepare them."""

import pytest
from django.urls import reverse

from antiphon.workspace.answers import actions
from antiphon.workspace.answers.models import Answer
from tests.cast import (
    answer,
    approval_form,
    closed_decision,
    engagement,
    insight,
    programme,
    voice,
)

LIST = reverse("answers:list")
EVERYONE = ["ana", "ben", "sam", "cora", "eve", "adam"]


def at(name, thing):
    return reverse(f"answers:{name}", args=[thing.pk])


def prefixed(card, **values):
    return {f"c{card.pk.hex[-6:]}-{name}": value for name, value in values.items()}


CARD = {
    "kind": "DID",
    "you_said": "The way is long.",
    "we_did": "We come to you.",
    "because": "You told us.",
    "version": "1",
}
LETTER = {"opening": "Thank you.", "next_step": "In March.", "contact": "Ana, ana@hesperia.example", "version": "1"}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("state", ["DRAFT", "APPROVED", "GIVEN"])
def test_everyone_reads(cast, signed_in, who, state):
    made = answer(cast.ana, approved_by=None if state == "DRAFT" else cast.ben, given=state == "GIVEN")
    browser = signed_in(getattr(cast, who))
    assert made.engagement.name in browser.get(LIST).text
    page = browser.get(at("record", made))
    assert page.status_code == 200
    assert made.cards.get().we_did in page.text


def test_from_a_closed_decision_to_an_answer_that_is_read(cast, signed_in, client):
    ana, about = cast.ana, programme(cast.ana)
    groups = [engagement(ana, programme=about) for _ in range(2)]
    voices = [voice(ana, engagement=group) for group in groups]
    behind = closed_decision(ana, programme=about, weighs=[insight(ana, programme=about, voices=voices)])
    browser = signed_in(ana)
    assert behind.question in browser.get(LIST).text
    drafted = browser.post(at("draft", behind), follow=True)
    assert "2 answers are drafted." in drafted.text
    assert "has its answer already" in browser.post(at("draft", behind), follow=True).text
    made = Answer.objects.first()
    card = made.cards.get()
    assert browser.post(at("card", card), prefixed(card, **CARD)).status_code == 302
    assert browser.post(at("letter", made), LETTER).status_code == 302
    own = browser.post(at("approve", made), approval_form(made))
    assert own.status_code == 403
    assert "A second person approves" in own.text
    assert signed_in(cast.ben).post(at("approve", made), approval_form(made)).status_code == 302
    assert signed_in(cast.ben).post(at("give", made)).status_code == 403
    browser = signed_in(ana)
    assert browser.post(at("take_back", made)).status_code == 302
    assert browser.post(at("give", made)).status_code == 409
    signed_in(cast.ben).post(at("approve", made), approval_form(made))
    browser = signed_in(ana)
    assert "Share its link" in browser.post(at("give", made), follow=True).text
    shown = browser.get(at("record", made)).text
    link = "/" + shown.split('readonly value="')[1].split('"')[0].split("/", 3)[3]
    client.logout()
    page = client.get(link)
    for words in ("The way is long.", "We come to you.", "You told us.", "In March."):
        assert words in page.text


POSTS = {
    "draft": lambda made: (at("draft", made.decision), {}),
    "card": lambda made: (at("card", made.cards.get()), prefixed(made.cards.get(), **CARD)),
    "letter": lambda made: (at("letter", made), LETTER),
    "approve": lambda made: (at("approve", made), approval_form(made)),
    "take_back": lambda made: (at("take_back", made), {}),
    "give": lambda made: (at("give", made), {}),
    "send": lambda made: (at("send", made), {"addresses": "a@b.example"}),
    "withdraw": lambda made: (at("withdraw", made), {"reason": "A name stood in it."}),
    "link_renew": lambda made: (at("link_renew", made), {}),
}


@pytest.mark.parametrize("step", POSTS)
@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("eve", 403), ("cleo", 404)])
def test_who_may_not(cast, signed_in, step, who, status):
    address, data = POSTS[step](answer(cast.ana))
    assert signed_in(getattr(cast, who)).post(address, data).status_code == status


@pytest.mark.parametrize("step", POSTS)
def test_a_step_is_never_taken_by_looking(ana, signed_in, step):
    assert signed_in(ana).get(POSTS[step](answer(ana))[0]).status_code == 405


@pytest.mark.parametrize("step", ["give", "send", "withdraw", "link_renew"])
def test_a_draft_is_too_early(ana, signed_in, step):
    made = answer(ana)
    page = signed_in(ana).post(*POSTS[step](made))
    assert page.status_code == 409
    assert "Nothing was changed." in page.text


@pytest.mark.parametrize("step", ["card", "letter", "approve", "take_back", "give"])
def test_what_was_given_is_too_late(cast, signed_in, step):
    made = answer(cast.ana, approved_by=cast.ben, given=True)
    who = cast.cora if step == "approve" else cast.ana
    assert signed_in(who).post(*POSTS[step](made)).status_code == 409


def test_mistakes_keep_what_was_typed(ana, ben, signed_in):
    made = answer(ana)
    card, browser = made.cards.get(), signed_in(ana)
    typed = CARD | {"kind": "COULD_NOT", "because": "", "we_did": "Words typed with care"}
    page = browser.post(at("card", card), prefixed(card, **typed))
    assert page.status_code == 422
    assert "Words typed with care" in page.text
    assert "silence" in page.text
    page = browser.post(at("letter", made), LETTER | {"contact": "", "opening": "Opening typed with care"})
    assert page.status_code == 422
    assert "Opening typed with care" in page.text
    given = answer(ana, approved_by=ben, given=True)
    page = browser.post(at("withdraw", given), {"reason": " "})
    assert page.status_code == 422


def test_the_list_narrows_by_state_and_teaches_when_empty(ana, ben, signed_in):
    browser = signed_in(ana)
    assert reverse("decisions:list") in browser.get(LIST).text
    draft, given = answer(ana), answer(ana, approved_by=ben, given=True)
    page = browser.get(LIST, {"state": "GIVEN"})
    assert at("record", given) in page.text
    assert at("record", draft) not in page.text
    assert 'value="GIVEN" selected' in page.text
    odd = browser.get(LIST, {"state": "nonsense"})
    assert odd.status_code == 200
    assert "No answer is in this state." in odd.text
    part = browser.get(LIST, headers={"HX-Request": "true"})
    assert at("record", draft) in part.text
    assert "<html" not in part.text


@pytest.mark.parametrize("page", ["list", "record"])
def test_the_number_of_queries_does_not_grow(ana, ben, signed_in, django_assert_max_num_queries, page):
    one = answer(ana, approved_by=ben, given=True)
    browser = signed_in(ana)
    for _ in range(4):
        answer(ana)
        one.replies.create(workspace=ana.workspace, heard="YES")
        with django_assert_max_num_queries(14):
            browser.get(LIST if page == "list" else at("record", one))


def reworded(made, by, **words):
    """Somebody words a card anew, as a page does."""
    card = made.cards.get()
    told = {name: getattr(card, name) for name in ("kind", "you_said", "we_did", "because")} | words
    actions.word_card(by=by, card=card, **told)


def test_only_the_words_that_were_read_are_approved(ana, ben, signed_in):
    made = answer(ana)
    read = approval_form(made)
    assert f'name="approve-version" value="{read["approve-version"]}"' in signed_in(ben).get(at("record", made)).text
    reworded(made, ana, we_did="We promise a clinic in every town.")
    late = signed_in(ben).post(at("approve", made), read)
    assert late.status_code == 409
    alert = late.text.split('role="alert"')[1].split("Read them, then approve again.")[0]
    assert "These are not the words that you read: Ana worded them last. Nothing was approved." in alert
    assert "We promise a clinic in every town." in alert
    assert made.opening not in alert, "what did not change is not shown as changed"
    assert Answer.objects.get(pk=made.pk).state == "DRAFT"
    form = late.text.split("approve/")[1].split("</form>")[0]
    now = approval_form(made)
    assert all(f'name="{name}" value="{version}"' in form for name, version in now.items())
    assert signed_in(ben).post(at("approve", made), now).status_code == 302
    assert Answer.objects.get(pk=made.pk).state == "APPROVED"


def test_another_letter_is_shown_before_it_is_approved(ana, ben, signed_in):
    made = answer(ana)
    read = approval_form(made)
    actions.word_letter(by=ana, answer=made, opening="Hello.", next_step="", contact="Ana")
    late = signed_in(ben).post(at("approve", made), read)
    assert late.status_code == 409
    alert = late.text.split('role="alert"')[1].split("Read them, then approve again.")[0]
    assert "Hello." in alert
    assert made.cards.get().we_did not in alert


@pytest.mark.parametrize(
    "said", [{}, {"approve-version": "1"}, {"approve-version": "x"}, {"approve-version": "9" * 40}]
)
def test_who_does_not_say_what_they_read_approves_nothing(ana, ben, signed_in, said):
    made = answer(ana)
    assert signed_in(ben).post(at("approve", made), said).status_code == 409
    assert Answer.objects.get(pk=made.pk).state == "DRAFT"
