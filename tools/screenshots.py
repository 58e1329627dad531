"""Pictures of every screen, wide and narrow, light and dark, into build/screenshots.

    python tools/screenshots.py http://127.0.0.1:8600 [name …]

Antiphon must be running there with its demonstration.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).parent.parent / "build" / "screenshots"
WIDTHS = {"wide": (1280, 900), "phone": (360, 740)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PAGES = {
    "today": "/today/",
    "tour": "/tour/",
    "intake-new": "/voices/bring/",
    "programmes": "/programmes/",
    "programme-new": "/programmes/new/",
    "engagements": "/engagements/",
    "engagement-new": "/engagements/new/",
    "intakes": "/voices/",
    "queue": "/voices/read/",
    "insights": "/insights/",
    "insight-new": "/insights/new/",
    "decisions": "/decisions/",
    "decision-new": "/decisions/new/",
    "answers": "/answers/",
    "map": "/map/",
}
# A record is reached through the first link of its list.
RECORDS = {
    "programme": ("/programmes/", "th a.title"),
    "engagement": ("/engagements/", "tr:nth-child(2) th a.title"),
    "insight": ("/insights/", "th a.title"),
    "decision": ("/decisions/", "th a.title"),
    "decision-closed": ("/decisions/?state=CLOSED", "th a.title"),
    "answer": ("/answers/", "th a.title"),
}


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("button", name="Ana Ribeiro").click()
    page.wait_for_url("**/today/")


def places(page: Page, address: str, wanted: list[str]) -> dict[str, str]:
    found = {name: address + path for name, path in PAGES.items()}
    for name, (path, link) in RECORDS.items():
        page.goto(address + path)
        target = page.locator(link).first
        if target.count():
            found[name] = address + target.get_attribute("href")
    if "decision-closed" in found:
        page.goto(found["decision-closed"])
        found["trail"] = address + page.get_by_role("link", name="Trail").get_attribute("href")
    if "answer" in found:
        page.goto(found["answer"])
        link = page.get_by_role("link", name="Open the page")
        if link.count():
            found["answer-page"] = link.get_attribute("href")
    return {name: url for name, url in found.items() if not wanted or name in wanted}


def main(address: str, wanted: list[str]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("ANTIPHON_CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        for theme in ("light", "dark"):
            for width, (w, h) in WIDTHS.items():
                page = browser.new_context(viewport={"width": w, "height": h}, color_scheme=theme).new_page()
                if not wanted or "welcome" in wanted:
                    page.goto(address)
                    page.screenshot(path=TARGET / f"welcome-{width}-{theme}.png", full_page=True)
                sign_in(page, address)
                for name, url in places(page, address, wanted).items():
                    page.goto(url)
                    page.screenshot(path=TARGET / f"{name}-{width}-{theme}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
