"""A program, as the API sees one."""

import json

import pytest
from django.core.files.base import File
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from antiphon.platform.tokens import actions
from antiphon.platform.tokens.rules import Scope

BASE = "/api/v1"


def written(body: object) -> tuple[str | bytes, str]:
    """A body as it is sent: as a form where a file comes along, else as JSON."""
    if isinstance(body, dict) and any(isinstance(value, File) for value in body.values()):
        for value in body.values():
            if isinstance(value, File):
                value.seek(0)
        return encode_multipart(BOUNDARY, body), MULTIPART_CONTENT
    return json.dumps(body) if body is not None else "", "application/json"


class Program:
    """Asks the API in the name of a member."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(), secret

    def ask(self, method: str, path: str, body: object = None):
        headers = {"authorization": f"Bearer {self.secret}"} if self.secret else {}
        content, kind = written(body)
        return self.client.generic(method, BASE + path, content, kind, headers=headers)

    def get(self, path: str):
        return self.ask("GET", path)

    def post(self, path: str, body: object = None):
        return self.ask("POST", path, {} if body is None else body)

    def put(self, path: str, body: object):
        return self.ask("PUT", path, body)


@pytest.fixture
def program_of(db):
    """Makes a token for a member and gives the program that uses it."""

    def make(member, scope=Scope.CHANGE):
        return Program(actions.make_token(by=member, name="A test", scope=scope, days=30)[1])

    return make


@pytest.fixture
def nobody(db):
    return Program("")
