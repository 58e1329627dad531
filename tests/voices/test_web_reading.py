"""Reading and coding, as a browser meets them, with and without JavaScript."""

import pytest
from django.urls import reverse

from antiphon.workspace.voices import actions
from antiphon.workspace.voices.models import Coding, Suggestion, Voice
from tests.cast import suggestion, voice

QUEUE = "voices:queue"
TEXT = "The journey to the clinic takes me three hours."


@pytest.fixture
def said(ana):
    return voice(ana, TEXT)


@pytest.fixture
def suggested(ana, said):
    return suggestion(ana, said)


def post(browser, name: str, thing, **data):
    return browser.post(reverse(f"voices:{name}", args=[thing.pk]), data)


def test_the_queue_shows_a_passage_with_its_origin_its_why_and_its_keys(ana, said, suggested, signed_in):
    page = signed_in(ana).get(reverse(QUEUE))
    assert page.status_code == 200
    assert '<mark class="why">journey</mark>' in page.text
    for words in (
        said.place,
        said.source.name,
        said.engagement.name,
        "This programme",
        "Access to treatment",
    ):
        assert words in page.text
    for key in "acxnjisl/":
        assert f'data-key="{key}"' in page.text


@pytest.mark.parametrize("role", ["ana", "ben", "sam", "cora", "eve", "adam"])
def test_everyone_reads_and_those_who_code_are_offered_it(cast, said, suggested, signed_in, role):
    page = signed_in(getattr(cast, role)).get(reverse(QUEUE))
    assert page.status_code == 200
    assert ("/accept/" in page.text) == (role not in ("cora", "eve"))


def test_an_empty_queue_teaches(ana, signed_in):
    browser = signed_in(ana)
    assert reverse("voices:intake_new") in browser.get(reverse(QUEUE)).text
    read = voice(ana)
    assert "No passage fits these filters." in browser.get(reverse(QUEUE), {"q": "nobody said this"}).text
    actions.finish_reading(by=ana, voice_id=read.pk)
    assert "Every passage is read." in browser.get(reverse(QUEUE)).text


def test_accepting_without_javascript_comes_back_to_the_passage_and_its_filters(ana, suggested, signed_in):
    answer = post(signed_in(ana), "suggestion_accept", suggested, back="show=all&q=journey", voice=suggested.voice_id)
    assert answer.status_code == 302
    assert answer.url == f"{reverse(QUEUE)}?show=all&q=journey&voice={suggested.voice_id}"
    assert Coding.objects.get().coded_by == ana


