"""The pages of insights, as people of different roles meet them."""

import re

import pytest
from django.urls import reverse

from antiphon.workspace.insights.models import Insight
from antiphon.workspace.voices.models import Coding
from tests.cast import engagement, insight, programme, voice

LIST_QUERIES = 12
STATEMENT = "Long journeys keep people with heart failure from taking part."


@pytest.fixture
def ana_browses(signed_in, ana):
    return signed_in(ana)


def draft(by, *texts):
    where = engagement(by)
    heard = [voice(by, text, engagement=where) for text in texts or ("Three hours by bus.",)]
    strength = "SINGLE" if len(heard) == 1 else "SEVERAL"
    return insight(by, agreed=False, programme=where.programme, voices=heard, strength=strength), heard


def written(by, **changes):
    fields = {"statement": STATEMENT, "strength": "SINGLE", "owner": str(by.pk), "needs": ["N3.1"]}
    return fields | changes


def ticked(response):
    """The boxes and cards of a form that are chosen."""
    inputs = re.findall(r"<input [^>]*\bchecked\b[^>]*>", text(response))
    return {re.search(r'value="([^"]*)"', each)[1] for each in inputs}


def text(response):
    return " ".join(response.content.decode().split())


def test_an_empty_list_teaches(ana_browses):
    page = ana_browses.get(reverse("insights:list"))
    assert page.status_code == 200
    assert "An insight is one sentence that rests on passages" in text(page)
    assert reverse("voices:queue") in text(page)


def test_filters_that_find_nothing_offer_the_way_back(ana_browses, ana):
    insight(ana)
    shown = text(ana_browses.get(reverse("insights:list"), {"q": "nobody said this"}))
    assert "No insight matches these filters." in shown


@pytest.mark.parametrize("who", ["ana", "ben", "sam", "cora", "eve", "adam"])
def test_everyone_reads(cast, signed_in, who):
    made = insight(cast.ana)
    browser = signed_in(getattr(cast, who))
    for name, args in (("list", []), ("record", [made.pk])):
        shown = browser.get(reverse(f"insights:{name}", args=args))
        assert shown.status_code == 200
        assert made.statement in text(shown)


def test_several_insights_are_taken_to_a_decision_without_a_script(ana_browses, ana):
    agreed, _draft = insight(ana), draft(ana)
    shown = text(ana_browses.get(reverse("insights:list")))
    assert f'<form method="get" action="{reverse("decisions:new")}">' in shown
    assert shown.count('type="checkbox" name="insight"') == 1
    assert f'name="insight" value="{agreed.pk}"' in shown


def test_readers_choose_nothing_for_a_decision(signed_in, eve, ana):
    insight(ana)
    shown = text(signed_in(eve).get(reverse("insights:list")))
    assert 'name="insight"' not in shown
    assert reverse("insights:new") not in shown


def test_a_part_of_the_list_answers_the_filter_bar(ana_browses, ana):
    made = insight(ana)
    part = ana_browses.get(reverse("insights:list"), headers={"HX-Request": "true"})
    assert made.statement in text(part)
    assert "<html" not in text(part)


def test_those_that_wait_keep_waiting_when_they_are_filtered(ana_browses, ana):
    made, (left_out, _heard) = insight(ana), draft(ana)
    shown = text(ana_browses.get(reverse("insights:list"), {"waiting": "1", "state": "AGREED"}))
    assert made.statement in shown
    assert left_out.statement not in shown
    assert '<input type="hidden" name="waiting" value="1">' in shown


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_as_many_queries_however_long(ana_browses, ana, django_assert_num_queries, count):
    for _n in range(count):
        insight(ana, programme=programme(ana))
    ana_browses.get(reverse("insights:list"))
    # Session, user, member; count, page, rows, codes; programmes with functions, colleagues to filter by, words.
    with django_assert_num_queries(LIST_QUERIES):
        ana_browses.get(reverse("insights:list"))


def test_a_new_insight_starts_from_its_passages(ana_browses, ana):
    heard = voice(ana, "Three hours by bus.")
    Coding.objects.create(workspace=ana.workspace, voice=heard, code="N3.1", start=0, end=5, coded_by=ana)
    page = ana_browses.get(reverse("insights:new"), {"voice": [str(heard.pk), "nonsense"]})
    shown = text(page)
    assert "Three hours by bus." in shown
    assert f'<input type="hidden" name="voice" value="{heard.pk}">' in shown
    assert f'<option value="{heard.engagement.programme_id}" selected>' in shown
    assert ticked(page) == {"N3.1", "SINGLE"}


def test_an_insight_is_stated_on_its_page(ana_browses, ana):
    heard = voice(ana)
    about = {"programme": str(heard.engagement.programme_id), "voice": [str(heard.pk)], "groups": ["carer"]}
    answer = ana_browses.post(reverse("insights:new"), written(ana, **about))
    made = Insight.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("insights:record", args=[made.pk])
    assert made.supports.get().voice == heard


