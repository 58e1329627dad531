"""The gallery on a small stage of its own: rendered once, served under the product's strictest policy."""

import http.server
import threading

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from antiphon.platform.ui.templatetags import ui_gallery
from tests.journeys.conftest import axe, browser_type_launch_args  # noqa: F401  both are fixtures

PAGES = ("gallery", "today", "reader", "list", "wizard", "answer", "first")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


def drawn(name: str, theme: str) -> str:
    template = "ui/gallery.html" if name == "gallery" else f"ui/gallery/{name}.html"
    context = {"nav": ui_gallery.NAV, "member": ui_gallery.MEMBER, "demonstration": True, "theme": theme}
    return render_to_string(template, context)


@pytest.fixture(scope="session")
def pages():
    """Every page of the gallery as HTML, by name and theme."""
    return {f"/{name}/{theme}": drawn(name, theme) for name in PAGES for theme in ("light", "dark")}


class Stage(http.server.BaseHTTPRequestHandler):
    """Hands out the rendered pages and the kit's own files."""

    pages: dict[str, str]

    def do_GET(self):
        if self.path in self.pages:
            return self.answer("text/html; charset=utf-8", self.pages[self.path].encode())
        found = finders.find(self.path.split("/static/")[-1])
        if not found:
            return self.send_error(404)
        with open(found, "rb") as file:
            return self.answer(KINDS[self.path.rsplit(".")[-1]], file.read())

    def answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Silence: a test has its own report."""


@pytest.fixture(scope="session")
def gallery(pages):
    """The address of the gallery."""
    handler = type("GalleryStage", (Stage,), {"pages": pages})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
