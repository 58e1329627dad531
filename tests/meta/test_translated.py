"""Every text of the interface can be another language's: a page in a language of brackets has no text without them."""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

import antiphon
from antiphon.platform.workspaces import actions as administration
from antiphon.platform.workspaces.roles import Role
from antiphon.workspace.answers.queries import link_address
from tests import cast
from tests.meta import pseudo
from tests.meta.test_routes import routes
from tests.meta.test_two_workspaces import EVERY, MARK, fill, foreign
from tests.meta.world import World

SOURCE = Path(antiphon.__file__).parent
IN_BRACKETS = {"Accept-Language": pseudo.LANGUAGE}


def stands_alone(name: str) -> bool:
    """Whether an address needs nothing filled in."""
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


# Signing in, passwords, codes and passkeys: the library's views in our templates.
OF_THE_LIBRARY = [
    (name, pattern)
    for name, pattern in routes()
    if pattern.callback.__module__.startswith("allauth") and stands_alone(name)
]


@pytest.fixture(scope="session")
def brackets(tmp_path_factory):
    """A folder with the catalogue of the language that nobody speaks."""
    place = tmp_path_factory.mktemp("locale")
    pseudo.make_catalogue(place)
    return place


@pytest.fixture
def in_brackets(brackets, settings):
    settings.LOCALE_PATHS = [brackets]
    settings.LANGUAGES = [("en", "English"), (pseudo.LANGUAGE, "pseudo")]
    settings.DEMONSTRATION = True


def html_of(response) -> str:
    if "html" not in response.get("Content-Type", "") or response.streaming:
        return ""
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PE_LEAD, Role.ADMINISTRATOR, None])
def test_no_page_has_a_text_that_cannot_be_translated(role, in_brackets, signed_in, client):
    world = World(MARK)
    known = links(world)
    browser = signed_in(world.members[role]) if role else client
    browser.raise_request_exception = False  # the world's files are not on the disk: that page has words too
    forgotten = {}
    for name, pattern in [*EVERY, *OF_THE_LIBRARY]:
        ids = {"token": known[name]} if name in known else fill(pattern, world)
        for method, sent in (("get", {}), ("post", {}), ("get", foreign(world)), ("post", foreign(world))):
            for path, text in said(browser, method, reverse(name, kwargs=ids), sent):
                forgotten.setdefault(text, (name, method, path))
    assert not forgotten, "\n".join(f"{text!r} at {where}" for text, where in forgotten.items())


def links(world) -> dict[str, str]:
    """What opens the pages that are sent by letter."""
    lead, other = world.members[Role.PE_LEAD], cast.member(world.workspace, f"{MARK}-second", Role.PE_LEAD)
    made = cast.answer(lead, approved_by=other, given=True)
    invited = administration.invite(by=lead, email="new@somewhere.example", name="New", role="executive", function="")
    answer, invitation = (link.rstrip("/").rsplit("/", 1)[-1] for link in (link_address(lead, made.pk), invited.link))
    return dict.fromkeys(("answers:page", "answers:reply"), answer) | dict.fromkeys(
        ("administration:invitation", "administration:accept"), invitation
    )


def said(browser, method: str, address: str, sent: dict) -> list[tuple[str, str]]:
    """What a page, and the one it leads to, say in no catalogue's words; whatever was changed is taken back."""
    with transaction.atomic():
        page = getattr(browser, method)(address, sent, headers=IN_BRACKETS)
        if page.status_code == 302:
            page = browser.get(page["Location"], headers=IN_BRACKETS)
        left = pseudo.outside(html_of(page))
        data = [*pseudo.data_of_the_world(), *sent.values(), MARK] if left else []
        transaction.set_rollback(True)
    return [(page.request["PATH_INFO"], text) for text in left if pseudo.is_forgotten(text, data)]


TEMPLATES = [path for path in SOURCE.rglob("templates/**/*") if path.is_file() and "gallery" not in str(path)]


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_no_branch_of_a_template_says_a_text_of_its_own(path):
    """Pages that no test can bring about have words too."""
    assert pseudo.bare_texts(path.read_text()) == []


def test_a_forgotten_text_is_found(in_brackets):
    """Plant the faults: in the text, in what a screen reader says, in a button, beside a translated one."""
    found = pseudo.outside(
        "<h1>⟦Said ⟦inside⟧⟧ bare</h1><a aria-label='spoken'>⟦x⟧</a><input type='submit' value='press'>"
        "<script>let code</script><p>⟦a <b>bold⟧</b> tail</p>"
    )
    assert [text.strip() for text in found] == ["bare", "spoken", "press", "tail"]
    assert pseudo.bare_texts("{% if x %}<p>Forgotten</p>{% endif %}{% translate 'x' %}") == ["Forgotten"]


def test_the_language_of_brackets_is_spoken(in_brackets, client, db):
    page = client.get("/", headers=IN_BRACKETS)
    assert f'<html lang="{pseudo.LANGUAGE}"' in page.text
    assert page.text.count(pseudo.OPEN) > 20
