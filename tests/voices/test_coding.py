"""People code passages; what the engine suggests is theirs to decide."""

import json

import pytest
from django.db import IntegrityError, transaction

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import NoSuch, NotAllowed, NotNow, NotValid
from antiphon.workspace.voices import actions, queries
from antiphon.workspace.voices.models import Coding, Suggestion
from tests.cast import suggestion, voice

TEXT = "The journey to the clinic takes me three hours."


def facts_of(action: str) -> dict:
    return json.loads(AuditEvent.objects.filter(action=action).latest("seq").body)["facts"]


def test_a_passage_is_coded_as_a_whole_or_in_part(ana, ben):
    said = voice(ana, TEXT)
    whole = actions.code(by=ben, voice_id=said.pk, need="N1.4.5")
    part = actions.code(by=ben, voice_id=said.pk, need="N1.4.5", start=4, end=11)
    assert (whole.start, whole.end) == (0, len(TEXT))
    assert TEXT[part.start : part.end] == "journey"
    assert facts_of("voice.coded") == {"voice": str(said.pk), "need": "N1.4.5", "start": 4, "end": 11}
    assert queries.get(ana, said.pk).need_codes == ("N1.4.5",)


def test_who_coded_what_is_kept_and_two_people_may_code_alike(ana, ben):
    said = voice(ana, TEXT)
    actions.code(by=ana, voice_id=said.pk, need="N1.4.5")
    actions.code(by=ben, voice_id=said.pk, need="N1.4.5")
    opened = queries.reader(ana, queries.Wanted(), voice_id=str(said.pk)).opened
    assert [coding.coded_by for coding in opened.codings] == ["Ana", "Ben"]


def test_coding_the_same_twice_is_one_coding(ana):
    said = voice(ana, TEXT)
    once = actions.code(by=ana, voice_id=said.pk, need="N1.4.5")
    assert actions.code(by=ana, voice_id=said.pk, need="N1.4.5") == once


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 3), (0, 999)])
def test_a_part_lies_within_its_passage(ana, start, end):
    with pytest.raises(NotValid):
        actions.code(by=ana, voice_id=voice(ana, TEXT).pk, need="N1.4.5", start=start, end=end)


def test_a_need_comes_from_the_framework(ana):
    with pytest.raises(NotValid):
        actions.code(by=ana, voice_id=voice(ana, TEXT).pk, need="N9.9")


