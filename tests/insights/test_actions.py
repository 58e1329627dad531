"""Stating, wording, resting on voices, agreeing, setting aside, opening again."""

import json

import pytest

from antiphon.platform.audit.models import AuditEvent
from antiphon.platform.errors import ChangedMeanwhile, NotAllowed, NotNow, NotValid
from antiphon.workspace.insights import actions, queries
from antiphon.workspace.insights.models import Insight, Support
from antiphon.workspace.voices.queries import NoSuchVoice
from tests.cast import engagement, insight, programme, voice

STATEMENT = "Long journeys keep people with heart failure from taking part."


def stated(by, **changes):
    fields = {"statement": STATEMENT, "strength": "SINGLE", "owner": by, "needs": ["N3.1"]} | changes
    fields.setdefault("programme", None)
    fields["programme"] = fields["programme"] or programme(by)
    return actions.state(by=by, **fields)


def reworded(by, made, **changes):
    known = queries.initial(Insight.objects.get(pk=made.pk)) | {"owner": made.owner}
    return actions.edit(by=by, insight=made, **known | changes)


def draft(by, texts=("The journey takes three hours.",), **changes):
    where = engagement(by)
    heard = [voice(by, text, engagement=where) for text in texts]
    return stated(by, programme=where.programme, voices=[each.pk for each in heard], **changes), heard


def facts(action):
    return json.loads(AuditEvent.objects.get(action=action).body)["facts"]


def sealed(action):
    return set(json.loads(AuditEvent.objects.get(action=action).body)["fields"])


@pytest.mark.parametrize("role", ["ana", "adam", "ben", "sam"])
def test_an_insight_is_stated_with_all_it_carries(cast, role):
    by = getattr(cast, role)
    made, (heard,) = draft(by, decision_points=["DP08"], groups=["carer"], statement=f"  {STATEMENT} ")
    assert (made.statement, made.state, made.stated_by, made.version) == (STATEMENT, "DRAFT", by, 1)
    shown = queries.record(by, made.pk)
    assert [row.id for row in shown.supports] == [heard.pk]
    assert (list(shown.needs), list(shown.decision_points), list(shown.groups)) == (
        ["N3.1"],
        ["DP08"],
        ["carer"],
    )
    told = facts("insight.stated")
    assert (told["needs"], told["stakeholder_types"], told["voices"]) == (
        ["N3.1"],
        ["carer"],
        [str(heard.pk)],
    )
    assert sealed("insight.stated") == {"statement", "dissent"}
    assert STATEMENT not in AuditEvent.objects.get(action="insight.stated").body


@pytest.mark.parametrize("role", ["cora", "eve"])
def test_readers_state_nothing(cast, role):
    about = programme(cast.ana)
    with pytest.raises(NotAllowed):
        stated(getattr(cast, role), programme=about)
    assert not Insight.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("statement", "Too short."),
        ("strength", "LOUD"),
        ("needs", ["N99"]),
        ("decision_points", ["carer"]),
        ("groups", ["Maria Lopez"]),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(ana, field, wrong):
    with pytest.raises(NotValid) as refusal:
        stated(ana, **{field: wrong})
    assert list(refusal.value.fields) == [field]
    assert not Insight.objects.exists()


def test_nothing_is_said_twice_in_a_programme(ana, ben):
    first = stated(ana)
    with pytest.raises(actions.AlreadySaid) as refusal:
        stated(ben, programme=first.programme, statement=STATEMENT.upper().replace(" ", "  "))
    assert refusal.value.insight_id == first.pk
    assert stated(ben).statement == STATEMENT


def test_an_insight_rests_on_no_voice_of_another_workspace(ana, cleo):
    for missing in (voice(cleo).pk, "not an id"):
        with pytest.raises(NoSuchVoice):
            stated(ana, voices=[missing])
    assert not Insight.objects.visible_to(ana).exists()


def test_words_given_for_one_programme_stay_there(ana):
    narrow = voice(ana, consent_scope="named_programme")
    with pytest.raises(NotValid, match="“This programme” was given for Programme"):
        stated(ana, voices=[narrow.pk])
    with pytest.raises(NotValid):
        actions.add_voice(by=ana, insight=insight(ana, agreed=False), voice_id=narrow.pk, stance="DISSENTS")
    assert stated(ana, voices=[narrow.pk], programme=narrow.engagement.programme).supports.count() == 1


