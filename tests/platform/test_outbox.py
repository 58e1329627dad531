"""Letters leave with the change that asks for them, arrive once, and are forgotten; what fails is tried and shown."""

import datetime
import smtplib

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from antiphon.platform import clock
from antiphon.platform.audit.heads import heads_file
from antiphon.platform.audit.verification import verify
from antiphon.platform.errors import NotAllowed, NotNow
from antiphon.platform.outbox import actions, permissions, queries, rules
from antiphon.platform.outbox.models import Letter
from antiphon.platform.outbox.no_server import NoMailServer
from antiphon.platform.outbox.rules import State
from antiphon.platform.tasks.actions import set_the_clock
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.programmes import actions as programmes
from antiphon.workspace.programmes.rules import Kind
from tests.cast import in_clear, told
from tests.post_office import open_post_office

MARIA = "maria@example.org"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def post(by, to=MARIA, **changes):
    words = {"subject": "Thank you", "plain": "You said that parking is dear.", "html": "<p>You said so.</p>"}
    with transaction.atomic():
        return actions.post(by=by, workspace_id=by.workspace_id, kind="tests", thing=by, to=to, **words | changes)


def now(letter):
    letter.refresh_from_db()
    return letter


@pytest.fixture
def closed_office(settings):
    """A mail server that is not there yet; returns how to open it."""
    with open_post_office() as server:
        port = server.server_address[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    return lambda: open_post_office(port)


def test_a_letter_arrives_and_everything_personal_is_wiped(ana, post_office, by_the_clock):
    letter = post(ana, reply_to=ana.user.email)
    assert post_office.letters == []
    by_the_clock()
    [[recipients, arrived]] = post_office.letters
    assert recipients == [MARIA]
    assert arrived["Reply-To"] == ana.user.email
    assert "parking is dear" in arrived.get_body(("plain",)).get_content()
    assert now(letter).state == State.SENT
    assert (letter.to, letter.subject, letter.plain, letter.html, letter.reply_to) == ("",) * 5
    assert letter.sent_at is not None
    assert told("letter.sent")["facts"] == {"kind": "tests", "attempts": 1, "about": str(ana.pk)}
    assert MARIA not in in_clear()


def test_whom_it_went_to_can_be_told_again_but_not_read(ana, cleo, post_office, by_the_clock):
    letter = post(ana)
    by_the_clock()
    known = queries.written_to(ana.workspace_id, ana.pk, ["Maria@Example.org", "other@example.org"])
    assert known == {"Maria@Example.org"}
    assert queries.written_to(cleo.workspace_id, ana.pk, [MARIA]) == set()
    assert MARIA not in str(vars(now(letter)))


def test_a_change_that_is_undone_sends_nothing(ana, post_office, by_the_clock):
    with transaction.atomic():
        post(ana)
        transaction.set_rollback(True)
    by_the_clock()
    assert post_office.letters == []
    assert Letter.objects.count() == 0


def test_while_the_server_is_down_a_letter_waits_and_then_arrives(ana, closed_office, by_the_clock):
    letter = post(ana)
    by_the_clock()
    assert now(letter).state == State.WAITING
    assert letter.last_error == "ConnectionRefusedError"
    with closed_office() as server:
        by_the_clock()
        assert server.letters == [], "not before its minute has come"
        with clock.at(timezone.now() + datetime.timedelta(minutes=2)):
            by_the_clock()
        assert len(server.to(MARIA)) == 1
    assert now(letter).state == State.SENT
    assert letter.attempts == 2


def test_it_is_tried_six_times_over_fifteen_hours_and_then_given_up(ana, closed_office, by_the_clock):
    letter, moment, waits = post(ana), timezone.now(), []
    for _try in range(rules.TRIES):
        with clock.at(moment):
            by_the_clock()
        now(letter)
        waits.append((letter.next_try_at - moment).total_seconds() / 60 if letter.state == State.WAITING else None)
        moment = letter.next_try_at + datetime.timedelta(seconds=1)
    assert waits == [1, 5, 30, 120, 720, None]
    assert letter.state == State.DEAD
    assert told("letter.given_up")["facts"]["error"] == "ConnectionRefusedError"
    assert [row.to for row in queries.dead(ana)] == [MARIA]


def test_a_mailbox_that_is_refused_is_given_up_at_once_shown_and_tried_again(ana, post_office, by_the_clock):
    post_office.answers[MARIA] = "550 no such mailbox"
    letter, other = post(ana), post(ana, to="joao@example.org")
    by_the_clock()
    assert now(other).state == State.SENT
    assert now(letter).state == State.DEAD
    assert letter.last_error == "SMTPRecipientsRefused 550"
    [row] = queries.dead(ana)
    assert (row.to, row.can_try_again) == (MARIA, True)
    assert MARIA not in in_clear()
    post_office.answers.clear()
    actions.try_again(by=ana, letter=letter)
    assert told("letter.tried_again")["facts"]["error"] == "SMTPRecipientsRefused 550"
    by_the_clock()
    assert now(letter).state == State.SENT
    assert len(post_office.to(MARIA)) == 1
    with pytest.raises(NotNow):
        actions.try_again(by=ana, letter=letter)


def test_a_mailbox_that_is_busy_is_tried_later(ana, post_office, by_the_clock):
    post_office.answers[MARIA] = "450 later, please"
    letter = post(ana)
    by_the_clock()
    assert now(letter).state == State.WAITING
    assert letter.last_error == "SMTPRecipientsRefused 450"


@pytest.mark.parametrize(
    ("trouble", "for_good"),
    [
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPAuthenticationError(535, b"who are you?"), False),
        (smtplib.SMTPSenderRefused(550, b"not you", "x@y.example"), False),
        (TimeoutError(), False),
        (NoMailServer(), False),
        (ValueError("a header"), True),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(ana, monkeypatch, by_the_clock, trouble, for_good):
    def fail(message):
        raise trouble

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    letter = post(ana)
    by_the_clock()
    assert now(letter).state == (State.DEAD if for_good else State.WAITING)
    assert "who are you" not in letter.last_error


def test_without_a_mail_server_no_letter_is_taken_for_sent(ana, settings, by_the_clock):
    settings.EMAIL_BACKEND = "antiphon.platform.outbox.no_server.Backend"
    post(ana)
    by_the_clock()
    about = queries.post_about(ana, [ana.pk])
    assert (about.waiting_count, about.sent_count, about.has_no_server) == (1, 0, True)


@pytest.mark.parametrize("field", ["to", "subject", "reply_to"])
@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n"])
def test_a_line_break_is_no_way_into_the_head(ana, field, sign):
    typed = f"maria@example.org{sign}Bcc: thief@example.org"
    with pytest.raises(actions.CannotBeWritten):
        post(ana, **{field: typed})
    assert Letter.objects.count() == 0


def test_what_is_no_address_is_refused_when_it_is_posted(ana):
    with pytest.raises(actions.CannotBeWritten):
        post(ana, to="maria at example")


def test_a_letter_delivered_twice_arrives_once(ana, post_office):
    letter = post(ana)
    actions.deliver(letter_id=letter.pk)
    actions.deliver(letter_id=letter.pk)
    assert len(post_office.letters) == 1


def test_whoever_died_with_a_letter_in_hand_leaves_it_to_the_sweep(ana, post_office, monkeypatch, by_the_clock):
    def die(message):
        raise KeyboardInterrupt

    letter = post(ana)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", die)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver(letter_id=letter.pk)
    by_the_clock()
    assert post_office.letters == [], "somebody may still have it in hand"
    with clock.at(timezone.now() + rules.HELD + datetime.timedelta(seconds=1)):
        by_the_clock()
    assert len(post_office.letters) == 1


def test_a_letter_nobody_survives_is_given_up(ana, post_office, by_the_clock):
    letter = post(ana)
    Letter.objects.update(attempts=rules.TRIES)
    by_the_clock()
    assert post_office.letters == []
    assert (now(letter).state, letter.last_error) == (State.DEAD, "Interrupted")


def test_a_letter_called_back_does_not_leave(ana, post_office, by_the_clock):
    letter = post(ana)
    with transaction.atomic():
        assert actions.recall(by=ana, thing=ana) == 1
    by_the_clock()
    assert post_office.letters == []
    assert (now(letter).state, letter.to) == (State.RECALLED, "")


def test_called_back_at_the_mail_servers_door_it_stays_called_back(ana, monkeypatch):
    def send_and_recall(message):
        with transaction.atomic():
            actions.recall(by=ana, thing=ana)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send_and_recall)
    letter = post(ana)
    actions.deliver(letter_id=letter.pk)
    assert now(letter).state == State.RECALLED


def test_an_address_that_failed_is_forgotten_on_request_or_after_two_weeks(ana, post_office, by_the_clock):
    post_office.answers = {MARIA: "550 no", "joao@example.org": "550 no"}
    asked, left = post(ana), post(ana, to="joao@example.org")
    by_the_clock()
    actions.forget(by=ana, letter=asked)
    assert (now(asked).state, asked.to) == (State.RECALLED, "")
    assert now(left).to == "joao@example.org"
    with clock.at(timezone.now() + rules.DEAD_KEPT + datetime.timedelta(days=1)):
        by_the_clock()
    assert (now(left).state, left.to, left.plain) == (State.DEAD, "", "")
    assert queries.dead(ana) == []
    with pytest.raises(NotNow):
        actions.try_again(by=ana, letter=left)


def test_who_may_look_after_letters(cast, post_office, by_the_clock):
    assert set(Role) >= permissions.MAY_LOOK_AFTER
    post_office.answers[MARIA] = "550 no"
    letter = post(cast.ana)
    by_the_clock()
    assert [row.to for row in queries.dead(cast.adam)] == [MARIA]
    assert queries.dead(cast.eve) == []
    for stranger, refusal in ((cast.eve, NotAllowed), (cast.cleo, queries.NoSuchLetter)):
        for action in (actions.try_again, actions.forget):
            with pytest.raises(refusal):
                action(by=stranger, letter=letter)


def test_the_database_keeps_letters_honest(ana, post_office, by_the_clock):
    letter = post(ana)
    rows = Letter.objects.filter(pk=letter.pk)
    for wrong in (
        {"to": ""},
        {"state": State.SENT, "sent_at": clock.now()},
        {"state": State.DEAD},
        {"to_hash": "0" * 64},
        {"kind": "another"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    by_the_clock()
    for wrong in ({"state": State.WAITING, "sent_at": None, "to": MARIA}, {"plain": "words"}, {"to": MARIA}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_the_queue_knows_what_runs_by_the_clock(db):
    from django_q.models import Schedule

    set_the_clock()
    set_the_clock()
    minutes = dict(Schedule.objects.values_list("name", "minutes"))
    assert minutes == {
        "outbox.sweep": 1,
        "answers.hear_left_behind": 5,
        "voices.look_after_learning": 10,
        "audit.sign_heads": 15,
        "workspaces.forget_attempts": 15,
        "database.renew_statistics": 30,
    }
    Schedule.objects.create(name="something old", func="antiphon.platform.tasks.queue.run")
    set_the_clock()
    assert Schedule.objects.count() == len(minutes)


def test_heads_are_signed_by_the_clock(ana, by_the_clock):
    heads_file().unlink(missing_ok=True)
    programmes.open_programme(by=ana, name="HSP-204", kind=Kind.ASSET, stage="design_planning", function="F_RD")
    try:
        by_the_clock()
        assert str(ana.workspace_id) in heads_file().read_text()
        verdict = verify(ana.workspace_id)
        assert verdict.whole
        assert verdict.heads >= 1
    finally:
        heads_file().unlink(missing_ok=True)
