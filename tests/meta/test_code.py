"""Rules about the code itself, found by reading it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "antiphon"
PYTHON = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list(SOURCE.rglob("templates/**/*.html"))
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "save",
    "delete",
    "bulk_update",
    "update",
}
# Where rows may be written. Everything else reads, or calls an action.
MAY_WRITE = (
    "actions",
    "platform/audit",
    "platform/files/store.py",
    "platform/workspaces/actions.py",
    "platform/database",
)


def relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def names(paths):
    return [relative(path) for path in paths]


@pytest.mark.parametrize("path", PYTHON, ids=names(PYTHON))
def test_a_module_is_short_and_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_is_short_and_holds_nothing_a_strict_browser_refuses(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\sstyle\s*=", text), "no style attributes"
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), "no inline scripts"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "no inline handlers"
    assert not re.search(r"(?:src|href|action)=[\"']https?://", text), "no third-party origin"


def test_a_form_that_changes_something_carries_its_token():
    faults = []
    for path in TEMPLATES:
        if "gallery" in path.parts:
            continue  # its forms go nowhere
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, flags=re.DOTALL):
            if "csrf_token" not in form:
                faults.append(relative(path))
    assert faults == []


def functions_of(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", PYTHON, ids=names(PYTHON))
def test_functions_are_short(path):
    long = [f.name for f in functions_of(ast.parse(path.read_text())) if f.end_lineno - f.lineno + 1 > 50]
    assert long == []


def writes_in(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            if "objects" in owner or node.func.attr in {"bulk_create", "get_or_create", "save"}:
                found.append(f"{owner}.{node.func.attr}")
    return found


READERS = [
    path
    for path in PYTHON
    if not any(part in relative(path) for part in MAY_WRITE) and "engines" not in relative(path)
]


@pytest.mark.parametrize("path", READERS, ids=names(READERS))
def test_only_actions_write(path):
    # The last two save documents into memory, not rows.
    allowed = {"session.save", "request.session.save", "progress.update", "paper.save", "deck.show.save"}
    assert [call for call in writes_in(path) if call not in allowed] == []


def test_the_search_for_writes_finds_one():
    assert writes_in(SOURCE / "workspace" / "programmes" / "actions.py")


ACTIONS = [path for path in PYTHON if "actions" in relative(path) and path.name != "__init__.py"]


@pytest.mark.parametrize("path", ACTIONS, ids=names(ACTIONS))
def test_an_action_takes_names_only_and_says_by_whom(path):
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_") and _is_use_case(function):
            assert not function.args.args, f"{function.name} takes its arguments by name"


def _is_use_case(function: ast.FunctionDef) -> bool:
    """Public functions that record what was done are use cases; others are shared steps."""
    calls = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return bool({"record", "record_each"} & calls)


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|raise Not" + r"ImplementedError")
    left = [relative(path) for path in PYTHON if words.search(path.read_text(encoding="utf-8"))]
    assert left == []


def test_every_action_that_changes_leaves_a_trace():
    """Whatever writes in an action also records; a bare write would be invisible to an auditor."""
    silent = []
    for path in ACTIONS:
        text = path.read_text(encoding="utf-8")
        if "workspace" in path.parts and writes_in(path) and not re.search(r"record(_each)?\(", text):
            silent.append(relative(path))
    assert silent == []


def test_no_test_is_skipped_or_expected_to_fail():
    """What a machine lacks is installed or asked for; what is broken is mended or said in an issue."""
    words = re.compile(r"pytest\.(mark\.)?(skip|xfail|importorskip)" + r"\b")
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    assert [path.name for path in tests if words.search(path.read_text(encoding="utf-8"))] == []