def test_what_was_typed_is_kept_when_something_is_wrong(ana_browses, ana):
    heard = voice(ana, "Three hours by bus.")
    about = {
        "programme": str(heard.engagement.programme_id),
        "voice": [str(heard.pk)],
        "dissent": "Some drive.",
    }
    page = ana_browses.post(reverse("insights:new"), written(ana, statement="Short.", **about))
    assert page.status_code == 422
    for kept in ("Short.", "Some drive.", "Three hours by bus.", "at least 15 characters"):
        assert kept in text(page)
    assert not Insight.objects.exists()


def test_a_sentence_said_already_leads_to_the_one_that_says_it(ana_browses, ana):
    first = insight(ana, statement=STATEMENT)
    page = ana_browses.post(
        reverse("insights:new"), written(ana, programme=str(first.programme_id), statement=STATEMENT.upper())
    )
    assert page.status_code == 422
    assert "It is said already:" in text(page)
    assert reverse("insights:record", args=[first.pk]) in text(page)


def test_words_of_another_programme_are_refused_with_their_consent(ana_browses, ana):
    about = {"programme": str(programme(ana).pk), "voice": [str(voice(ana).pk)]}
    page = ana_browses.post(reverse("insights:new"), written(ana, **about))
    assert page.status_code == 422
    assert "The consent “This programme” was given for" in text(page)


def test_readers_are_told_before_they_write(signed_in, eve, ana):
    browser = signed_in(eve)
    made, _heard = draft(ana)
    for address in (reverse("insights:new"), reverse("insights:edit", args=[made.pk])):
        assert browser.get(address).status_code == 403


def test_similar_insights_are_shown_while_writing(ana_browses, ana):
    made = insight(ana, statement=STATEMENT)
    part = ana_browses.get(reverse("insights:similar"), {"q": "Long journeys keep people from taking part"})
    assert made.statement in text(part)
    assert "% alike" in text(part)
    typed = {"statement": STATEMENT, "programme": str(made.programme_id), "but": str(made.pk)}
    assert "No insight says the same" in text(ana_browses.get(reverse("insights:similar"), typed))
    assert text(ana_browses.get(reverse("insights:similar"))) == ""
    assert ana_browses.get(reverse("insights:similar"), {"programme": "x", "but": "y"}).status_code == 200


def test_without_a_script_a_button_looks_for_similar_ones_and_keeps_what_was_typed(ana_browses, ana):
    made = insight(ana, statement=STATEMENT)
    about = {
        "programme": str(made.programme_id),
        "look": "1",
        "statement": STATEMENT[:-15],
        "needs": ["N1.2"],
    }
    page = ana_browses.post(reverse("insights:new"), written(ana, **about))
    assert page.status_code == 200
    assert "says nearly the same" in text(page)
    assert STATEMENT[:-15] in text(page)
    assert ticked(page) == {"N1.2", "SINGLE"}
    assert "needs another look" not in text(page)
    assert Insight.objects.count() == 1


def test_the_record_shows_voices_and_what_is_missing(ana_browses, ana):
    made, _heard = draft(ana, "Three hours by bus.", "The train leaves at five.")
    Insight.objects.filter(pk=made.pk).update(strength="SINGLE")
    shown = text(ana_browses.get(reverse("insights:record", args=[made.pk])))
    for words in ("Three hours by bus.", "The train leaves at five.", "A strength that fits its voices"):
        assert words in shown
    assert "“One voice” rests on one" in shown
    for name in ("agree", "set_aside", "edit", "add_voice"):
        assert reverse(f"insights:{name}", args=[made.pk]) in shown or name == "add_voice"
    assert reverse("measures:trail_insight", args=[made.pk]) in shown


def test_more_passages_are_found_and_added(ana_browses, ana):
    made, (heard,) = draft(ana)
    other = voice(ana, "I like the bus ride.", engagement=heard.engagement)
    address = reverse("insights:record", args=[made.pk])
    assert "I like the bus ride." in text(ana_browses.get(address, {"q": "ride"}))
    sent = {"voice": str(other.pk), "stance": "DISSENTS", "q": "ride"}
    answer = ana_browses.post(reverse("insights:add_voice", args=[made.pk]), sent)
    assert answer.url == f"{address}?q=ride#more"
    shown = text(ana_browses.get(address))
    assert "What speaks against it" in shown
    assert "A passage speaks against it. Write down what it says." in shown
    again = ana_browses.post(reverse("insights:add_voice", args=[made.pk]), sent, follow=True)
    assert "there already" in text(again)
    missing = ana_browses.post(
        reverse("insights:add_voice", args=[made.pk]), {"voice": "nonsense", "stance": "SUPPORTS"}
    )
    assert missing.status_code == 404


def test_a_passage_is_taken_away(ana_browses, ana):
    made, (heard,) = draft(ana)
    answer = ana_browses.post(reverse("insights:remove_voice", args=[made.pk, heard.pk]), follow=True)
    assert "The passage was taken away." in text(answer)
    assert "This insight rests on no passage yet." in text(answer)


