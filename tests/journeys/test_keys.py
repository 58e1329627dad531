"""Lists, maps and the way to anywhere, with nothing but a keyboard."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_rows_are_walked_through_and_opened(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/insights/")
    titles = [title.strip() for title in page.locator("th a.title").all_inner_texts()]
    page.keyboard.press("j")
    assert focused(page) == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == titles[1]
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/insights/[0-9a-f-]{36}/"))


def test_the_last_row_is_the_last(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/decisions/")
    count = page.locator("th a.title").count()
    for _press in range(count + 3):
        page.keyboard.press("j")
    assert focused(page) == page.locator("th a.title").last.inner_text()


def test_ticked_insights_go_to_a_decision(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/insights/?state=AGREED")
    for key in ("j", "x", "j", "x", "j", "x", "x"):
        page.keyboard.press(key)
    ticked = page.locator("tbody input:checked")
    assert ticked.count() == 2
    page.get_by_role("button", name="Open a decision with the chosen").click()
    page.wait_for_url("**/decisions/new/?*")
    assert page.locator("input[type=hidden][name=insight]").count() == 2


def test_keys_typed_into_a_field_are_words(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/insights/")
    page.keyboard.press("/")
    page.keyboard.type("jxk?e")
    expect(page.get_by_label("Search")).to_have_value("jxk?e")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_e_offers_the_files_and_question_mark_says_so(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/insights/")
    page.keyboard.press("?")
    for words in ("Next row", "Row before", "Tick the row", "Take the list away", "Go anywhere"):
        expect(page.locator("dialog.keys").get_by_text(words, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert focused(page) == "CSV"
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.startswith("antiphon-insights-")


def test_columns_are_chosen_and_kept_as_a_view(as_person, axe):
    page = as_person("Ben Okafor")
    page.goto(f"{page.antiphon}/decisions/?state=OPEN")
    page.locator("summary", has_text="Columns").click()
    page.get_by_label("Changes").check()
    page.get_by_label("Who decides").uncheck()
    assert axe(page) == []
    page.get_by_role("button", name="Show these").click()
    heads = page.locator("table.rows thead th")
    expect(heads.get_by_text("Changes", exact=True)).to_be_visible()
    expect(heads.get_by_text("Who decides", exact=True)).to_have_count(0)
    page.locator("summary", has_text="Keep this view").click()
    page.get_by_label("Name of the view").fill("Open, with changes")
    page.get_by_role("button", name="Keep this view").click()
    expect(page.get_by_role("link", name="Open, with changes")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Change this view").click()
    page.get_by_role("button", name="Remove this view").click()
    page.get_by_role("link", name="Bring it back").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("link", name="Open, with changes")).to_have_attribute("aria-current", "page")
    assert axe(page) == []


def test_a_filter_renews_the_rows_and_keeps_the_columns(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/decisions/?columns=question&columns=change_count")
    page.locator("#filter-state").select_option("OPEN")
    expect(page).to_have_url(re.compile("state=OPEN"))
    expect(page.locator("table.rows thead th")).to_have_text(["Decision", "Changes"])
    page.keyboard.press("j")
    assert focused(page) == page.locator("th a.title").first.inner_text()


def test_arrow_keys_move_in_the_map_and_tab_leaves_it(as_person, axe):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/map/")
    cells = page.locator("table.map td a")
    assert cells.count() > 1
    assert page.locator("table.map td a[tabindex='0']").count() == 1
    cells.first.focus()
    column = page.evaluate("document.activeElement.closest('td').dataset.column")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('td').dataset.column") == column
    assert not cells.first.evaluate("cell => cell === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert cells.first.evaluate("cell => cell === document.activeElement")
    page.keyboard.press("Control+End")
    assert cells.last.evaluate("cell => cell === document.activeElement")
    assert axe(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table.map')") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/map/cell/?*")


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_one_goes_anywhere(as_person, keys):
    page = as_person("Ana Ribeiro")
    page.keyboard.press(keys)
    dialog = page.locator("dialog#jump")
    expect(dialog.get_by_role("link", name="State an insight")).to_be_visible()
    page.keyboard.type("study visits")
    expect(dialog.get_by_role("link", name="How do people get to study visits?")).to_be_visible()
    expect(dialog.get_by_role("link", name="State an insight")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert "study visits" in focused(page)
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "jump-words"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/decisions/[0-9a-f-]{36}/"))


def test_without_a_keyboard_one_goes_anywhere_from_the_menu(as_person):
    page = as_person("Ana Ribeiro")
    page.set_viewport_size(PHONE)
    page.get_by_text("Your menu").locator("xpath=ancestor::summary").click()
    expect(page.locator("[data-jump-open] kbd")).to_have_text("Ctrl K")
    page.get_by_role("button", name="Go anywhere").click()
    dialog = page.locator("dialog#jump")
    page.keyboard.type("study visits")
    dialog.get_by_role("link", name="How do people get to study visits?").click()
    page.wait_for_url(re.compile(r"/decisions/[0-9a-f-]{36}/"))


def test_escape_closes_and_one_is_where_one_was(as_person):
    page = as_person("Ana Ribeiro")
    page.goto(f"{page.antiphon}/decisions/")
    page.keyboard.press("j")
    title = focused(page)
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert focused(page) == title


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_has_no_barrier_and_fits_a_phone(as_person, axe, scheme):
    page = as_person("Ana Ribeiro")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    page.keyboard.press("Control+k")
    expect(page.locator("dialog#jump").get_by_role("link", name="State an insight")).to_be_visible()
    assert axe(page) == []
    box = page.locator("dialog#jump").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.parametrize("menu", ["Columns", "Take away as seen", "Keep this view"])
def test_the_menus_of_a_list_fit_a_phone(as_person, menu):
    page = as_person("Ana Ribeiro")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{page.antiphon}/decisions/?state=OPEN")
    page.locator("summary", has_text=menu).click()
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over == 0


def test_without_a_script_the_search_box_and_the_columns_work(antiphon, browser, as_person):
    cookies = as_person("Ana Ribeiro").context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{antiphon}/decisions/")
    page.locator("summary", has_text="Columns").click()
    page.get_by_label("Changes").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("table.rows thead th").get_by_text("Changes", exact=True)).to_be_visible()
    page.get_by_placeholder("Known already?").fill("study visits")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/?q=study+visits")
    context.close()