def test_accepting_with_javascript_answers_with_the_part(ana, suggested, signed_in):
    address = reverse("voices:suggestion_accept", args=[suggested.pk])
    answer = signed_in(ana).post(address, {"start": "4", "end": "11"}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert answer["HX-Push-Url"] == f"{reverse(QUEUE)}?voice={suggested.voice_id}"
    coding = Coding.objects.get()
    assert (coding.start, coding.end) == (4, 11)


def test_every_move_works_with_plain_buttons(ana, said, suggested, signed_in):
    browser = signed_in(ana)
    post(browser, "suggestion_reject", suggested)
    assert Suggestion.objects.get().verdict == "REJECTED"
    post(browser, "suggestion_reopen", suggested)
    post(browser, "suggestion_change", suggested, need="Burden of travel · N1.4.5")
    assert Suggestion.objects.get().verdict == "CHANGED"
    post(browser, "code", said, need="continuity of care")
    coding = Coding.objects.get(code="N3.2")
    post(browser, "uncode", coding)
    coding.refresh_from_db()
    assert coding.withdrawn_by == ana
    assert post(browser, "read_done", said).url == f"{reverse(QUEUE)}?"
    assert Voice.objects.get().read_by == ana
    post(browser, "read_again", said)
    assert Voice.objects.get().read_at is None


@pytest.mark.parametrize("back", ["", "from-record"])
def test_a_need_that_is_none_is_refused_with_what_was_typed(ana, said, signed_in, back):
    data = {"need": "Free beer"} | ({"from": "record"} if back else {})
    page = post(signed_in(ana), "code", said, **data)
    assert page.status_code == 422
    assert "There is no need of this name." in page.text
    assert 'value="Free beer"' in page.text
    assert not Coding.objects.exists()


def test_a_safety_decision_without_a_reason_is_refused_in_place(sam, said, signed_in):
    Voice.objects.filter(pk=said.pk).update(safety="POSSIBLE")
    browser = signed_in(sam)
    page = post(browser, "safety_decide", said, wanted="FORWARDED", reason="")
    assert page.status_code == 422
    assert "under which reference" in page.text
    assert post(browser, "safety_decide", said, wanted="EXPLODED").status_code == 422
    assert post(browser, "safety_decide", said, wanted="FORWARDED", reason="PV-1").status_code == 302
    assert Voice.objects.get().safety == "FORWARDED"


def test_pages_show_only_the_redacted_reading(ana, signed_in):
    hidden = voice(ana, "I am Maria Jones.", redacted="I am [person].")
    browser = signed_in(ana)
    for page in (browser.get(reverse(QUEUE)), browser.get(reverse("voices:voice", args=[hidden.pk]))):
        assert "Maria" not in page.text
        assert "[person]" in page.text


def test_the_original_words_take_a_purpose_and_a_role(cast, signed_in):
    hidden = voice(cast.ana, "I am Maria Jones.", redacted="I am [person].")
    browser = signed_in(cast.sam)
    assert browser.get(reverse("voices:original", args=[hidden.pk])).status_code == 405
    assert post(browser, "original", hidden, purpose="").status_code == 422
    page = post(browser, "original", hidden, purpose="Following up a report")
    assert (page.status_code, "I am Maria Jones." in page.text) == (200, True)
    assert post(signed_in(cast.ben), "original", hidden, purpose="Following up a report").status_code == 403


def test_a_voice_has_a_page_with_its_history_and_its_trail(cast, said, suggested, signed_in):
    actions.accept(by=cast.ben, suggestion_id=suggested.pk)
    actions.finish_reading(by=cast.ana, voice_id=said.pk)
    page = signed_in(cast.eve).get(reverse("voices:voice", args=[said.pk]))
    assert page.status_code == 200
    assert "Ben heard “Access to treatment”" in page.text
    assert "Ana finished reading it" in page.text
    assert reverse("measures:trail_voice", args=[said.pk]) in page.text
    assert "Show the original words" not in page.text


def test_hostile_words_stay_words(ana, signed_in):
    text = '<script>alert(1)</script> "quoted" & \u202eturned around\r\nnext line'
    hostile = voice(ana, text, group="<b>group</b>", place="<i>row</i>", column="<u>column</u>")
    suggestion(ana, hostile, why=[{"start": 0, "end": 8, "rule": "x"}])
    browser = signed_in(ana)
    for page in (browser.get(reverse(QUEUE)), browser.get(reverse("voices:voice", args=[hostile.pk]))):
        for tag in ("<script>alert", "<b>group", "<i>row", "<u>column"):
            assert tag not in page.text
        assert "&lt;script&gt;" in page.text
        assert "around&#13;\nnext" in page.text, "a browser must count the same characters as we do"


@pytest.mark.parametrize("value", ["x", "00000000-0000-0000-0000-000000000000'", "../etc"])
def test_odd_addresses_do_no_harm(ana, said, signed_in, value):
    page = signed_in(ana).get(reverse(QUEUE), {"voice": value, "after": value, "engagement": value, "show": value})
    assert page.status_code == 200


def test_another_workspace_s_things_are_not_found(ana, cleo, said, suggested, signed_in):
    coding = actions.code(by=ana, voice_id=said.pk, need="N1.4.5")
    browser = signed_in(cleo)
    assert browser.get(reverse("voices:voice", args=[said.pk])).status_code == 404
    assert browser.get(reverse(QUEUE), {"voice": str(said.pk)}).status_code == 404
    assert browser.get(reverse(QUEUE), {"after": str(said.pk)}).status_code == 404
    for name in ("code", "read_done", "read_again", "safety_decide", "original"):
        data = {"need": "N1.1", "wanted": "POSSIBLE", "purpose": "Curious about it"}
        assert post(browser, name, said, **data).status_code == 404
    for name in ("suggestion_accept", "suggestion_change", "suggestion_reject", "suggestion_reopen"):
        assert post(browser, name, suggested, need="N1.1").status_code == 404
    assert post(browser, "uncode", coding).status_code == 404


def test_invalid_input_on_another_workspace_s_voice_is_still_not_found(cleo, said, suggested, signed_in):
    browser = signed_in(cleo)
    assert post(browser, "code", said, need="").status_code == 404
    answer = post(browser, "suggestion_change", suggested, need="", voice=str(said.pk))
    assert answer.status_code == 404


def test_nobody_reads_without_an_account(client, said):
    for name in ("queue", "intake_list"):
        assert client.get(reverse(f"voices:{name}")).status_code == 302
    assert client.get(reverse("voices:voice", args=[said.pk])).status_code == 302
