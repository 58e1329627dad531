"""Writes the reference pages from the code: states, who may do what, what the database refuses, commands, the API.

python tools/generate_docs.py           writes docs/reference/
python tools/generate_docs.py --check   exits with 1 where a page differs from the code
"""

import importlib
import inspect
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "reference"
FEATURES = ("programmes", "engagements", "voices", "insights", "decisions", "answers")


def start() -> None:
    """Settings ask for a secret; this run keeps nothing."""
    os.environ.setdefault("ANTIPHON_DATA", tempfile.mkdtemp(prefix="antiphon-docs-"))
    os.environ["ANTIPHON_SECRET_KEY"] = "only-to-write-documents"
    os.environ["DJANGO_SETTINGS_MODULE"] = "antiphon.config.settings"
    import django

    django.setup()


def states() -> str:
    """A diagram for each state machine, found by its table of what may follow what."""
    parts = ["# States\n\nWhat may follow what. Written from the `rules.py` of each feature.\n"]
    for feature in FEATURES:
        rules = importlib.import_module(f"antiphon.workspace.{feature}.rules")
        for name, table in vars(rules).items():
            if name.endswith("NEXT") and isinstance(table, dict):
                parts.append(_diagram(feature, name, table))
    return "\n".join(parts)


def _diagram(feature: str, name: str, table: dict) -> str:
    kind = type(next(iter(table))).__name__
    title = f"{feature}: {kind}" if kind != "State" else feature
    lines = [f"## {title}\n", "```mermaid", "stateDiagram-v2"]
    for state, after in table.items():
        lines += [f"    {state} --> {follower}" for follower in sorted(after)] or [f"    {state} --> [*]"]
    return "\n".join([*lines, "```", ""])


def roles() -> str:
    """Who may do what, from the tables in each feature's permissions."""
    from antiphon.platform.workspaces.roles import ABOUT, Role

    heads = [str(ABOUT[role].label) for role in Role]
    lines = [
        "# Who may do what\n",
        "Written from the `permissions.py` of each feature. Everyone reads their workspace.\n",
    ]
    lines += [f"| feature | what | {' | '.join(heads)} |", f"|---|---|{'---|' * len(heads)}"]
    for feature in FEATURES:
        permissions = importlib.import_module(f"antiphon.workspace.{feature}.permissions")
        for name, value in vars(permissions).items():
            if name.startswith("MAY_") and isinstance(value, (set, frozenset)):
                marks = ["yes" if role in value else "" for role in Role]
                lines.append(f"| {feature} | {name[4:].lower().replace('_', ' ')} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def database() -> str:
    """What the database itself refuses."""
    from django.apps import apps

    from antiphon.platform.database import guards

    lines = ["# What the database refuses\n", "On SQLite and on PostgreSQL alike, whoever asks.\n"]
    for model in apps.get_models():
        rules = [rule for rule in guards.rules_of(model) if not isinstance(rule, guards.SameWorkspace)]
        messages = list(dict.fromkeys(t.message for rule in rules for t in rule.triggers(model)))
        constraints = [c.name.replace("_", " ") for c in model._meta.constraints]
        if model.__module__.startswith("antiphon") and messages + constraints:
            lines.append(f"## {model.__name__}\n\n{inspect.getdoc(model)}\n")
            lines += [f"- {text}" for text in [*messages, *constraints]] + [""]
    return "\n".join(lines)


def commands() -> str:
    """The help of every command."""
    import click

    from antiphon.interfaces.cli.root import root

    parts = ["# Commands\n"]
    for path, command in _walk("antiphon", root):
        context = click.Context(command, info_name=path, max_content_width=100)
        parts.append(f"## `{path}`\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _walk(path: str, command):
    yield path, command
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(f"{path} {name}", inner)


def operations() -> str:
    """Every operation of the API, by feature."""
    described = _description()
    found: dict[str, list[str]] = {}
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            line = f"| `{method.upper()} {path}` | {told['description'].split(chr(10))[0]} |"
            found.setdefault(told["tags"][0], []).append(line)
    parts = [f"# The API\n\n{described['info']['description']}\n", "Its shapes: [openapi.json](openapi.json).\n"]
    for tag, lines in found.items():
        parts += [f"## {tag}\n", "| operation | what it does |", "|---|---|", *lines, ""]
    return "\n".join(parts)


def openapi() -> str:
    """The description of the API: a change of what goes over the wire shows here."""
    return json.dumps(_description(), indent=1, ensure_ascii=False) + "\n"


def _description() -> dict:
    from antiphon.interfaces.api.application import api

    return api.get_openapi_schema()


PAGES = {
    "states.md": states,
    "roles.md": roles,
    "database.md": database,
    "commands.md": commands,
    "api.md": operations,
    "openapi.json": openapi,
}


def main(arguments: list[str]) -> int:
    start()
    written = {TARGET / name: page() for name, page in PAGES.items()}
    stale = [path for path, text in written.items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(ROOT)} differs from the code. Run: make fix")
        return 1 if stale else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(written[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
