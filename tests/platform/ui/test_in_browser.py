"""The gallery in Chromium: no barrier, nothing refused, no sideways scroll, keys that do what they say."""

import pytest

from tests.platform.ui.conftest import PAGES

SIZES = {"wide": (1280, 900), "phone": (360, 740), "zoomed": (320, 640)}
PASSAGE = "[data-passage]"


@pytest.fixture
def shown(page, gallery):
    """Opens a page of the gallery and hears every complaint of the browser."""
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)

    def show(name="gallery", theme="light", size="wide"):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        page.goto(f"{gallery}/{name}/{theme}")
        page.wait_for_load_state("networkidle")
        return page

    return show


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_kept_out_and_nothing_runs_over_the_edge(shown, axe, name, size, theme):
    page = shown(name, theme, size)
    assert axe(page) == []
    assert page.complaints == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_a_planted_barrier_is_found(shown, axe):
    page = shown("first")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<input type=text>')")
    assert any("label" in fault for fault in axe(page))


@pytest.mark.browser
def test_targets_are_large_enough_for_a_finger(shown):
    page = shown("answer", size="phone")
    heights = page.eval_on_selector_all(
        "button, .contributor-foot a, figcaption a", "found => found.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) >= 5
    assert min(heights) >= 44


@pytest.mark.browser
def test_text_for_contributors_is_never_under_18_px(shown):
    page = shown("answer", size="phone")
    sizes = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(one => [...one.childNodes].some(node => node.nodeType === 3"
        " && node.data.trim())).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 18


@pytest.mark.browser
def test_on_a_phone_each_cell_of_a_map_says_its_column(shown):
    page = shown(size="phone")
    said = page.eval_on_selector_all(
        ".map td[data-column]", "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert said[0] == '"Target profile"'


@pytest.mark.browser
def test_keys_press_what_they_name_unless_someone_types(shown):
    page = shown("list")
    page.keyboard.press("n")
    page.wait_for_url("**#new")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-q"
    page.keyboard.type("n?")
    assert page.input_value("#filter-q") == "n?"
    assert not page.locator("dialog[open]").count()


@pytest.mark.browser
def test_the_question_mark_lists_the_keys_of_the_page(shown):
    page = shown("reader")
    page.keyboard.press("?")
    listed = page.locator("dialog[open] dd").all_inner_texts()
    assert {"Next voice", "Travelling", "This list"} <= set(listed)
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()


@pytest.mark.browser
def test_escape_closes_a_menu_and_gives_the_focus_back(shown):
    page = shown("today")
    page.locator("details[data-menu]:not(.nav-narrow) > summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator("details[data-menu][open]").count()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.browser
def test_marked_words_are_written_as_places_in_code_points(shown):
    page = shown("reader")
    page.eval_on_selector(PASSAGE, "passage => { passage.textContent = 'I felt 🫁🫁 worse'; }")
    page.eval_on_selector(
        PASSAGE,
        "passage => document.getSelection().setBaseAndExtent(passage.firstChild, 12, passage.firstChild, 17)",
    )
    page.wait_for_function("document.getElementById('end').value !== ''")
    assert (page.input_value("#start"), page.input_value("#end")) == ("10", "15")
    assert page.inner_text("#marked") == "worse"


@pytest.mark.browser
def test_an_answer_fits_one_page_of_paper(shown, tmp_path):
    page = shown("answer")
    sheet = page.pdf(path=tmp_path / "answer.pdf", format="A4")
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page ") == 1
