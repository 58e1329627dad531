"""Merging on its pages: choosing, side by side, confirming, undoing; and the history of an insight."""

import re

import pytest
from django.urls import reverse

from antiphon.platform.audit.history import history
from antiphon.workspace.decisions import actions as decisions
from antiphon.workspace.engagements import actions as engagements
from antiphon.workspace.insights import actions, queries
from antiphon.workspace.insights.models import Insight
from tests.cast import decision, engagement, insight, voice

REASON = "Both speak of the journey; one names the bus."


@pytest.fixture
def two(ana):
    where = engagement(ana)
    statements = ("Long journeys keep people from taking part.", "A long journey keeps people from coming.")
    return [
        insight(
            ana,
            programme=where.programme,
            statement=text,
            strength="SINGLE",
            voices=[voice(ana, f"{text} I know it.", engagement=where)],
        )
        for text in statements
    ]


@pytest.fixture
def ana_browses(signed_in, ana):
    return signed_in(ana)


def text(response):
    return " ".join(response.content.decode().split())


def merge_url(made):
    return reverse("insights:merge", args=[made.pk])


def test_from_the_record_to_those_that_say_the_same_to_both_side_by_side(ana_browses, two):
    one, other = two
    assert merge_url(one) in text(ana_browses.get(reverse("insights:record", args=[one.pk])))
    shown = text(ana_browses.get(merge_url(one)))
    assert f"{merge_url(one)}?other={other.pk}" in shown
    side_by_side = text(ana_browses.get(merge_url(one), {"other": str(other.pk)}))
    for words in (one.statement, other.statement, "2 voices for it", "Suggested from the number of voices"):
        assert words in side_by_side
    assert re.search(r'<input [^>]*value="SEVERAL"[^>]*checked', side_by_side)


def test_two_are_merged_and_unmerged_on_their_pages(ana_browses, two):
    one, other = two
    sent = {"other": str(other.pk), "kept": str(one.pk), "reason": REASON, "strength": "SEVERAL", "dissent": ""}
    done = ana_browses.post(merge_url(one), sent, follow=True)
    for words in ("Merged. Nothing is lost", "Also said as", other.statement, REASON):
        assert words in text(done)
    assert reverse("insights:unmerge", args=[other.pk]) in text(done)
    gone = text(ana_browses.get(reverse("insights:record", args=[other.pk])))
    assert "Merged into" in gone
    assert one.statement in gone
    assert other.statement not in text(ana_browses.get(reverse("insights:list")))
    back = text(ana_browses.post(reverse("insights:unmerge", args=[other.pk]), follow=True))
    assert "It is an insight of its own again" in back
    assert ana_browses.post(reverse("insights:unmerge", args=[other.pk])).status_code == 409


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(ana_browses, two):
    one, other = two
    sent = {"other": str(other.pk), "kept": str(one.pk), "reason": "because", "strength": "SINGLE", "dissent": "No."}
    for wanted in ("at least 10 characters", "because", "No.</textarea>"):
        page = ana_browses.post(merge_url(one), sent)
        assert page.status_code == 422
        assert wanted in text(page)
    page = ana_browses.post(merge_url(one), sent | {"reason": REASON})
    assert page.status_code == 422
    assert "Change the strength or the passages." in text(page)
    assert Insight.objects.get(pk=other.pk).state == "AGREED"


def test_two_that_cannot_be_merged_say_why(ana_browses, ana, two):
    shown = text(ana_browses.get(merge_url(two[0]), {"other": str(insight(ana).pk)}))
    assert "These two cannot be merged" in shown
    empty = text(ana_browses.get(merge_url(two[0]), {"q": "nobody said this"}))
    assert "No other insight of this programme has these words." in empty


def test_the_unmerging_that_leaves_the_other_lacking_says_so(ana_browses, ana, two):
    one, other = two
    actions.merge(by=ana, kept=one, absorbed=other, reason=REASON, strength="SEVERAL", dissent="")
    own = one.supports.get(came_with=None)
    Insight.objects.filter(pk=one.pk).update(strength="SINGLE")
    own.delete()
    shown = text(ana_browses.post(reverse("insights:unmerge", args=[other.pk]), follow=True))
    assert "so it is a draft again" in shown


@pytest.mark.parametrize("who", ["ben", "sam", "cora", "eve"])
def test_others_are_not_offered_to_merge_and_are_refused(cast, signed_in, two, who):
    browser = signed_in(getattr(cast, who))
    assert merge_url(two[0]) not in text(browser.get(reverse("insights:record", args=[two[0].pk])))
    assert browser.get(merge_url(two[0])).status_code == 403
    assert browser.post(reverse("insights:unmerge", args=[two[0].pk])).status_code == 403


def test_another_workspace_finds_nothing_to_merge(signed_in, cleo, ana, two):
    assert signed_in(cleo).get(merge_url(two[0])).status_code == 404
    theirs = insight(cleo)
    assert signed_in(ana).get(merge_url(two[0]), {"other": str(theirs.pk)}).status_code == 404
    assert signed_in(ana).get(merge_url(two[0]), {"other": "nonsense"}).status_code == 404
    assert signed_in(cleo).post(reverse("insights:unmerge", args=[two[0].pk])).status_code == 404


def test_similar_ones_lead_to_merging_where_an_insight_is_worded(ana_browses, ana, two):
    one, other = two
    wanted = f"{merge_url(one)}?other={other.pk}"
    assert wanted in text(ana_browses.get(reverse("insights:edit", args=[one.pk])))
    asked = {"q": one.statement, "but": str(one.pk), "programme": str(one.programme_id)}
    assert wanted in text(ana_browses.get(reverse("insights:similar"), asked))
    assert "?other=" not in text(ana_browses.get(reverse("insights:similar"), {"q": one.statement}))


def test_the_history_says_who_did_what_and_shows_nothing_sealed(ana_browses, ana, ben, two):
    one, other = two
    actions.merge(by=ana, kept=one, absorbed=other, reason=REASON, strength="SEVERAL", dissent="")
    actions.reopen(by=ana, insight=one)
    actions.agree(by=ben, insight=one)
    found = history(ana, "insights.Insight", one.pk, queries.HISTORY)
    told = [(deed.who, deed.words) for deed in found]
    assert told == [("Ben", "agreed on it"), ("Ana", "opened it again"), ("Ana", "merged another insight into it")]
    shown = text(ana_browses.get(reverse("insights:record", args=[one.pk])))
    assert "Ben agreed on it" in shown
    assert history(ana, "insights.Insight", one.pk, {})[0].words == "agreed"


def test_history_is_of_ones_own_workspace_and_takes_two_queries(ana, cleo, two, django_assert_num_queries):
    actions.reopen(by=ana, insight=two[0])
    assert history(cleo, "insights.Insight", two[0].pk, {}) == []
    with django_assert_num_queries(2):
        assert len(history(ana, "insights.Insight", two[0].pk, {})) == 1


def test_other_records_show_their_history_too(ana_browses, ana, two):
    about = decision(ana)
    decisions.edit(by=ana, decision=about, question="How often must people come to us?")
    assert "Ana changed it" in text(ana_browses.get(reverse("decisions:record", args=[about.pk])))
    planned = engagement(ana, held=False)
    engagements.hold(by=ana, engagement=planned, ends_date=planned.starts_date, groups=["patient"])
    assert "Ana said that it took place" in text(ana_browses.get(reverse("engagements:record", args=[planned.pk])))
