"""The page of those who spoke: readable without an account, telling nothing it should not, hearing what they say."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from antiphon.platform import clock
from antiphon.platform.workspaces.models import User
from antiphon.workspace.answers import actions, queries, rules
from antiphon.workspace.answers.models import Reply
from antiphon.workspace.engagements.models import Engagement
from antiphon.workspace.voices.models import Voice
from tests.cast import answer


@pytest.fixture
def given(ana, ben):
    User.objects.filter(pk=ben.user_id).update(name="Benedikt Quite-Unmistakable")
    return answer(ana, approved_by=ben, given=True)


@pytest.fixture
def address(ana, given):
    return "/" + queries.link_address(ana, given.pk).split("/", 3)[3]


@pytest.fixture
def visitor():
    """A browser that nobody signed in with."""
    return Client()


def send(visitor, address, **data):
    return visitor.post(f"{address}reply/", data)


def test_it_is_read_without_an_account(visitor, address, given):
    page = visitor.get(address)
    card = given.cards.get()
    assert page.status_code == 200
    for words in (given.engagement.name, "Hesperia", card.you_said, card.we_did, card.because, given.contact):
        assert words in page.text


def test_it_tells_nothing_of_the_members(visitor, address, ana, ben, given):
    page = visitor.get(address).text.replace(given.contact, "")
    for secret in ("Benedikt", ben.user.email, ana.user.email, str(given.pk), str(ana.pk), str(ana.workspace_id)):
        assert secret not in page
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", page), "no id of anything"


def test_even_a_member_sees_it_as_those_who_spoke_do(ana, address, signed_in):
    page = signed_in(ana).get(address)
    assert "Sign out" not in page.text
    assert reverse("home:today") not in page.text


def test_its_address_leaks_nowhere(visitor, address):
    page = visitor.get(address)
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "no-store"
    assert "<script" not in page.text
    assert not re.search(r'(src|href|action)="https?:', page.text)


def test_no_cookie_says_who_reads(visitor, address):
    page = visitor.get(address)
    send(visitor, address, heard="YES")
    assert set(visitor.cookies) <= {"csrftoken"}
    assert "session" not in page.cookies


def test_a_yes_without_a_word(visitor, address, given):
    answered = send(visitor, address, heard="YES")
    assert answered.status_code == 302
    assert answered["Location"] == f"{address}?thanks=1#heard"
    assert "Thank you. We have your answer." in visitor.get(f"{address}?thanks=1").text
    kept = Reply.objects.get()
    assert (kept.heard, kept.voice, kept.answer) == ("YES", None, given)
    assert not Voice.objects.filter(place__startswith="answer").exists()


def test_a_no_with_a_word_becomes_a_voice(visitor, address, given, ana, signed_in, django_capture_on_commit_callbacks):
    word = "You did not hear me. Call Maria Lopez on 07700 900123 about it."
    with django_capture_on_commit_callbacks(execute=True):
        assert send(visitor, address, heard="NO", word=word).status_code == 302
    voice = Reply.objects.get().voice
    assert (voice.original, voice.engagement, voice.consent_scope) == (word, given.engagement, "named_programme")
    assert str(given.pk) in voice.place
    assert "07700 900123" not in voice.redacted
    page = signed_in(ana).get(reverse("answers:record", args=[given.pk]))
    assert "You did not hear me." in page.text
    assert "07700 900123" not in page.text
    assert "0 yes, 0 partly, 1 no (n 1)" in page.text


@pytest.fixture
def later(monkeypatch):
    """Background work that has not come to anything yet."""
    asked = []
    monkeypatch.setattr("antiphon.workspace.answers.actions.hearing.queue", lambda *call: asked.append(call))
    return asked


def test_a_word_waits_for_the_engine_and_nobody_reads_it_before(visitor, address, given, ana, signed_in, later):
    assert send(visitor, address, heard="NO", word="Call Maria Lopez on 07700 900123.").status_code == 302
    kept = Reply.objects.get()
    assert later == [("answers.hear", str(kept.pk))]
    assert kept.voice is None
    assert not Voice.objects.filter(place__startswith="answer").exists()
    page = signed_in(ana).get(reverse("answers:record", args=[given.pk]))
    assert "One more wrote something." in page.text
    assert 'hx-select="#replies"' in page.text  # the word comes to the page by itself
    assert "Maria" not in page.text
    actions.hear(reply_id=kept.pk)
    actions.hear(reply_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.word, kept.voice.original) == ("", "Call Maria Lopez on 07700 900123.")
    assert Voice.objects.filter(place__startswith="answer").count() == 1
    page = signed_in(ana).get(reverse("answers:record", args=[given.pk]))
    assert "One more wrote something." not in page.text
    assert 'hx-select="#replies"' not in page.text


def test_a_word_left_behind_is_heard_by_the_clock(visitor, address, later):
    for word in ("Thank you.", "", "Late again."):
        send(visitor, address, heard="YES", word=word)
    later.clear()
    actions.hear_left_behind()
    assert later == [], "their own moment is not over"
    with clock.at(clock.now() + datetime.timedelta(minutes=3)):
        actions.hear_left_behind()
    left = Reply.objects.exclude(word="").values_list("pk", flat=True)
    assert sorted(later) == sorted(("answers.hear", str(pk)) for pk in left), "each by itself: none holds up others"
    assert len(left) == 2


def test_what_was_written_is_neither_changed_nor_lost(visitor, address, later):
    send(visitor, address, heard="YES", word="Thank you.")
    for change in ({"word": ""}, {"word": "No."}, {"heard": "NO"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reply.objects.update(**change)
    actions.hear(reply_id=Reply.objects.get().pk)
    for change in ({"word": "No."}, {"voice": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reply.objects.update(**change)


@pytest.mark.parametrize(
    "data", [{}, {"heard": "MAYBE"}, {"heard": "YES", "word": "x" * 2_001}], ids=["none", "odd", "long"]
)
def test_what_cannot_be_kept_is_said_and_the_words_stay(visitor, address, data):
    page = send(visitor, address, **{"word": "My own words"} | data)
    assert page.status_code == 422
    assert "Your words are still here" in page.text
    assert data.get("word", "My own words") in page.text
    assert page["Referrer-Policy"] == "same-origin"
    assert not Reply.objects.exists()


def test_line_breaks_do_not_make_a_long_word_too_long(visitor, address):
    lines = "\r\n".join(["x" * 99] * 20)
    assert len(lines.replace("\r\n", "\n")) <= rules.LONGEST_WORD < len(lines) + 1
    assert send(visitor, address, heard="YES", word=lines).status_code == 302


def test_a_flood_is_held_back_and_the_words_stay(visitor, address, monkeypatch):
    monkeypatch.setattr(rules, "REPLIES_A_MINUTE", 3)
    for _ in range(3):
        assert send(visitor, address, heard="YES").status_code == 302
    page = send(visitor, address, heard="NO", word="Words of the fourth")
    assert page.status_code == 409
    assert "Wait a minute" in page.text
    assert "Words of the fourth" in page.text
    assert Reply.objects.count() == 3


@pytest.mark.parametrize("step", ["renew_link", "withdraw"])
def test_an_old_link_is_gone_and_says_whom_to_ask(visitor, address, given, ana, step):
    more = {"reason": "A name stood in it."} if step == "withdraw" else {}
    getattr(actions, step)(by=ana, answer=given, **more)
    for page in (visitor.get(address), send(visitor, address, heard="YES"), send(visitor, address)):
        assert page.status_code == 410
        assert "What you said is not lost" in page.text
        assert given.engagement.name not in page.text
    assert not Reply.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "x" * 43, "x" * 5_000, "%00", "ünï"])
def test_an_address_nobody_gave_is_not_there(visitor, given, token):
    for page in (visitor.get(f"/answers/read/{token}/"), send(visitor, f"/answers/read/{token}/", heard="YES")):
        assert page.status_code == 404
        assert "Traceback" not in page.text


def test_a_draft_has_no_page_and_looking_changes_nothing(visitor, address, ana):
    assert visitor.get(f"{address}reply/").status_code == 405
    assert visitor.post(address).status_code == 405
    assert queries.link_address(ana, answer(ana).pk) == ""


def test_the_days_on_it_are_those_of_the_organisation(ana, ben, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    with clock.at(datetime.datetime(2026, 10, 1, 20, 0, tzinfo=datetime.UTC)):
        made = answer(ana, approved_by=ben, given=True)
    token = queries.link_address(ana, made.pk).rstrip("/").rsplit("/", 1)[-1]
    assert queries.answer_page(token).given_date == datetime.date(2026, 10, 2)


def test_a_hostile_name_is_only_a_name(visitor, address, given):
    Engagement.objects.filter(pk=given.engagement_id).update(name="<script>alert(1)</script>")
    assert "<script>alert" not in visitor.get(address).text


def test_the_page_takes_the_same_few_queries_however_many_answered(visitor, address, django_assert_max_num_queries):
    for _ in range(5):
        send(visitor, address, heard="YES", word="Thank you for it.")
    with django_assert_max_num_queries(3):
        visitor.get(address)
