"""Letters through a real mail server: one a person, nothing kept of the addresses, and what happens when it fails."""

import socketserver
import threading
from email import message_from_bytes, policy

import pytest
from django.apps import apps
from django.urls import reverse

from antiphon.platform.errors import NotNow
from antiphon.workspace.answers import actions, queries
from antiphon.workspace.engagements.models import Engagement
from tests.cast import answer, told

PEOPLE = ["maria@example.org", "joao@example.org", "li@example.org"]


class Letters(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs."""

    def handle(self):
        self.say("220 here")
        recipients = []
        for line in iter(lambda: self.rfile.readline().decode().strip(), ""):
            command = line.upper()
            if command.startswith("RCPT"):
                address = line.split("<")[1].split(">")[0]
                if address in self.server.unknown:
                    self.say("550 no such mailbox")
                    continue
                recipients.append(address)
            if command.startswith("QUIT"):
                self.say("221 bye")
                return
            if command.startswith("DATA"):
                self.say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append((recipients, message_from_bytes(body, policy=policy.default)))
                recipients = []
            if command.startswith("RSET"):
                recipients = []
            self.say("250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post_office(settings):
    """A mail server on this machine that keeps what it is given."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Letters) as server:
        server.daemon_threads = True
        server.letters, server.unknown = [], set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


@pytest.fixture
def given(ana, ben):
    return answer(ana, approved_by=ben, given=True)


def everything_kept() -> str:
    """All rows of all tables, as text."""
    return " ".join(
        str(list(model._default_manager.values_list())) for model in apps.get_models() if model._meta.managed
    )


def test_each_person_gets_a_letter_of_their_own(ana, given, post_office, signed_in):
    typed = "\n".join(PEOPLE[:2]) + f"; {PEOPLE[2]}, {PEOPLE[0]}"
    page = signed_in(ana).post(reverse("answers:send", args=[given.pk]), {"addresses": typed}, follow=True)
    assert "3 letters are sent." in page.text
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


def test_no_address_is_kept_anywhere(ana, given, post_office, signed_in):
    signed_in(ana).post(reverse("answers:send", args=[given.pk]), {"addresses": "\n".join(PEOPLE)})
    assert len(post_office.letters) == 3
    kept = everything_kept()
    assert str(given.pk) in kept.replace("UUID('", "")
    assert not any(person in kept for person in PEOPLE)
    assert "joao" not in kept
    assert told("answer.sent")["facts"] == {"letters": 3}
    assert told("answer.sent")["fields"] == {}


def test_one_bad_mailbox_does_not_stop_the_others_and_is_named(ana, given, post_office, signed_in):
    post_office.unknown.add(PEOPLE[1])
    page = signed_in(ana).post(reverse("answers:send", args=[given.pk]), {"addresses": "\n".join(PEOPLE)})
    assert [recipients for recipients, _ in post_office.letters] == [[PEOPLE[0]], [PEOPLE[2]]]
    assert told("answer.sent")["facts"] == {"letters": 2}
    assert page.status_code == 422
    assert "2 letters are sent." in page.text
    assert PEOPLE[1] in page.text
    assert PEOPLE[0] not in page.text, "sending again must not reach those who have their letter"


def test_without_a_mail_server_nothing_is_sent_and_what_was_typed_stays(ana, given, settings, signed_in):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = signed_in(ana).post(reverse("answers:send", args=[given.pk]), {"addresses": PEOPLE[0]})
    assert page.status_code == 422
    assert "Nothing was sent" in page.text
    assert PEOPLE[0] in page.text
    with pytest.raises(AssertionError):
        told("answer.sent")


@pytest.mark.parametrize("typed", ["", "nonsense", "a@b.example\nno address", "\n".join(["a@b.example"] * 101)])
def test_addresses_that_are_none_are_refused_before_anything_is_sent(ana, given, signed_in, mailoutbox, typed):
    page = signed_in(ana).post(reverse("answers:send", args=[given.pk]), {"addresses": typed})
    assert page.status_code == 422
    assert mailoutbox == []


def test_a_page_that_was_withdrawn_meanwhile_is_not_sent(ana, given, mailoutbox):
    stale = queries.get(ana, given.pk)
    actions.withdraw(by=ana, answer=given, reason="A name stood in it.")
    with pytest.raises(NotNow):
        actions.send(by=ana, answer=stale, addresses=PEOPLE)
    assert mailoutbox == []


def test_a_name_with_a_line_break_is_no_way_into_the_letters_head(ana, given, mailoutbox):
    Engagement.objects.filter(pk=given.engagement_id).update(name="Board\r\nBcc: thief@example.org")
    actions.send(by=ana, answer=queries.get(ana, given.pk), addresses=PEOPLE[:1])
    assert mailoutbox[0].message()["Bcc"] is None
    assert mailoutbox[0].recipients() == PEOPLE[:1]


def test_words_reach_the_letter_as_they_were_written(ana, ben, mailoutbox):
    draft = answer(ana)
    actions.word_letter(
        by=ana, answer=draft, opening="We & you <3", next_step="", contact="Ana O'Neill, a@hesperia.example"
    )
    made = actions.give(by=ana, answer=actions.approve(by=ben, answer=draft))
    actions.send(by=ana, answer=made, addresses=PEOPLE[:1])
    [letter] = mailoutbox
    assert "We & you <3" in letter.body
    assert "O'Neill" in letter.body
    assert "We &amp; you &lt;3" in letter.alternatives[0].content