@pytest.mark.parametrize("role", ["cora", "eve"])
def test_those_who_only_read_do_not_code(cast, role):
    said = voice(cast.ana, TEXT)
    suggested = suggestion(cast.ana, said)
    reader = getattr(cast, role)
    for refused in (
        lambda: actions.code(by=reader, voice_id=said.pk, need="N1.4.5"),
        lambda: actions.accept(by=reader, suggestion_id=suggested.pk),
        lambda: actions.reject(by=reader, suggestion_id=suggested.pk),
        lambda: actions.finish_reading(by=reader, voice_id=said.pk),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert not Coding.objects.exists()


def test_accepting_makes_the_coding_the_person_s_own(ana, ben):
    suggested = suggestion(ana, voice(ana, TEXT))
    coding = actions.accept(by=ben, suggestion_id=suggested.pk)
    suggested.refresh_from_db()
    assert (suggested.verdict, suggested.decided_by) == ("ACCEPTED", ben)
    assert (coding.code, coding.coded_by, coding.suggestion) == ("N3.1", ben, suggested)
    assert facts_of("suggestion.accepted")["score"] == 80


def test_changing_keeps_what_was_suggested_and_what_was_heard(ana, ben):
    suggested = suggestion(ana, voice(ana, TEXT))
    coding = actions.change(by=ben, suggestion_id=suggested.pk, need="N1.4.5")
    suggested.refresh_from_db()
    assert (suggested.code, suggested.verdict, coding.code) == ("N3.1", "CHANGED", "N1.4.5")


def test_changing_to_the_same_need_accepts_it(ana):
    suggested = suggestion(ana, voice(ana, TEXT))
    actions.change(by=ana, suggestion_id=suggested.pk, need="N3.1")
    suggested.refresh_from_db()
    assert suggested.verdict == "ACCEPTED"


def test_a_suggestion_is_decided_once(ana, ben):
    suggested = suggestion(ana, voice(ana, TEXT))
    actions.reject(by=ben, suggestion_id=suggested.pk)
    with pytest.raises(NotNow):
        actions.accept(by=ana, suggestion_id=suggested.pk)
    assert not Coding.objects.exists()


def test_undo_opens_the_suggestion_and_takes_its_coding_back(ana):
    suggested = suggestion(ana, voice(ana, TEXT))
    coding = actions.accept(by=ana, suggestion_id=suggested.pk)
    actions.reopen(by=ana, suggestion_id=suggested.pk)
    suggested.refresh_from_db()
    coding.refresh_from_db()
    assert (suggested.verdict, suggested.decided_by, coding.withdrawn_by) == ("OPEN", None, ana)
    assert facts_of("suggestion.reopened")["was"] == "ACCEPTED"
    again = actions.accept(by=ana, suggestion_id=suggested.pk)
    assert again != coding


def test_taking_back_an_accepted_coding_opens_its_suggestion(ana):
    suggested = suggestion(ana, voice(ana, TEXT))
    coding = actions.accept(by=ana, suggestion_id=suggested.pk)
    actions.uncode(by=ana, coding_id=coding.pk)
    suggested.refresh_from_db()
    assert suggested.verdict == "OPEN"


def test_one_takes_back_one_s_own_and_a_lead_anyone_s(cast):
    said = voice(cast.ana, TEXT)
    by_ben = actions.code(by=cast.ben, voice_id=said.pk, need="N1.4.5")
    by_ana = actions.code(by=cast.ana, voice_id=said.pk, need="N1.4.5")
    with pytest.raises(NotAllowed):
        actions.uncode(by=cast.sam, coding_id=by_ben.pk)
    with pytest.raises(NotAllowed):
        actions.uncode(by=cast.ben, coding_id=by_ana.pk)
    actions.uncode(by=cast.ana, coding_id=by_ben.pk)
    with pytest.raises(NotNow):
        actions.uncode(by=cast.ana, coding_id=by_ben.pk)
    record = queries.record(cast.eve, said.pk)
    assert [(each.coded_by, each.withdrawn_by) for each in record.every_coding] == [
        ("Ben", "Ana"),
        ("Ana", ""),
    ]


def test_only_the_one_who_decided_or_a_lead_reopens(cast):
    suggested = suggestion(cast.ana, voice(cast.ana, TEXT))
    with pytest.raises(NotNow):
        actions.reopen(by=cast.ana, suggestion_id=suggested.pk)
    actions.reject(by=cast.ben, suggestion_id=suggested.pk)
    with pytest.raises(NotAllowed):
        actions.reopen(by=cast.sam, suggestion_id=suggested.pk)
    actions.reopen(by=cast.ana, suggestion_id=suggested.pk)
    assert Suggestion.objects.get().verdict == "OPEN"


def test_another_workspace_s_voices_codings_and_suggestions_are_none(ana, cleo):
    said = voice(ana, TEXT)
    suggested = suggestion(ana, said)
    coding = actions.code(by=ana, voice_id=said.pk, need="N1.4.5")
    for refused in (
        lambda: queries.get(cleo, said.pk),
        lambda: queries.record(cleo, said.pk),
        lambda: queries.reader(cleo, queries.Wanted(), voice_id=str(said.pk)),
        lambda: actions.code(by=cleo, voice_id=said.pk, need="N1.4.5"),
        lambda: actions.uncode(by=cleo, coding_id=coding.pk),
        lambda: actions.accept(by=cleo, suggestion_id=suggested.pk),
        lambda: actions.change(by=cleo, suggestion_id=suggested.pk, need="N1.4.5"),
        lambda: actions.reject(by=cleo, suggestion_id=suggested.pk),
        lambda: actions.reopen(by=cleo, suggestion_id=suggested.pk),
        lambda: actions.finish_reading(by=cleo, voice_id=said.pk),
        lambda: actions.read_again(by=cleo, voice_id=said.pk),
        lambda: actions.decide_safety(by=cleo, voice_id=said.pk, wanted="POSSIBLE"),
        lambda: actions.show_original(by=cleo, voice_id=said.pk, purpose="Curious about it"),
    ):
        with pytest.raises(NoSuch):
            refused()
    assert queries.rows(cleo) == []
    assert queries.chosen(cleo, [said.pk]) == []
    assert queries.queue_counts(cleo) == (0, 0, None)


def test_the_database_keeps_codings_and_the_words_they_stand_on(ana):
    coding = actions.code(by=ana, voice_id=voice(ana, TEXT).pk, need="N1.4.5")
    for write in (
        lambda: Coding.objects.filter(pk=coding.pk).update(code="N1.1"),
        lambda: Coding.objects.filter(pk=coding.pk).delete(),
        lambda: type(coding.voice).objects.filter(pk=coding.voice_id).update(original="Something else."),
        lambda: type(coding.voice).objects.filter(pk=coding.voice_id).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_the_database_wants_a_person_behind_every_verdict(ana):
    suggested = suggestion(ana, voice(ana, TEXT))
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=suggested.pk).update(verdict="ACCEPTED")


def test_the_database_wants_a_person_behind_everything_taken_back(ana):
    coding = actions.code(by=ana, voice_id=voice(ana, TEXT).pk, need="N1.4.5")
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.filter(pk=coding.pk).update(withdrawn_at=coding.created_at)
