"""The queue: what comes first, what is undone, and how safety is handled."""

import datetime
import json
import uuid

import pytest

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.models import Source, Voice
from antiphon.workspace.voices.queries import Wanted
from antiphon.workspace.voices.rules import Safety
from tests.cast import engagement, source, suggestion, voice


def first(member, wanted=None, **place):
    opened = queries.reader(member, wanted or Wanted(), **place).opened
    return opened.voice.id if opened else None


def order(member, wanted=None) -> list:
    """The queue as someone meets it who reads it to its end without marking anything."""
    found = [first(member, wanted)]
    while (after := first(member, wanted, after_id=str(found[-1]))) and after not in found:
        found.append(after)
    return found


@pytest.fixture
def waiting(ana):
    """Six passages: two possible events, two that would teach something, two with nothing."""
    where, origin = engagement(ana), source(ana)
    plain, weak, strong, late_event, event, other = (
        voice(ana, f"Passage number {n} speaks.", engagement=where, source=origin) for n in range(6)
    )
    suggestion(ana, weak, "N3.1", score=0.6)
    suggestion(ana, strong, "N3.1", score=0.5)
    suggestion(ana, strong, "N1.4.5", score=0.9)
    for passage, teaches in ((weak, 0.4), (strong, 0.7)):
        Voice.objects.filter(pk=passage.pk).update(teaches=teaches, teaches_code="N3.1")
    Voice.objects.filter(pk__in=[late_event.pk, event.pk]).update(safety="POSSIBLE", safety_kind="adverse_event")
    Voice.objects.filter(pk=event.pk).update(created_at=event.created_at - datetime.timedelta(days=3))
    return [event.pk, late_event.pk, strong.pk, weak.pk, plain.pk, other.pk]


def test_possible_events_come_first_then_what_teaches_most_then_the_rest(ana, waiting):
    assert order(ana) == waiting


def test_a_finished_passage_leaves_the_queue_and_the_next_one_is_there(ana, waiting):
    for expected in waiting:
        assert first(ana) == expected
        actions.finish_reading(by=ana, voice_id=expected)
    found = queries.reader(ana, Wanted())
    assert (found.opened, found.read_count, found.total_count) == (None, 6, 6)


def test_one_goes_back_to_what_one_read_last(ana, ben, waiting):
    actions.finish_reading(by=ben, voice_id=waiting[5])
    actions.finish_reading(by=ana, voice_id=waiting[0])
    actions.finish_reading(by=ana, voice_id=waiting[1])
    assert queries.reader(ana, Wanted()).previous_id == waiting[1]
    assert queries.reader(ana, Wanted(), voice_id=str(waiting[1])).previous_id == waiting[0]


def test_the_first_reader_stays_the_reader(ana, ben, waiting):
    actions.finish_reading(by=ben, voice_id=waiting[0])
    assert actions.finish_reading(by=ana, voice_id=waiting[0]).read_by == ben


def test_filters_narrow_the_queue(ana, waiting):
    other = voice(ana, "Parking is dear at the clinic.")
    assert order(ana, Wanted(engagement=str(other.engagement_id))) == [other.pk]
    assert order(ana, Wanted(q="PARKING")) == [other.pk]
    assert order(ana, Wanted(section="N1")) == [waiting[2]]
    assert order(ana, Wanted(show="safety")) == waiting[:2]
    actions.finish_reading(by=ana, voice_id=waiting[3])
    assert order(ana, Wanted(show="read")) == [waiting[3]]
    assert set(order(ana, Wanted(show="all"))) == {*waiting, other.pk}


def test_neighbours_stand_beside_a_passage(ana, waiting):
    found = queries.reader(ana, Wanted(), voice_id=str(waiting[3]))
    assert found.before["text"] == "Passage number 0 speaks."
    assert found.after["text"] == "Passage number 2 speaks."


def test_the_words_a_suggestion_rests_on_are_marked(ana):
    said = voice(ana, "The journey to the clinic takes me three hours.")
    suggestion(ana, said)
    opened = queries.reader(ana, Wanted()).opened
    assert [part.text for part in opened.parts if part.why] == ["journey"]
    assert opened.suggestions[0].because == ("journey",)


def test_undo_takes_back_the_last_thing_whatever_it_was(ana, waiting):
    suggested = Voice.objects.get(pk=waiting[3]).suggestions.get()
    actions.accept(by=ana, suggestion_id=suggested.pk)
    coding = actions.code(by=ana, voice_id=waiting[3], need="N1.4.5")
    actions.finish_reading(by=ana, voice_id=waiting[3])
    undo = queries.reader(ana, Wanted()).undo
    assert (undo.url, undo.id) == ("voices:read_again", waiting[3])
    actions.read_again(by=ana, voice_id=waiting[3])
    undo = queries.reader(ana, Wanted()).undo
    assert (undo.url, undo.id) == ("voices:uncode", coding.pk)
    actions.uncode(by=ana, coding_id=coding.pk)
    undo = queries.reader(ana, Wanted()).undo
    assert (undo.url, undo.id) == ("voices:suggestion_reopen", suggested.pk)


def test_nothing_of_a_colleague_is_undone(ana, ben, waiting):
    actions.finish_reading(by=ben, voice_id=waiting[0])
    assert queries.reader(ana, Wanted()).undo is None


def test_the_queue_takes_as_many_queries_for_one_passage_as_for_many(ana, waiting, django_assert_max_num_queries):
    with django_assert_max_num_queries(19) as few:
        queries.reader(ana, Wanted())
    for n in range(20):
        suggestion(ana, voice(ana, f"One more passage {n} said."), "N3.2")
    with django_assert_max_num_queries(len(few)):
        queries.reader(ana, Wanted())


