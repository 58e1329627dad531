"""Two people read at the same time, each in a browser of their own."""

from playwright.sync_api import expect


def passage(page) -> str:
    return page.locator(".reader-passage .voice-large").inner_text()


def test_two_readers_do_not_read_the_same(as_person, browser):
    ana = as_person("Ana Ribeiro")
    with ana.expect_response(lambda answer: "/sit-down/" in answer.url) as told:
        ana.goto(f"{ana.antiphon}/voices/read/")
    assert told.value.status == 204
    other = browser.new_context()
    try:
        sofia = other.new_page()
        sofia.goto(f"{ana.antiphon}/")
        sofia.get_by_role("button", name="Sofia").click()
        sofia.wait_for_url("**/today/")
        with sofia.expect_response(lambda answer: "/sit-down/" in answer.url):
            sofia.goto(f"{ana.antiphon}/voices/read/")
        hers = passage(sofia)
        assert hers != passage(ana)
        with ana.expect_response(lambda answer: "/sit-down/" in answer.url):
            ana.keyboard.press("n")
        expect(ana.locator(".reader-passage .voice-large")).not_to_have_text(hers)
    finally:
        other.close()
