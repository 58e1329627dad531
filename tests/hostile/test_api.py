"""Whatever a program sends, the API answers with what it describes: it never breaks."""

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from antiphon.platform.files.store import path_of
from antiphon.platform.tokens.actions import make_token
from antiphon.platform.workspaces.roles import Role
from tests.api.conftest import BASE, written
from tests.hostile.files import FILES
from tests.hostile.trying import fault_of
from tests.hostile.values import IN_EACH_FIELD, IN_FORMS
from tests.meta.operations import NAMES, OPERATIONS, ids_of
from tests.meta.world import World

# What JSON can say and a form cannot.
IN_JSON = IN_EACH_FIELD | {
    "half a sign": "a\ud800b",
    "nothing": None,
    "a list of nothing": [None],
    "a truth": True,
    "an object": {"a": {"b": []}},
    "a fraction": 0.1,
    "more than a database counts": 2**63,
    "less than nothing": -(2**63) - 1,
}
BODIES = {
    "nothing": b"",
    "brackets beyond every depth": b"[" * 1_000_000,
    "an endless number": b'{"version": ' + b"9" * 5_000 + b"}",
    "no number": b'{"version": NaN, "page": Infinity}',
    "no text": b"\xff\xfe\x00",
    "half an object": b'{"name": "a',
    "the same name twice": b'{"name": "a", "name": "b"}',
    "a list": b"[]",
    "a word": b'"name"',
    "nobody": b"null",
}


@pytest.fixture
def world(db):
    world = World("CNRYA")
    kept = path_of(world.rows["files.StoredFile"])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("CNRYA comment\nThe journey is long.\n", encoding="utf-8")
    return world


@pytest.fixture
def send(world):
    """Asks for an operation as a program does that may change things."""
    secret = make_token(by=world.members[Role.PE_LEAD], name="Hostile", scope="CHANGE", days=30)[1]
    headers = {"authorization": f"Bearer {secret}"}
    browser = Client(raise_request_exception=False)

    def sent(operation, body: bytes = b"", parameters=None, kind: str = "application/json"):
        address = BASE + operation.address(ids_of(world))
        return browser.generic(operation.method, address, body, kind, headers=headers, query_params=parameters)

    return sent


def places_in(body: object, way: tuple = ()) -> list[tuple]:
    """The way to every value of a body."""
    if isinstance(body, dict):
        return [place for name, value in body.items() for place in places_in(value, (*way, name))]
    if isinstance(body, list):
        inner = [place for number, value in enumerate(body) for place in places_in(value, (*way, number))]
        return [*inner, way]
    return [way]


def with_another(body: object, ways: list[tuple], value: object) -> bytes:
    """A body with another value in these places; those inside of one that came before are gone with it."""
    changed = copy.deepcopy(body)
    for way in ways:
        place = changed
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = value
    return json.dumps(changed).encode()


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_no_parameter_breaks_an_operation(operation, send):
    faults = {
        (name, kind): fault_of(lambda name=name, value=value: send(operation, parameters={name: value}))
        for name in operation.parameters["query"]
        for kind, value in IN_FORMS.items()
        if len(value) < 100_000
    }
    assert not {where: fault for where, fault in faults.items() if fault}


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.is_multipart], ids=str)
def test_no_form_and_no_file_breaks_an_operation(operation, send, world):
    usual = operation.body(ids_of(world))
    texts = {(name, kind): usual | {name: value} for name in usual for kind, value in IN_FORMS.items()}
    files = {name: usual | {"file": SimpleUploadedFile(name, content)} for name, content in FILES.items()}
    faults = {
        where: fault_of(lambda form=form: send(operation, *_form(form))) for where, form in (texts | files).items()
    }
    for kind, body in BODIES.items():
        faults[kind] = fault_of(lambda body=body: send(operation, body, None, MULTIPART_CONTENT))
    assert not {where: fault for where, fault in faults.items() if fault}


def _form(values: dict) -> tuple[bytes, None, str]:
    content, kind = written(values)
    return content if isinstance(content, bytes) else content.encode(), None, kind


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.method != "GET"], ids=str)
def test_no_body_breaks_an_operation(operation, send, world):
    faults = {kind: fault_of(lambda body=body: send(operation, body)) for kind, body in BODIES.items()}
    usual = None if operation.is_multipart else operation.body(ids_of(world))
    ways = places_in(usual) if usual else []
    tries = {(way, kind): with_another(usual, [way], value) for way in ways for kind, value in IN_JSON.items()}
    tries |= {("all", kind): with_another(usual, ways, value) for kind, value in IN_FORMS.items() if ways}
    for where, body in tries.items():
        faults[where] = fault_of(lambda body=body: send(operation, body))
    assert not {where: fault for where, fault in faults.items() if fault}
