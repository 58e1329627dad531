"""The API against another workspace's things: every operation, every role, from the API's own description."""

import re
import uuid
from urllib.parse import urlencode

import pytest
from django.urls import get_resolver

from antiphon.platform.tokens.actions import make_token
from antiphon.platform.workspaces.roles import Role
from tests.api.conftest import BASE, Program
from tests.meta.operations import NAMES, OPERATIONS, SCHEMA, ids_of
from tests.meta.test_two_workspaces import MARK, OURS_MARK, PLAUSIBLE, SHIPPED, what_it_says, without_ids
from tests.meta.world import World

WITH_IDS = [each for each in OPERATIONS if set(each.parameters["path"]) - set(SHIPPED)]


@pytest.fixture
def worlds(db):
    return World(OURS_MARK), World(MARK)


def programs(world):
    """A program for a member of every role."""
    for role, member in world.members.items():
        yield role, Program(make_token(by=member, name="Matrix", scope="CHANGE", days=30)[1])


def query(operation, ids) -> str:
    values = PLAUSIBLE | {"page": 1, "size": 50, "code": "N3.1", "by": "stage", "search": "CNRY", "statement": "CNRY"}
    known = operation.told.get("parameters", [])
    values |= {each["name"]: each["schema"]["enum"][0] for each in known if "enum" in each["schema"]}
    told = {name: (values | ids)[name] for name in operation.parameters["query"] if name in values | ids}
    return f"?{urlencode(told)}" if told else ""


@pytest.mark.parametrize("operation", WITH_IDS, ids=[str(each) for each in WITH_IDS])
def test_anothers_thing_looks_like_no_thing_at_all(operation, worlds):
    ours, theirs = worlds
    before = theirs.digest()
    foreign = ids_of(theirs)
    nobodys = {name: str(uuid.uuid4()) for name in foreign} | SHIPPED
    for role, program in programs(ours):
        body = operation.body(foreign)
        said = program.ask(operation.method, operation.address(foreign) + query(operation, foreign), body)
        missing = program.ask(operation.method, operation.address(nobodys) + query(operation, nobodys), body)
        assert said.status_code in {403, 404}, (role, said.status_code, said.content)
        assert said.status_code == missing.status_code, role
        assert MARK not in what_it_says(said), role
        assert without_ids(what_it_says(said)) == without_ids(what_it_says(missing)), role
    assert theirs.digest() == before


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_no_operation_tells_anything_of_theirs(operation, worlds):
    ours, theirs = worlds
    before = theirs.digest()
    for role, program in programs(ours):
        foreign = ids_of(theirs)
        address = operation.address(ids_of(ours)) + query(operation, foreign)
        said = program.ask(operation.method, address, operation.body(foreign))
        assert said.status_code in {200, 201, 400, 403, 404, 409, 422}, (role, said.content)
        assert MARK not in what_it_says(said), role
    assert theirs.digest() == before


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_every_operation_asks_for_a_token_and_says_so(operation, nobody_ids):
    said = Program("").ask(operation.method, operation.address(nobody_ids), {})
    assert said.status_code == 401
    assert operation.told["security"] == [{"Token": []}]
    assert {"401", "403", "404", "409", "422"} <= {str(code) for code in operation.told["responses"]}


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.method != "GET"], ids=str)
def test_a_token_that_only_reads_is_refused_what_changes(operation, nobody_ids, cast):
    program = Program(make_token(by=cast.adam, name="Reader", scope="READ", days=30)[1])
    assert program.ask(operation.method, operation.address(nobody_ids), {}).status_code == 403


@pytest.fixture
def nobody_ids(db):
    from tests.meta.operations import IDS, PARAMETERS

    return {name: str(uuid.uuid4()) for name in PARAMETERS | IDS} | SHIPPED


def test_the_matrix_finds_a_forgotten_workspace(worlds, monkeypatch):
    """Plant the fault: a read that forgets whose rows it may see."""
    from antiphon.platform.scoped import ScopedQuerySet

    ours, theirs = worlds
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, member: rows.all())
    program = Program(make_token(by=ours.members[Role.PE_LEAD], name="Matrix", scope="READ", days=30)[1])
    assert MARK in what_it_says(program.get(f"/programmes/{theirs.id_of('programmes.Programme')}"))


def test_what_is_described_is_what_there_is():
    """No operation without a description, and none described that is not there."""
    (resolver,) = [each for each in get_resolver().url_patterns if str(each.pattern) == BASE[1:] + "/"]
    there = {re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)) for pattern in resolver.url_patterns}
    described = {path.removeprefix(BASE + "/") for path in SCHEMA["paths"]}
    assert there - described == {""}, "only the address that says there is nothing"
    assert described <= there
    assert SCHEMA["openapi"].startswith("3.1")
