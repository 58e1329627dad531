"""Letters through a real mail server: one a person, no address kept, and what happens when it fails."""

import pytest
from django.apps import apps
from django.urls import reverse

from antiphon.platform.errors import NotNow
from antiphon.platform.outbox.models import Letter
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.engagements.models import Engagement
from tests.cast import answer, told

PEOPLE = ["maria@example.org", "joao@example.org", "li@example.org"]


@pytest.fixture
def given(ana, ben):
    return answer(ana, approved_by=ben, given=True)


def everything_kept() -> str:
    """All rows of all tables, as text."""
    return " ".join(
        str(list(model._default_manager.values_list())) for model in apps.get_models() if model._meta.managed
    )


def send(browser, answer, *people):
    return browser.post(reverse("answers:send", args=[answer.pk]), {"addresses": "\n".join(people)}, follow=True)


def test_each_person_gets_a_letter_of_their_own(ana, given, post_office, signed_in, by_the_clock):
    browser = signed_in(ana)
    page = send(browser, given, *PEOPLE[:2], f"; {PEOPLE[2]}, {PEOPLE[0]}")
    assert "3 letters are on their way." in page.text
    assert post_office.letters == [], "nothing is sent while a person waits for a page"
    by_the_clock()
    assert "3 letters were sent" in browser.get(reverse("answers:record", args=[given.pk])).text
    assert sorted(recipients for recipients, _ in post_office.letters) == sorted([person] for person in PEOPLE)
    for [person], letter in post_office.letters:
        assert letter["To"] == person
        assert letter["Reply-To"] == ana.user.email
        assert given.engagement.name in letter["Subject"]
        plain, rich = letter.get_body(("plain",)).get_content(), letter.get_body(("html",)).get_content()
        for part in (plain, rich):
            assert queries.link_address(ana, given.pk) in part
            assert not any(other in part for other in PEOPLE)
        assert "&" not in plain.replace("&&", "")
        assert "<p>" in rich


def test_no_address_is_kept_anywhere_once_its_letter_is_sent(ana, given, post_office, signed_in, by_the_clock):
    send(signed_in(ana), given, *PEOPLE)
    by_the_clock()
    assert len(post_office.letters) == 3
    kept = everything_kept()
    assert str(given.pk) in kept.replace("UUID('", "")
    assert not any(person in kept for person in PEOPLE)
    assert "joao" not in kept
    assert queries.link_address(ana, given.pk) not in kept
    assert told("answer.sent")["facts"] == {"letters": 3}
    assert told("answer.sent")["fields"] == {}


def test_one_bad_mailbox_does_not_stop_the_others_and_is_shown(ana, given, post_office, signed_in, by_the_clock):
    post_office.answers[PEOPLE[1]] = "550 no such mailbox"
    browser = signed_in(ana)
    send(browser, given, *PEOPLE)
    by_the_clock()
    assert [recipients for recipients, _ in post_office.letters] == [[PEOPLE[0]], [PEOPLE[2]]]
    page = browser.get(reverse("answers:record", args=[given.pk])).text
    assert "2 letters were sent" in page
    assert "Did not arrive" in page
    assert PEOPLE[1] in page
    assert PEOPLE[0] not in page


def test_who_has_a_letter_gets_no_second_one(ana, given, post_office, signed_in, by_the_clock):
    browser = signed_in(ana)
    send(browser, given, PEOPLE[0])
    by_the_clock()
    page = send(browser, given, PEOPLE[0].upper(), PEOPLE[1])
    assert "1 letter is on its way." in page.text
    assert "1 person was sent this letter already" in page.text
    by_the_clock()
    assert [recipients for recipients, _ in post_office.letters] == [[PEOPLE[0]], [PEOPLE[1]]]


def test_a_new_link_is_sent_to_those_who_had_the_old_one(ana, given, post_office, signed_in, by_the_clock):
    browser = signed_in(ana)
    send(browser, given, PEOPLE[0])
    by_the_clock()
    actions.renew_link(by=ana, answer=given)
    send(browser, given, PEOPLE[0])
    by_the_clock()
    first, second = post_office.to(PEOPLE[0])
    assert queries.link_address(ana, given.pk) not in first.get_body(("plain",)).get_content()
    assert queries.link_address(ana, given.pk) in second.get_body(("plain",)).get_content()


def test_while_the_mail_server_is_down_letters_wait_and_the_page_says_so(
    ana, given, settings, signed_in, by_the_clock
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    browser = signed_in(ana)
    assert send(browser, given, PEOPLE[0]).status_code == 200
    by_the_clock()
    page = browser.get(reverse("answers:post", args=[given.pk])).text
    assert "1 letter is on its way" in page
    assert "Antiphon tries again by itself" in page
    assert "every 3s" in page


def test_where_no_mail_server_is_set_up_the_page_says_what_to_do(ana, given, settings, signed_in, by_the_clock):
    settings.EMAIL_BACKEND = "antiphon.platform.outbox.no_server.Backend"
    browser = signed_in(ana)
    send(browser, given, PEOPLE[0])
    by_the_clock()
    assert "No mail server is set up here" in browser.get(reverse("answers:record", args=[given.pk])).text


@pytest.mark.parametrize("typed", ["", "nonsense", "a@b.example\nno address", "\n".join(["a@b.example"] * 101)])
def test_addresses_that_are_none_are_refused_before_anything_is_posted(ana, given, signed_in, typed):
    page = signed_in(ana).post(reverse("answers:send", args=[given.pk]), {"addresses": typed})
    assert page.status_code == 422
    assert Letter.objects.count() == 0


def test_a_page_that_was_withdrawn_meanwhile_is_not_sent(ana, given):
    stale = queries.get(ana, given.pk)
    actions.withdraw(by=ana, answer=given, reason="A name stood in it.")
    with pytest.raises(NotNow):
        actions.send(by=ana, answer=stale, addresses=PEOPLE)
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("close", ["withdraw", "renew_link"])
def test_letters_that_would_lead_nowhere_are_called_back(ana, given, post_office, by_the_clock, close):
    actions.send(by=ana, answer=given, addresses=PEOPLE)
    reason = {"reason": "A name stood in it."} if close == "withdraw" else {}
    getattr(actions, close)(by=ana, answer=given, **reason)
    by_the_clock()
    assert post_office.letters == []
    assert not any(person in everything_kept() for person in PEOPLE)


def test_a_name_with_a_line_break_is_no_way_into_the_letters_head(ana, given, mailoutbox, by_the_clock):
    Engagement.objects.filter(pk=given.engagement_id).update(name="Board\r\nBcc: thief@example.org")
    actions.send(by=ana, answer=queries.get(ana, given.pk), addresses=PEOPLE[:1])
    by_the_clock()
    assert mailoutbox[0].message()["Bcc"] is None
    assert mailoutbox[0].recipients() == PEOPLE[:1]


def test_words_reach_the_letter_as_they_were_written(ana, ben, mailoutbox, by_the_clock):
    draft = answer(ana)
    actions.word_letter(
        by=ana, answer=draft, opening="We & you <3", next_step="", contact="Ana O'Neill, a@hesperia.example"
    )
    made = actions.give(by=ana, answer=actions.approve(by=ben, answer=draft))
    actions.send(by=ana, answer=made, addresses=PEOPLE[:1])
    by_the_clock()
    [letter] = mailoutbox
    assert "We & you <3" in letter.body
    assert "O'Neill" in letter.body
    assert "We &amp; you &lt;3" in letter.alternatives[0].content