def test_rows_take_two_queries_whatever_their_number(ana, waiting, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(queries.rows(ana, limit=2)) == 2
    with django_assert_num_queries(2):
        assert len(queries.rows(ana)) == 6


def test_rows_are_found_by_words_need_and_id(ana, waiting):
    actions.code(by=ana, voice_id=waiting[0], need="N1.4.5")
    assert [row.id for row in queries.rows(ana, need="N1")] == [waiting[0]]
    assert queries.rows(ana, need="N2") == []
    assert len(queries.rows(ana, search="number 3")) == 1
    asked = [waiting[4], uuid.uuid4(), waiting[0]]
    assert [row.id for row in queries.chosen(ana, asked)] == [waiting[4], waiting[0]]


def test_the_counts_say_what_waits(ana, waiting):
    actions.finish_reading(by=ana, voice_id=waiting[5])
    unread, possible, oldest = queries.queue_counts(ana)
    assert (unread, possible) == (5, 2)
    assert oldest == Voice.objects.get(pk=waiting[0]).created_at


def test_a_safety_officer_forwards_with_a_reference(sam, ana, waiting):
    actions.decide_safety(by=sam, voice_id=waiting[0], wanted=Safety.FORWARDED, reason="PV-2026-17")
    said = Voice.objects.get(pk=waiting[0])
    assert (said.safety, said.safety_reason, said.safety_decided_by) == ("FORWARDED", "PV-2026-17", sam)
    event = AuditEvent.objects.get(action="voice.safety_forwarded")
    assert json.loads(event.body)["facts"] == {"from": "POSSIBLE", "to": "FORWARDED", "kind": "adverse_event"}
    assert "PV-2026-17" not in event.body
    with pytest.raises(NotNow):
        actions.decide_safety(by=sam, voice_id=waiting[0], wanted=Safety.NOT_AN_EVENT, reason="No")


@pytest.mark.parametrize("wanted", [Safety.FORWARDED, Safety.NOT_AN_EVENT])
def test_a_safety_decision_needs_a_reason_and_its_people(cast, waiting, wanted):
    with pytest.raises(NotValid):
        actions.decide_safety(by=cast.sam, voice_id=waiting[0], wanted=wanted, reason=" ")
    for member in (cast.ben, cast.cora, cast.eve):
        with pytest.raises(NotAllowed):
            actions.decide_safety(by=member, voice_id=waiting[0], wanted=wanted, reason="Because")
    assert Voice.objects.get(pk=waiting[0]).safety == "POSSIBLE"


def test_a_reader_points_out_what_the_engine_did_not_hear(cast, waiting):
    actions.decide_safety(by=cast.ben, voice_id=waiting[4], wanted=Safety.POSSIBLE, reason="He mentions a fall.")
    said = Voice.objects.get(pk=waiting[4])
    assert (said.safety, said.safety_kind, said.safety_decided_by) == ("POSSIBLE", "raised_by_hand", None)
    with pytest.raises(NotAllowed):
        actions.decide_safety(by=cast.eve, voice_id=waiting[5], wanted=Safety.POSSIBLE)


def test_what_was_no_event_can_be_pointed_out_again(sam, ben, waiting):
    actions.decide_safety(by=sam, voice_id=waiting[0], wanted=Safety.NOT_AN_EVENT, reason="A story of another")
    actions.decide_safety(by=ben, voice_id=waiting[0], wanted=Safety.POSSIBLE)
    said = Voice.objects.get(pk=waiting[0])
    assert (said.safety, said.safety_decided_at) == ("POSSIBLE", None)


def test_the_original_words_are_shown_for_a_purpose_and_that_is_kept(cast):
    said = voice(cast.ana, "I am Maria.", redacted="I am [person].")
    assert actions.show_original(by=cast.sam, voice_id=said.pk, purpose="Following up PV-17") == "I am Maria."
    event = AuditEvent.objects.get(action="voice.original_shown")
    assert event.actor_id == cast.sam.pk
    assert "PV-17" not in event.body
    with pytest.raises(NotAllowed):
        actions.show_original(by=cast.ben, voice_id=said.pk, purpose="Following up PV-17")
    with pytest.raises(NotValid):
        actions.show_original(by=cast.sam, voice_id=said.pk, purpose=" ")
    assert AuditEvent.objects.filter(action="voice.original_shown").count() == 1


def test_a_reply_to_an_answer_is_a_voice_of_its_own(ana):
    words = "After taking the tablets I had a rash. Call me, Maria Jones, on 020 7946 0958."
    reply = {"engagement": engagement(ana), "answer_id": "a1", "heard": "PARTLY", "word": words}
    reply |= {"hearing": actions.hear_word(words), "said_date": datetime.date(2026, 9, 1)}
    first_reply, again = actions.add_reply(**reply), actions.add_reply(**reply)
    assert first_reply.pk != again.pk
    said = Voice.objects.get(pk=first_reply.pk)
    assert (said.original, said.safety, said.intake) == (words, "POSSIBLE", None)
    assert said.said_date == datetime.date(2026, 9, 1)
    assert "7946 0958" not in said.redacted
    assert Source.objects.get().name == "Replies to answers"
    event = AuditEvent.objects.filter(action="voice.replied").first()
    assert event.actor_id is None
    assert event.workspace_id == ana.workspace_id
    assert first(ana) == first_reply.pk
