"""Every page that can be reached by following links: no barrier, nothing wider than a phone, nothing refused."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
MOST = 120
# German words are the longest: they have to fit on the smallest screen.
LOOKS = (("light", WIDE, "en"), ("dark", NARROW, "de"))


def kind_of(url: str) -> str:
    """Pages of one kind have one kind of address."""
    return ID.sub("ID", urlsplit(url).path)


def is_a_page(url: str, address: str) -> bool:
    path = urlsplit(url).path
    return url.startswith(address) and not path.endswith((".csv", ".xlsx", ".json")) and "/static/" not in path


def speak(page, language: str) -> None:
    """Read every page from now on in this language."""
    page.context.add_cookies([{"name": "language", "value": language, "url": page.antiphon}])


@pytest.fixture
def pages(as_person):
    """One page of every kind, found by following links from Today."""
    page = as_person("Ana Ribeiro")
    waiting, seen = [f"{page.antiphon}/today/"], {}
    while waiting and len(seen) < MOST:
        url = waiting.pop(0)
        if kind_of(url) in seen:
            continue
        response = page.goto(url)
        assert response.status == 200, url
        seen[kind_of(url)] = url
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        waiting += [found for href in hrefs if is_a_page(found := urljoin(url, href), page.antiphon)]
    assert len(seen) >= 22, sorted(seen)
    return page, seen


def test_no_page_has_a_barrier_or_runs_over_the_edge(pages, axe):
    page, found = pages
    faults = []
    for theme, size, language in LOOKS:
        speak(page, language)
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        for kind, url in found.items():
            page.goto(url)
            faults += [f"{kind} {theme}: {fault}" for fault in axe(page)]
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                faults.append(f"{kind}: {over} px wider than {size['width']}")
    assert faults == []


def test_pages_without_an_account_have_no_barrier(page, axe, as_person):
    as_person("Ana Ribeiro").goto(f"{page.antiphon}/answers/?state=GIVEN")
    page.locator("th a.title").first.click()
    answer = page.get_by_role("link", name="Open the page").get_attribute("href")
    page.context.clear_cookies()
    faults = []
    for theme, size, language in LOOKS:
        speak(page, language)
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        for path in ("/", "/account/login/", "/nowhere/", answer):
            page.goto(urljoin(page.antiphon, path))
            faults += [f"{path} {theme}: {fault}" for fault in axe(page)]
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                faults.append(f"{path}: {over} px too wide at {size['width']}")
    assert faults == []
