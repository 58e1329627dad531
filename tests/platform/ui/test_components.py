"""Components say what they are to everyone: fields, errors, voices, trails, pages that say no."""

import re

import pytest
from django.template.loader import render_to_string

from antiphon.platform.ui.templatetags.ui_gallery import VOICE, ExampleForm, examples
from tests.platform.ui.conftest import PAGES


def element_ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_nothing_a_strict_browser_refuses(pages, name):
    html = pages[f"/{name}/light"]
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|<style", html)
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", html)


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_is_pointed_at_exists_once(pages, name):
    html = pages[f"/{name}/light"]
    ids = element_ids(html)
    assert len(ids) == len(set(ids))
    pointed = re.findall(r'(?:aria-describedby|aria-labelledby|\bfor)="([^"]+)"', html)
    assert {one for many in pointed for one in many.split()} <= set(ids)


def test_the_summary_of_errors_leads_to_each_field():
    html = render_to_string("ui/form.html", {"form": ExampleForm({}), "action": "/", "submit": "State insight"})
    links = re.findall(r'<a href="#([^"]+)"', html)
    assert len(links) == 4
    assert set(links) <= set(element_ids(html))
    assert 'role="alert"' in html


def test_a_field_is_described_by_its_hint_and_its_error():
    html = render_to_string("ui/field.html", {"field": ExampleForm({})["statement"]})
    assert 'aria-describedby="id_statement_helptext id_statement_error"' in html
    assert 'aria-invalid="true"' in html
    assert {"id_statement", "id_statement_helptext", "id_statement_error"} <= set(element_ids(html))


def test_choices_are_a_group_with_a_name():
    html = render_to_string("ui/field.html", {"field": ExampleForm()["strength"]})
    assert re.search(r"<fieldset.*<legend>How strong is it\?", html, re.DOTALL)
    assert html.count('type="radio"') == html.count('class="choice"')


def test_a_form_with_a_file_is_sent_whole():
    html = render_to_string("ui/form.html", {"form": ExampleForm(), "action": "/", "submit": "Keep"})
    assert 'enctype="multipart/form-data"' in html


def test_the_text_of_a_voice_is_exactly_what_was_said():
    said = "  Two spaces,\nand a <b>line</b>.  "
    html = render_to_string("ui/voice.html", {"voice": {"text": said}, "start_input": "s", "end_input": "e"})
    (shown,) = re.findall(r"<p data-passage[^>]*>(.*?)</p>", html, re.DOTALL)
    assert shown == said.replace("<", "&lt;").replace(">", "&gt;")


def test_what_a_suggestion_rests_on_is_underlined_and_nothing_is_lost():
    html = render_to_string("ui/voice.html", {"voice": VOICE})
    (shown,) = re.findall(r"<blockquote><p>(.*?)</p>", html, re.DOTALL)
    assert re.sub(r"<[^>]+>", "", shown) == VOICE["text"]
    assert shown.count('<mark class="why">') == 2


def test_a_trail_says_where_one_stands_and_what_is_owed():
    html = render_to_string("ui/trail.html", {"trail": examples().trail})
    assert html.count('aria-current="true"') == 1
    assert "Owed by 12 Nov, in 13 days" in html


def test_a_page_that_says_no_says_what_was_kept_and_what_to_do():
    context = {"title": "Not now", "happened": "It closed.", "kept": "Your text.", "todo": "Ask Ana.", "status": 409}
    html = render_to_string("ui/error_page.html", context)
    assert re.findall(r"<dd>(.*?)</dd>", html) == ["It closed.", "Your text.", "Ask Ana."]


def test_a_letter_is_the_same_in_both_forms():
    for name in ("ui/email.html", "ui/email.txt"):
        assert "Sent by Ana Ribeiro with Antiphon." in render_to_string(name, {"sender": "Ana Ribeiro"})