def test_words_given_for_every_programme_travel(ana):
    wide = voice(ana, consent_scope="all_programmes")
    assert stated(ana, voices=[wide.pk]).supports.count() == 1


def test_a_consent_nobody_knows_reaches_no_other_programme(ana):
    with pytest.raises(NotValid, match=r"own\.unknown"):
        stated(ana, voices=[voice(ana, consent_scope="own.unknown").pk])


def test_an_insight_is_worded_anew(ana, ben):
    made, _heard = draft(ana)
    new = reworded(ben, made, statement="The way to the clinic is too long for many.", needs=["N3.2"], owner=ben)
    assert (new.version, new.owner, set(queries.record(ana, made.pk).needs)) == (2, ben, {"N3.2"})
    assert sealed("insight.edited") == {"statement", "owner_id"}
    assert (facts("insight.edited")["needs"], facts("insight.edited")["version"]) == (["N3.2"], 2)


def test_saving_without_a_change_leaves_no_trace(ana):
    made, _heard = draft(ana)
    assert reworded(ana, made).version == 1
    assert not AuditEvent.objects.filter(action="insight.edited").exists()


def test_who_writes_on_an_old_version_is_told_who_changed_it(ana, ben):
    made, _heard = draft(ana)
    reworded(ben, made, dissent="Some like to travel.")
    with pytest.raises(ChangedMeanwhile, match="Ben changed this while you wrote"):
        reworded(ana, made, version=1, statement="The way to the clinic is far too long.")
    assert Insight.objects.get(pk=made.pk).statement == STATEMENT


def test_wording_anew_says_nothing_twice_either(ana):
    made = stated(ana)
    other = stated(ana, programme=made.programme, statement="Injections at home frighten carers.")
    with pytest.raises(actions.AlreadySaid):
        reworded(ana, other, statement=STATEMENT.lower())
    assert reworded(ana, made, statement=STATEMENT.upper()).statement == STATEMENT.upper()


def test_what_people_agreed_on_is_worded_anew_only_when_it_is_open_again(ana):
    made, _heard = draft(ana)
    actions.agree(by=ana, insight=made)
    with pytest.raises(NotNow, match="Open the insight again"):
        reworded(ana, made, statement="The way to the clinic is far too long.")
    assert reworded(ana, made, decision_points=["DP08"]).version == 2
    actions.reopen(by=ana, insight=made)
    assert reworded(ana, made, statement="The way to the clinic is far too long.").version == 3


@pytest.mark.parametrize("change", [{"strength": "SEVERAL"}, {"needs": []}])
def test_an_agreed_insight_keeps_what_agreement_needed(ana, change):
    made, _heard = draft(ana)
    actions.agree(by=ana, insight=made)
    with pytest.raises(NotNow, match="it would lose"):
        reworded(ana, made, **change)
    assert Insight.objects.get(pk=made.pk).version == 1
    assert set(queries.record(ana, made.pk).needs) == {"N3.1"}


def test_readers_word_nothing(ana, eve):
    made, _heard = draft(ana)
    with pytest.raises(NotAllowed):
        reworded(eve, made, dissent="No.")


def test_a_code_that_was_kept_stays_when_its_pack_no_longer_offers_it(ana):
    made, _heard = draft(ana)
    made.codes.create(workspace=ana.workspace, pack="needs", code="own.gone")
    reworded(ana, made, dissent="Some like to travel.")
    assert "own.gone" in queries.record(ana, made.pk).needs


def test_a_passage_is_put_with_an_insight_or_against_it(ana, sam):
    made, (heard,) = draft(ana)
    other = voice(ana, "I like the journey.", engagement=heard.engagement)
    actions.add_voice(by=sam, insight=made, voice_id=str(other.pk), stance="DISSENTS")
    assert facts("insight.voice_added") == {"voice": str(other.pk), "stance": "DISSENTS"}
    with pytest.raises(NotNow, match="there already"):
        actions.add_voice(by=sam, insight=made, voice_id=other.pk, stance="SUPPORTS")
    with pytest.raises(NotValid):
        actions.add_voice(by=sam, insight=made, voice_id=heard.pk, stance="LOUD")


def test_a_passage_is_taken_away_and_stays_a_passage(ana):
    made, (heard,) = draft(ana)
    actions.remove_voice(by=ana, insight=made, voice_id=heard.pk)
    assert not made.supports.exists()
    assert facts("insight.voice_removed") == {"voice": str(heard.pk), "stance": "SUPPORTS"}
    with pytest.raises(NoSuchVoice):
        actions.remove_voice(by=ana, insight=made, voice_id=heard.pk)