def test_people_agree_on_the_page_or_hear_what_is_missing(ana_browses, ana):
    made, (heard,) = draft(ana)
    ready = ana_browses.post(reverse("insights:agree", args=[made.pk]), follow=True)
    assert "Agreed. Next: open a decision with this insight." in text(ready)
    wanted = f"{reverse('decisions:new')}?insight={made.pk}&amp;programme={made.programme_id}"
    assert wanted in text(ready)
    refused = ana_browses.post(reverse("insights:remove_voice", args=[made.pk, heard.pk]), follow=True)
    assert "it would lose: At least one voice" in text(refused)
    lacking = insight(ana, agreed=False, voices=[])
    told = ana_browses.post(reverse("insights:agree", args=[lacking.pk]), follow=True)
    assert "Add a passage it rests on." in text(told)


def test_an_insight_is_set_aside_with_a_reason_and_opened_again(ana_browses, ana):
    made, _heard = draft(ana)
    address = reverse("insights:set_aside", args=[made.pk])
    refused = ana_browses.post(address, {"reason": "no"})
    assert refused.status_code == 422
    assert "at least 10 characters" in text(refused)
    gone = ana_browses.post(address, {"reason": "It was said about another study."}, follow=True)
    assert "This insight is set aside: It was said about another study." in text(gone)
    assert ana_browses.post(address, {"reason": "It was said about another study."}).status_code == 409
    back = ana_browses.post(reverse("insights:reopen", args=[made.pk]), follow=True)
    assert "The insight is a draft again." in text(back)


def test_an_insight_is_changed_on_its_page(ana_browses, ana):
    made, _heard = draft(ana)
    address = reverse("insights:edit", args=[made.pk])
    shown = text(ana_browses.get(address))
    assert made.statement in shown
    assert '<input type="hidden" name="version" value="1"' in shown
    answer = ana_browses.post(address, written(ana, version="1", decision_points=["DP08"]))
    assert answer.url == reverse("insights:record", args=[made.pk])
    made.refresh_from_db()
    assert (made.statement, made.version) == (STATEMENT, 2)


def test_both_versions_stand_on_the_page_when_two_people_wrote(signed_in, ana, ben):
    made, _heard = draft(ana)
    address = reverse("insights:edit", args=[made.pk])
    first = written(ana, version="1", statement="Ben says that the way is far too long.")
    signed_in(ben).post(address, first)
    mine = written(ana, version="1", statement="Ana says that the bus is always late.", needs=["N1.2", "N3.1"])
    page = signed_in(ana).post(address, mine)
    assert page.status_code == 409
    for words in (
        "Ben changed this while you wrote. Your words are kept below.",
        "Ben says that the way is far too long.",
        "Ana says that the bus is always late.",
        '<input type="hidden" name="version" value="2"',
    ):
        assert words in text(page)
    assert ticked(page) == {"N1.2", "N3.1", "SINGLE"}
    assert signed_in(ana).post(address, mine | {"version": "2"}).status_code == 302
    made.refresh_from_db()
    assert made.statement == "Ana says that the bus is always late."


def test_the_sentence_of_an_agreed_insight_stays_on_the_form(ana_browses, ana):
    made, _heard = draft(ana)
    ana_browses.post(reverse("insights:agree", args=[made.pk]))
    address = reverse("insights:edit", args=[made.pk])
    assert "To word it anew, open the insight again." in text(ana_browses.get(address))
    assert ana_browses.post(address, written(ana, version="1")).status_code == 302
    kept = Insight.objects.get(pk=made.pk)
    assert (kept.statement, kept.version) == (made.statement, 1)
    refused = ana_browses.post(address, written(ana, version="1", strength="SEVERAL"))
    assert refused.status_code == 409
    assert "it would lose: A strength that fits its voices" in text(refused)


def test_whoever_left_stays_the_owner_until_somebody_else_is_chosen(ana_browses, ana, ben):
    made, _heard = draft(ana)
    Insight.objects.filter(pk=made.pk).update(owner=ben)
    type(ben).objects.filter(pk=ben.pk).update(ended_at=made.created_at)
    address = reverse("insights:edit", args=[made.pk])
    assert f'<option value="{ben.pk}" selected>Ben</option>' in text(ana_browses.get(address))
    assert ana_browses.post(address, written(ben, version="1")).status_code == 302
    assert Insight.objects.get(pk=made.pk).owner == ben


@pytest.mark.parametrize("name", ["record", "edit"])
def test_another_workspace_finds_nothing(signed_in, cleo, ana, name):
    made = insight(ana)
    assert signed_in(cleo).get(reverse(f"insights:{name}", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("name", ["agree", "set_aside", "reopen", "add_voice"])
def test_another_workspace_changes_nothing(signed_in, cleo, ana, name):
    made, _heard = draft(ana)
    before = Insight.objects.filter(pk=made.pk).values().get()
    assert signed_in(cleo).post(reverse(f"insights:{name}", args=[made.pk])).status_code == 404
    assert Insight.objects.filter(pk=made.pk).values().get() == before


def test_an_insight_takes_no_voice_of_another_workspace(ana_browses, ana, cleo):
    made, _heard = draft(ana)
    sent = {"voice": str(voice(cleo).pk), "stance": "SUPPORTS"}
    assert ana_browses.post(reverse("insights:add_voice", args=[made.pk]), sent).status_code == 404
