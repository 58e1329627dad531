"""A language that nobody speaks: every text of the catalogue stands in ⟦…⟧, so that what does not was forgotten."""

import gettext
import html
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from django.apps import apps
from django.template.base import Lexer, TokenType

from antiphon.content import load, packs
from antiphon.platform.scoped import Scoped
from tools.translate import compile_to, found

LANGUAGE = "zxx"  # "no linguistic content", says the standard
OPEN, CLOSE = "⟦", "⟧"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-key-label", "data-label", "data-failed", "data-unreached")
UNSEEN = {"script", "style", "code", "kbd"}
# What stands between these is in the catalogue, is for those who build, or names classes.
SKIPPED = {
    "blocktranslate": "endblocktranslate",
    "comment": "endcomment",
    "block columns": "endblock",
    "block body_class": "endblock",
}
WORD = re.compile(r"[^\W\d_]{2,}")
# The name of the product, of formats, codes and units: the same in every language.
SAME_EVERYWHERE = re.compile(
    r"\b(Antiphon|English|Deutsch|W3C PROV|REFI-QDA|CSV|XLSX|DOCX|PDF|PPTX|JSON|JSONL|API|URL|KB|MB|pseudo)\b"
)
ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{12,}\b|\S+@\S+|https?://\S+")


def make_catalogue(place: Path) -> None:
    """Every text of ours, and those of the libraries whose pages we show."""
    catalogue = Catalog(locale="en")
    for message in found():
        if message.id:
            catalogue.add(message.id, _wrapped(message.id), context=message.context)
    for library in (django, allauth):
        for file in sorted(Path(library.__file__).parent.rglob("locale/de/LC_MESSAGES/django.mo")):
            _add_all(catalogue, file)
    target = place / LANGUAGE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as compiled:
        compile_to(compiled, catalogue)


def _wrapped(text: str | tuple) -> str | tuple:
    return f"{OPEN}{text}{CLOSE}" if isinstance(text, str) else tuple(f"{OPEN}{form}{CLOSE}" for form in text)


def _add_all(catalogue: Catalog, file: Path) -> None:
    """The texts of a library, which says them by the catalogue it ships; formats of dates are no texts."""
    with BytesIO(file.read_bytes()) as opened:
        known = gettext.GNUTranslations(opened)._catalog
    for key in known:
        text, form = key if isinstance(key, tuple) else (key, None)
        context, _, text = text.rpartition("\x04")
        if text and form is None and (context, text) not in catalogue:
            catalogue.add(text, _wrapped(text), context=context or None)


class Texts(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.unseen += tag in UNSEEN
        given = dict(attrs)
        self.found += [given[name] for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.found.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(data)


def data_of_the_world() -> list[str]:
    """What people wrote and what packs say: nobody translates it here. The longest first."""
    said = {text for model in apps.get_models() if _is_ours(model) for text in _texts(model)}
    flat = {" ".join(text.split()) for text in said} | _said_by_packs()
    return sorted((text for text in flat if len(text) > 1), key=len, reverse=True)


@cache
def _said_by_packs() -> frozenset[str]:
    """Labels carry their translations beside them; the rest is in the language of its source."""
    said = set()
    for pack in (load(pack_id) for pack_id in packs()):
        header = pack.header.model_dump()
        said |= {text for text in header.values() if isinstance(text, str)}
        said |= {text for source in header["sources"] for text in source.values()}
        said |= {value for entry in pack.every for value in vars(entry).values() if isinstance(value, str)}
    return frozenset(said)


def _is_ours(model: type) -> bool:
    return issubclass(model, Scoped) or model._meta.app_label == "workspaces"


def _texts(model: type) -> set[str]:
    return {text for row in model.objects.values_list() for value in row for text in _said_in(value)}


def _said_in(value: object) -> Iterator[str]:
    """Every text in a value, also in one that holds others."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _said_in(inner)


def outside(page: str) -> list[str]:
    """Texts of a page that the catalogue did not say."""
    while INNERMOST.search(page):
        page = INNERMOST.sub(" ", page)
    texts = Texts()
    texts.feed(page)
    return [shown for text in texts.found if WORD.search(shown := html.unescape(" ".join(text.split())))]


def is_forgotten(text: str, data: list[str]) -> bool:
    """Whether a text is neither somebody's words nor the same in every language."""
    rest = text
    for known in data:
        if known in rest:
            rest = rest.replace(known, " ")
    return bool(WORD.search(SAME_EVERYWHERE.sub(" ", ID.sub(" ", rest))))


def bare_texts(source: str) -> list[str]:
    """What a template says without asking the catalogue, in every branch of it."""
    kept, inside = [], ""
    for token in Lexer(source).tokenize():
        words = token.contents.split() if token.token_type == TokenType.BLOCK else [""]
        begins = next((end for start, end in SKIPPED.items() if token.contents.startswith(start)), "")
        if begins and words[0]:
            inside = begins
        elif inside and words[0] == inside:
            inside = ""
        elif token.token_type == TokenType.TEXT and not inside:
            kept.append(token.contents)
    return [text for text in outside("".join(kept)) if is_forgotten(text, [])]
