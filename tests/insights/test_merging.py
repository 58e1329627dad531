"""Taking an insight into another that says the same, and giving it back as it was."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from antiphon.platform import clock
from antiphon.platform.errors import NotAllowed, NotNow, NotValid, Refused
from antiphon.workspace.insights import actions, queries
from antiphon.workspace.insights.models import Insight, InsightCode, Merge, Support
from tests.cast import engagement, insight, told, voice

pytestmark = pytest.mark.django_db
REASON = "Both speak of the journey; one names the bus."


@pytest.fixture
def where(ana):
    return engagement(ana)


def said(by, where, *texts, **changes):
    heard = [voice(by, text, engagement=where) for text in texts or ("Three hours by bus.",)]
    strength = "SINGLE" if len(heard) == 1 else "SEVERAL"
    return insight(by, programme=where.programme, voices=heard, **{"strength": strength} | changes)


def merged(by, kept, absorbed, **changes):
    fields = {"reason": REASON, "strength": "SEVERAL", "dissent": ""} | changes
    return actions.merge(by=by, kept=kept, absorbed=absorbed, **fields)


def whole(made):
    """Everything that an insight is and holds."""
    own = Insight.objects.filter(pk=made.pk).values().get()
    rests = set(made.supports.values_list("voice_id", "stance", "added_by_id", "came_with_id", "created_at"))
    return own, rests, set(made.codes.values_list("pack", "code", "came_with_id"))


def voices_of(made):
    return set(made.supports.values_list("voice_id", flat=True))


def code(made, value, pack="needs"):
    return InsightCode.objects.create(workspace=made.workspace, insight=made, pack=pack, code=value)


def test_merging_brings_over_what_the_kept_one_lacks_and_remembers_with_what_it_came(ana, where):
    kept, absorbed = said(ana, where), said(ana, where, "The bus is late.", "It is far.")
    shared = kept.supports.get().voice
    Support.objects.create(workspace=ana.workspace, insight=absorbed, voice=shared, stance="DISSENTS", added_by=ana)
    code(absorbed, "carer", "stakeholder_types")
    before = whole(absorbed)
    made = merged(ana, kept, absorbed, dissent="Some like it.")
    assert voices_of(kept) == voices_of(absorbed)
    assert kept.supports.get(voice=shared).stance == "SUPPORTS"
    brought = set(Support.objects.filter(came_with=made).values_list("voice_id", flat=True))
    assert brought == voices_of(absorbed) - {shared.pk}
    assert set(made.codes.values_list("code", flat=True)) == {"carer"}
    kept.refresh_from_db()
    assert (kept.strength, kept.dissent, kept.version) == ("SEVERAL", "Some like it.", 2)
    assert whole(absorbed) == ({**before[0], "state": "MERGED"}, *before[1:])


def test_the_trail_says_what_was_merged_and_keeps_the_words_sealed(ana, where):
    kept, absorbed = said(ana, where), said(ana, where, "The bus is late.")
    made = merged(ana, kept, absorbed)
    on_kept, on_absorbed = told("insight.absorbed"), told("insight.merged")
    assert on_kept["facts"]["absorbed"] == str(absorbed.pk)
    assert on_kept["facts"]["voices"] == [str(pk) for pk in voices_of(absorbed)]
    assert on_kept["facts"]["merge"] == on_absorbed["facts"]["merge"] == str(made.pk)
    assert (on_absorbed["facts"]["was"], set(on_absorbed["fields"])) == ("AGREED", {"reason"})
    assert set(on_kept["fields"]) == {"strength"}
    actions.unmerge(by=ana, insight=absorbed)
    assert told("insight.gave_back")["facts"]["lacks"] == []
    assert told("insight.unmerged")["facts"]["is"] == "AGREED"


@pytest.mark.parametrize("role", ["ben", "sam", "cora", "eve"])
def test_only_leads_merge_and_unmerge(cast, where, role):
    kept, absorbed = said(cast.ana, where), said(cast.ana, where)
    with pytest.raises(NotAllowed):
        merged(getattr(cast, role), kept, absorbed)
    merged(cast.adam, kept, absorbed)
    with pytest.raises(NotAllowed):
        actions.unmerge(by=getattr(cast, role), insight=absorbed)


@pytest.mark.parametrize(
    ("field", "wrong"), [("reason", "same"), ("strength", "LOUD"), ("strength", "SINGLE"), ("dissent", "")]
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_merged(ana, where, field, wrong):
    kept, absorbed = said(ana, where), said(ana, where, "The bus is late.")
    if field == "dissent":
        against = voice(ana, "I like it.", engagement=where)
        Support.objects.create(
            workspace=ana.workspace, insight=absorbed, voice=against, stance="DISSENTS", added_by=ana
        )
    with pytest.raises(NotValid) as refusal:
        merged(ana, kept, absorbed, **{field: wrong})
    assert list(refusal.value.fields) == [field]
    absorbed.refresh_from_db()
    assert absorbed.state == "AGREED"
    assert not Merge.objects.exists()


def test_only_two_of_one_programme_that_stand_are_merged(ana, cleo, where):
    kept = said(ana, where)
    with pytest.raises(NotNow, match="two"):
        merged(ana, kept, insight(ana))
    with pytest.raises(NotValid):
        merged(ana, kept, kept)
    with pytest.raises(queries.NoSuchInsight):
        merged(ana, kept, insight(cleo))
    gone = said(ana, where, agreed=False, state="SET_ASIDE", set_aside_reason="Said by nobody.")
    draft = said(ana, where, agreed=False)
    for one, other in ((kept, gone), (gone, draft), (draft, kept)):
        with pytest.raises(NotNow):
            merged(ana, one, other)
    merged(ana, kept, draft)
    for one, other in ((kept, draft), (draft, said(ana, where)), (said(ana, where), kept)):
        with pytest.raises(NotNow):
            merged(ana, one, other)


def test_nothing_moves_on_a_merged_insight(ana, where):
    kept, absorbed = said(ana, where), said(ana, where, "The bus is late.")
    merged(ana, kept, absorbed)
    heard = absorbed.supports.get().voice_id
    known = queries.initial(Insight.objects.get(pk=absorbed.pk)) | {"owner": ana}
    for move in (
        lambda: actions.edit(by=ana, insight=absorbed, **known),
        lambda: actions.remove_voice(by=ana, insight=absorbed, voice_id=heard),
        lambda: actions.agree(by=ana, insight=absorbed),
        lambda: actions.reopen(by=ana, insight=absorbed),
        lambda: actions.set_aside(by=ana, insight=absorbed, reason="It was said elsewhere."),
    ):
        with pytest.raises(NotNow, match=r"merged|Only a draft"):
            move()


def test_unmerging_gives_back_exactly_what_was_before_on_both_sides(ana, where):
    kept, absorbed = said(ana, where), said(ana, where, "The bus is late.")
    code(absorbed, "N3.2")
    before, before_kept = whole(absorbed), whole(kept)
    merged(ana, kept, absorbed, dissent="Some like it.")
    back = actions.unmerge(by=ana, insight=absorbed)
    assert not back.kept_is_draft
    assert whole(absorbed) == before
    assert whole(kept) == ({**before_kept[0], "version": 3}, *before_kept[1:])
    with pytest.raises(NotNow):
        actions.unmerge(by=ana, insight=absorbed)
    again = merged(ana, kept, absorbed)
    assert Merge.objects.filter(undone_at=None).get() == again


def test_what_two_merges_brought_stays_until_the_last_is_undone(ana, where):
    kept, one = said(ana, where), said(ana, where, "The bus is late.")
    shared = one.supports.get().voice
    other = insight(ana, programme=where.programme, voices=[shared], strength="SINGLE")
    before = whole(kept)
    merged(ana, kept, one)
    merged(ana, kept, other)
    actions.unmerge(by=ana, insight=one)
    assert shared.pk in voices_of(kept)
    assert Insight.objects.get(pk=kept.pk).strength == "SEVERAL"
    actions.unmerge(by=ana, insight=other)
    assert whole(kept) == ({**before[0], "version": 5}, *before[1:])


def test_what_people_wrote_since_then_stays_with_the_kept_one(ana, where):
    kept, absorbed = said(ana, where, agreed=False), said(ana, where, "The bus is late.", agreed=False)
    merged(ana, kept, absorbed, dissent="Some like it.")
    by_hand = voice(ana, "I sleep at my sister's.", engagement=where)
    actions.add_voice(by=ana, insight=kept, voice_id=by_hand.pk, stance="SUPPORTS")
    known = queries.initial(Insight.objects.get(pk=kept.pk)) | {"owner": ana}
    actions.edit(by=ana, insight=kept, **known | {"dissent": "Nobody likes it.", "decision_points": ["DP08"]})
    actions.unmerge(by=ana, insight=absorbed)
    kept.refresh_from_db()
    assert by_hand.pk in voices_of(kept)
    assert (kept.dissent, kept.strength) == ("Nobody likes it.", "SEVERAL")
    assert "DP08" in queries.codes_of(kept)["decision_points"]


def test_an_agreed_one_that_lacks_something_after_unmerging_is_a_draft_again(ana, where):
    kept, absorbed = said(ana, where), said(ana, where, "The bus is late.", "It is far.")
    merged(ana, kept, absorbed)
    actions.remove_voice(by=ana, insight=kept, voice_id=kept.supports.get(came_with=None).voice_id)
    back = actions.unmerge(by=ana, insight=absorbed)
    assert back.kept_is_draft
    kept.refresh_from_db()
    assert (kept.state, kept.agreed_at) == ("DRAFT", None)
    assert told("insight.gave_back")["facts"]["state"] == "DRAFT"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, 2)),
        st.tuples(st.just("unmerge"), st.integers(0, 2)),
        st.tuples(st.just("voice"), st.integers(0, 5)),
        st.tuples(st.just("code"), st.integers(0, 3)),
    ),
    max_size=14,
)
CODES = ["N3.1", "N3.2", "N1.2", "N1.4"]


class Play:
    """One insight, three that say the same with voices and codes in common, and what somebody does with them."""

    def __init__(self, by):
        self.by, where = by, engagement(by)
        self.pool = [voice(by, f"Said {n}.", engagement=where) for n in range(6)]
        self.kept, *self.others = [
            insight(by, agreed=False, programme=where.programme, voices=self.pool[n : n + 3]) for n in range(4)
        ]
        for n, each in enumerate(self.others):
            code(each, CODES[n + 1])
        self.by_hand = {each.pk for each in self.pool[:3]}, {"N3.1"}
        self.before = [whole(each) for each in self.others]
        self.dissent_had_to_stay = False

    def merge(self, n):
        current = Insight.objects.get(pk=self.kept.pk)
        merged(self.by, current, self.others[n], dissent=f"{current.dissent} Against {n}.")

    def unmerge(self, n):
        actions.unmerge(by=self.by, insight=self.others[n])
        # Whoever dissents by hand still needs the words for it, and they stay when that voice goes, too.
        self.dissent_had_to_stay |= self.kept.supports.filter(stance="DISSENTS").exists()

    def voice(self, n):
        wanted = self.pool[n].pk
        if wanted in voices_of(self.kept):
            actions.remove_voice(by=self.by, insight=self.kept, voice_id=wanted)
            self.by_hand[0].discard(wanted)
        else:
            actions.add_voice(by=self.by, insight=self.kept, voice_id=wanted, stance="DISSENTS")
            self.by_hand[0].add(wanted)

    def code(self, n):
        current = Insight.objects.get(pk=self.kept.pk)
        known = queries.initial(current) | {"owner": self.by}
        known["needs"] = set(known["needs"]) ^ {CODES[n]}
        actions.edit(by=self.by, insight=current, **known)
        keep = self.by_hand[1].add if CODES[n] in known["needs"] else self.by_hand[1].discard
        keep(CODES[n])


@given(steps=STEPS, order=st.permutations(range(3)))
@example(steps=[("merge", 0), ("voice", 4), ("unmerge", 0), ("voice", 4)], order=[0, 1, 2])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_between_unmerging_gives_each_its_own(ana, steps, order):
    with transaction.atomic():
        play = Play(ana)
        for step, n in steps:
            try:
                getattr(play, step)(n)
            except Refused:
                continue
        for n in order:
            if Insight.objects.get(pk=play.others[n].pk).state == "MERGED":
                play.unmerge(n)
        assert [whole(each) for each in play.others] == play.before
        assert (voices_of(play.kept), queries.codes_of(play.kept).get("needs", set())) == play.by_hand
        assert play.dissent_had_to_stay or Insight.objects.get(pk=play.kept.pk).dissent == ""
        transaction.set_rollback(True)


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_holds_a_merge_together(ana, ben, where):
    kept, absorbed, third = (said(ana, where) for _n in range(3))
    made = merged(ana, kept, absorbed)
    common = {"workspace": ana.workspace, "reason": REASON, "was": "DRAFT", "merged_at": clock.now(), "merged_by": ana}
    pairs = [(third, absorbed), (third, kept), (absorbed, third), (third, third), (third, insight(ana))]
    for one, other in pairs:
        refused(lambda one=one, other=other: Merge.objects.create(kept=one, absorbed=other, **common))
    rows = Merge.objects.filter(pk=made.pk)
    for change in ({"kept": third}, {"reason": "Another one."}, {"was": "DRAFT"}, {"merged_by": ben}):
        refused(lambda change=change: rows.update(**change))
    refused(lambda: rows.update(undone_at=clock.now()))
    refused(made.delete)
    refused(lambda: Insight.objects.filter(pk=absorbed.pk).update(state="AGREED"))
    refused(lambda: Insight.objects.filter(pk=third.pk).update(state="MERGED"))
    refused(lambda: Insight.objects.filter(pk=absorbed.pk).update(strength="CONSENSUS"))
    refused(lambda: insight(ana, state="MERGED"))
    rows.update(undone_at=clock.now(), undone_by=ana)
    refused(lambda: rows.update(undone_at=None, undone_by=None))


def test_the_database_keeps_what_a_merged_insight_rested_on(ana, where):
    kept, absorbed = said(ana, where), said(ana, where)
    merged(ana, kept, absorbed)
    mine = absorbed.supports.get()
    refused(lambda: Support.objects.filter(pk=mine.pk).update(stance="DISSENTS"))
    refused(mine.delete)
    refused(lambda: absorbed.codes.all().delete())
    refused(lambda: code(absorbed, "N3.2"))
    refused(lambda: kept.supports.update(insight=absorbed))


def test_a_merged_insight_is_counted_with_the_one_it_went_into(ana, where):
    kept = said(ana, where, statement="Long journeys keep people from taking part.")
    absorbed = said(ana, where, "The bus is late.", statement="Buses are late and keep people from coming.")
    merged(ana, kept, absorbed)
    assert [row.id for row in queries.rows(ana)] == [row.id for row in queries.page(ana)] == [kept.pk]
    assert [row.id for row in queries.rows(ana, state="MERGED")] == [absorbed.pk]
    assert [row.id for row in queries.rows(ana, ids=[absorbed.pk])] == [absorbed.pk]
    found = queries.nearest_to(ana, ["buses"], limit=5)
    assert [(row.id, row.also_said) for row in found] == [(kept.pk, (absorbed.statement,))]
    (alike,) = queries.similar(ana, absorbed.statement)
    assert (alike.id, alike.statement, alike.likeness) == (kept.pk, kept.statement, 1.0)
    assert queries.similar(ana, absorbed.statement, but=kept.pk) == []
    actions.unmerge(by=ana, insight=absorbed)
    assert len(queries.rows(ana)) == 2
    assert queries.nearest_to(ana, ["buses"], limit=5)[0].id == absorbed.pk


def test_both_records_tell_of_the_merge(ana, eve, where):
    kept, absorbed = said(ana, where), said(ana, where)
    merged(ana, kept, absorbed)
    on_absorbed, on_kept = queries.record(ana, absorbed.pk), queries.record(ana, kept.pk)
    assert (on_absorbed.merged_into.insight_id, on_absorbed.merged_into.reason) == (kept.pk, REASON)
    assert [row.insight_id for row in on_kept.took_in] == [absorbed.pk]
    for can in ("can_edit", "can_reopen", "can_set_aside", "can_merge"):
        assert not getattr(on_absorbed, can), can
    assert (on_kept.can_merge, queries.record(eve, kept.pk).can_merge) == (True, False)


def test_side_by_side_a_suggestion_stands_for_a_person_to_judge(ana, where):
    one = said(ana, where, dissent="Some like it.")
    other = said(ana, where, "The bus is late.", agreed=False)
    both = queries.comparison(ana, other.pk, one.pk)
    assert both.keepable == (one.pk,)
    assert (both.supporting_count, both.strength, both.dissent) == (2, "SEVERAL", "Some like it.")
    assert queries.comparison(ana, one.pk, insight(ana).pk).keepable == ()
    assert queries.comparison(ana, one.pk, one.pk).keepable == ()


def test_those_that_say_the_same_are_offered_and_words_find_others(ana, where):
    one = said(ana, where, statement="Long journeys keep people from taking part.")
    near = said(ana, where, statement="A long journey keeps people from coming.")
    far = said(ana, where, statement="Injections at home frighten carers.")
    insight(ana, statement="Long journeys keep people from taking part in this.")
    assert [row.id for row in queries.to_merge_with(ana, one.pk)] == [near.pk]
    assert [row.id for row in queries.to_merge_with(ana, one.pk, "injections")] == [far.pk]
    assert queries.to_merge_with(ana, one.pk, "nothing") == []


def test_a_second_lead_who_unmerges_too_late_is_told(ana, where):
    kept, absorbed = said(ana, where), said(ana, where)
    merged(ana, kept, absorbed)
    stale = Insight.objects.get(pk=absorbed.pk)
    actions.unmerge(by=ana, insight=absorbed)
    with pytest.raises(NotNow, match="not merged"):
        actions.unmerge(by=ana, insight=stale)
