"""Two people read at the same time, each in a browser of their own."""

from playwright.sync_api import expect


def passage(page) -> str:
    return page.locator(".reader-passage .voice-large").inner_text()


def sit_down(page, antiphon: str) -> None:
    """Open the queue, and see that the passage is kept for its reader, who may have sat there before."""
    told = []
    page.on("response", lambda answer: told.append(answer.status) if "/sit-down/" in answer.url else None)
    page.goto(f"{antiphon}/voices/read/")
    page.wait_for_load_state("networkidle")
    assert set(told) <= {204}
    page.reload()
    expect(page.locator(".reader-passage")).to_be_visible()
    expect(page.locator("[hx-post*='/sit-down/']")).to_have_count(0)


def test_two_readers_do_not_read_the_same(as_person, browser):
    ana = as_person("Ana Ribeiro")
    sit_down(ana, ana.antiphon)
    # Whoever comes back finds the same.
    sit_down(ana, ana.antiphon)
    other = browser.new_context()
    try:
        sofia = other.new_page()
        sofia.goto(f"{ana.antiphon}/")
        sofia.get_by_role("button", name="Sofia").click()
        sofia.wait_for_url("**/today/")
        sit_down(sofia, ana.antiphon)
        hers = passage(sofia)
        assert hers != passage(ana)
        with ana.expect_response(lambda answer: "/sit-down/" in answer.url):
            ana.keyboard.press("n")
        expect(ana.locator(".reader-passage .voice-large")).not_to_have_text(hers)
    finally:
        other.close()
