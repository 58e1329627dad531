"""From any voice forward, from any decision back."""

import datetime

import pytest

from antiphon.platform.errors import NoSuch
from antiphon.workspace.decisions import actions as decisions
from antiphon.workspace.insights.models import Support
from antiphon.workspace.measures import queries
from antiphon.workspace.measures.queries import trail as trails
from tests.cast import decision, engagement, insight, voice

LATER = datetime.date(2027, 5, 1)


def ids(trail, kind):
    return [node.id for node in trail.columns[kind]]


def test_what_one_persons_words_changed(ana, line):
    trail = queries.trail_of_voice(ana, line["voice"].pk)
    assert ids(trail, "voice") == [line["voice"].pk]
    assert set(ids(trail, "insight")) == {line["told"].pk, line["unweighed"].pk}
    assert ids(trail, "decision") == [line["decision"].pk]
    assert ids(trail, "change") == [line["decision"].pk]
    assert ids(trail, "answer") == [line["answer"].pk]
    assert trail.columns["answer"][0].meta == "given"
    assert [node.current for node in trail.columns["voice"]] == [True]


def test_the_answer_of_another_engagement_is_not_this_voices(ana, line):
    trail = queries.trail_of_voice(ana, line["other"].pk)
    assert ids(trail, "decision") == [line["decision"].pk]
    assert ids(trail, "answer") == [line["drafted"].pk]
    assert trail.columns["answer"][0].meta == "drafted"


def test_whose_words_stand_behind_a_decision(ana, line):
    trail = queries.trail_of_decision(ana, line["decision"].pk)
    assert set(ids(trail, "voice")) == {line["voice"].pk, line["other"].pk}
    assert ids(trail, "insight") == [line["told"].pk]
    assert set(ids(trail, "answer")) == {line["answer"].pk, line["drafted"].pk}
    assert trail.columns["decision"][0].meta == "Implemented"


def test_what_an_insight_rests_on_and_what_became_of_it(ana, line):
    trail = queries.trail_of_insight(ana, line["told"].pk)
    assert set(ids(trail, "voice")) == {line["voice"].pk, line["other"].pk}
    assert ids(trail, "decision") == [line["decision"].pk]
    assert trail.columns["insight"][0].current
    nothing = queries.trail_of_insight(ana, line["unweighed"].pk)
    assert (ids(nothing, "decision"), ids(nothing, "answer"), ids(nothing, "change")) == ([], [], [])


@pytest.mark.parametrize("start", ["old", "new", "voice", "insight"])
def test_a_superseded_decision_and_its_successor_are_both_shown(ana, line, start):
    old = line["decision"]
    new = decisions.supersede(by=ana, decision=old, reason="The firm cannot deliver.", due_date=LATER)
    trail = {
        "old": lambda: queries.trail_of_decision(ana, old.pk),
        "new": lambda: queries.trail_of_decision(ana, new.pk),
        "voice": lambda: queries.trail_of_voice(ana, line["voice"].pk),
        "insight": lambda: queries.trail_of_insight(ana, line["told"].pk),
    }[start]()
    assert set(ids(trail, "decision")) == {old.pk, new.pk}
    assert "not settled yet" in {node.meta for node in trail.columns["decision"]}


def test_dissent_is_marked(ana):
    stated = insight(ana)
    against = voice(ana, engagement=engagement(ana, programme=stated.programme))
    Support.objects.create(workspace=ana.workspace, insight=stated, voice=against, stance="DISSENTS", added_by=ana)
    assert queries.trail_of_insight(ana, stated.pk).columns["insight"][0].meta == "with dissent"


def test_more_voices_than_can_be_drawn_are_counted(ana, monkeypatch):
    monkeypatch.setattr(trails, "MOST_VOICES", 3)
    group = engagement(ana)
    for count, more in ((3, 0), (5, 2)):
        stated = insight(ana, programme=group.programme, voices=[voice(ana, engagement=group) for _ in range(count)])
        trail = queries.trail_of_insight(ana, stated.pk)
        assert (len(trail.columns["voice"]), trail.more_voices) == (3, more)


def test_only_the_redacted_words_are_on_the_trail(ana):
    spoken = voice(ana, "Call me on 07700 900123.", redacted="Call me on [phone].")
    [node] = queries.trail_of_voice(ana, spoken.pk).columns["voice"]
    assert node.text == "Call me on [phone]."


@pytest.mark.parametrize("find", ["trail_of_voice", "trail_of_insight", "trail_of_decision"])
def test_another_workspaces_trail_is_not_there(cleo, line, find):
    wanted = {"trail_of_voice": "voice", "trail_of_insight": "told", "trail_of_decision": "decision"}[find]
    with pytest.raises(NoSuch):
        getattr(queries, find)(cleo, line[wanted].pk)


@pytest.mark.parametrize("find", ["trail_of_voice", "trail_of_insight", "trail_of_decision"])
def test_the_number_of_queries_is_fixed(ana, line, django_assert_max_num_queries, find):
    wanted = {"trail_of_voice": "voice", "trail_of_insight": "told", "trail_of_decision": "decision"}[find]
    for _ in range(4):
        more = voice(ana, engagement=line["voice"].engagement)
        Support.objects.create(
            workspace=ana.workspace, insight=line["told"], voice=more, stance="SUPPORTS", added_by=ana
        )
        decision(ana, weighs=[line["told"]])
        with django_assert_max_num_queries(9):
            getattr(queries, find)(ana, line[wanted].pk)
