"""The catalogues are whole where it matters, and as new as the code."""

import ast
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings

import antiphon
from antiphon.content import Language
from tools import translate

SOURCE = Path(antiphon.__file__).parent
# What the people see who spoke, and who sign in: all in a language, or not at all.
FIRST = (
    "config/navigation.py",
    "interfaces/administration/templates/administration/invitation",
    "interfaces/administration/templates/administration/choose.html",
    "interfaces/administration/web/joining.py",
    "interfaces/home/templates/home/welcome.html",
    "platform/errors.py",
    "platform/ui/pages.py",
    "platform/ui/templates/429.html",
    "platform/ui/templates/account",
    "platform/ui/templates/mfa",
    "platform/ui/templates/ui/base.html",
    "platform/ui/templates/ui/contributor.html",
    "platform/ui/templates/ui/email",
    "platform/ui/templates/ui/error",
    "platform/ui/templates/ui/languages.html",
    "platform/ui/templates/ui/person_menu.html",
    "platform/ui/templates/ui/top.html",
    "platform/workspaces/actions/accepting.py",
    "platform/workspaces/roles.py",
    "platform/workspaces/sign_in.py",
    "platform/workspaces/templates",
    "workspace/answers/actions/hearing.py",
    "workspace/answers/templates/answers/email",
    "workspace/answers/templates/answers/gone.html",
    "workspace/answers/templates/answers/kind.html",
    "workspace/answers/templates/answers/page.html",
)


@pytest.fixture(scope="module")
def source():
    return translate.found()


@pytest.mark.parametrize("language", translate.languages())
def test_a_catalogue_is_as_new_as_the_code(language, source):
    assert translate.stale(language, source) == []


@pytest.mark.parametrize("language", translate.languages())
def test_what_contributors_and_newcomers_see_is_all_translated(language):
    left = [
        (file, message.id)
        for message in translate.untranslated(translate.read(language))
        for file, _line in message.locations
        if file.startswith(FIRST)
    ]
    assert not left


def test_every_file_that_comes_first_has_texts(source):
    files = {file for message in source for file, _line in message.locations}
    wordless = {"platform/errors.py", "interfaces/administration/templates/administration/choose.html"}
    assert not [start for start in FIRST if start not in wordless and not any(f.startswith(start) for f in files)]


def test_a_language_is_known_in_all_three_places():
    beside_english = [code for code, _name in settings.LANGUAGES if code != "en"]
    assert beside_english == translate.languages() == list(get_args(Language))


def test_a_text_is_marked_under_a_name_that_is_looked_for():
    """`from django.utils.translation import gettext as t` would hide every text of its file."""
    hidden = []
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = [alias.asname or alias.name for alias in node.names if "gettext" in alias.name]
                hidden += [(file.name, name) for name in names if name not in translate.KEYWORDS]
    assert not hidden


def test_a_stale_catalogue_is_noticed(source, tmp_path, monkeypatch):
    """Plant the faults: a text nobody took in, one that is gone, a lost placeholder, an old compilation."""
    monkeypatch.setattr(translate, "LOCALE", tmp_path)
    old = translate.Catalog(locale="de")
    old.add("Gone from the code", "Weg")
    old.add("%(n)s things", "Dinge", flags=["python-format"])
    translate.write("de", old)
    new = translate.Catalog()
    new.add("%(n)s things")
    new.add("Nobody took this in")
    text = translate.file_of("de").read_text().replace('"Weg"', '"Fort"')
    translate.file_of("de").write_text(text)
    faults = " ".join(translate.stale("de", new))
    for fault in ("Nobody took this in", "Gone from the code", "older than django.po", "placeholder"):
        assert fault in faults