def test_the_last_passage_stays_with_what_people_agreed_on(ana):
    made, (heard,) = draft(ana)
    actions.agree(by=ana, insight=made)
    with pytest.raises(NotNow, match="it would lose"):
        actions.remove_voice(by=ana, insight=made, voice_id=heard.pk)
    other = voice(ana, engagement=heard.engagement)
    with pytest.raises(NotNow, match="strength"):
        actions.add_voice(by=ana, insight=made, voice_id=other.pk, stance="SUPPORTS")
    with pytest.raises(NotNow, match="dissenting voices"):
        actions.add_voice(by=ana, insight=made, voice_id=other.pk, stance="DISSENTS")
    assert Support.objects.filter(insight=made).count() == 1


def test_readers_move_no_passages(ana, eve):
    made, (heard,) = draft(ana)
    with pytest.raises(NotAllowed):
        actions.remove_voice(by=eve, insight=made, voice_id=heard.pk)
    with pytest.raises(NotAllowed):
        actions.add_voice(by=eve, insight=made, voice_id=heard.pk, stance="SUPPORTS")


@pytest.mark.parametrize("role", ["ana", "ben", "adam"])
def test_people_agree_on_an_insight_that_lacks_nothing(cast, role):
    by = getattr(cast, role)
    made, _heard = draft(cast.ana)
    agreed = actions.agree(by=by, insight=made)
    assert (agreed.state, agreed.agreed_by) == ("AGREED", by)
    assert agreed.agreed_at
    assert facts("insight.agreed") == {"strength": "SINGLE", "voices": 1, "version": 1}
    with pytest.raises(NotNow, match="Only a draft"):
        actions.agree(by=by, insight=made)


@pytest.mark.parametrize("role", ["sam", "cora", "eve"])
def test_others_do_not_agree(cast, role):
    made, _heard = draft(cast.ana)
    with pytest.raises(NotAllowed):
        actions.agree(by=getattr(cast, role), insight=made)


def test_agreeing_says_all_that_is_missing(ana):
    made = stated(ana, needs=[], strength="SEVERAL")
    with pytest.raises(NotNow) as refusal:
        actions.agree(by=ana, insight=made)
    for words in ("Add a passage", "which need", "at least two"):
        assert words in str(refusal.value.sentence)


def test_an_insight_is_set_aside_with_a_reason_and_opened_again(ana, ben):
    made, _heard = draft(ana)
    actions.agree(by=ana, insight=made)
    with pytest.raises(NotAllowed):
        actions.set_aside(by=ben, insight=made, reason="It was said about another study.")
    with pytest.raises(NotValid) as refusal:
        actions.set_aside(by=ana, insight=made, reason=" no ")
    assert list(refusal.value.fields) == ["reason"]
    gone = actions.set_aside(by=ana, insight=made, reason=" It was said about another study. ")
    assert (gone.state, gone.set_aside_reason) == ("SET_ASIDE", "It was said about another study.")
    assert (gone.agreed_at, gone.agreed_by) == (None, None)
    assert (facts("insight.set_aside"), sealed("insight.set_aside")) == ({"was": "AGREED"}, {"reason"})
    with pytest.raises(NotNow):
        actions.set_aside(by=ana, insight=made, reason="It was said about another study.")
    with pytest.raises(NotAllowed):
        actions.reopen(by=ben, insight=made)
    back = actions.reopen(by=ana, insight=made)
    assert (back.state, back.set_aside_reason) == ("DRAFT", "")
    assert (facts("insight.reopened"), sealed("insight.reopened")) == (
        {"was": "SET_ASIDE"},
        {"set_aside_reason"},
    )
    with pytest.raises(NotNow):
        actions.reopen(by=ana, insight=made)


def test_nothing_moves_on_an_insight_that_is_set_aside(ana):
    made, (heard,) = draft(ana)
    actions.set_aside(by=ana, insight=made, reason="It was said about another study.")
    for move in (
        lambda: reworded(ana, made, dissent="But."),
        lambda: actions.remove_voice(by=ana, insight=made, voice_id=heard.pk),
        lambda: actions.agree(by=ana, insight=made),
    ):
        with pytest.raises(NotNow):
            move()


def test_another_workspace_cannot_touch_an_insight(ana, cleo):
    made, _heard = draft(ana)
    with pytest.raises(Insight.DoesNotExist):
        actions.agree(by=cleo, insight=made)
