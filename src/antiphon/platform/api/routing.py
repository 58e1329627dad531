"""Routers that say of every operation what it needs and what it may answer."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError
from ninja.responses import Status
from ninja.security import HttpBearer

from antiphon.platform.api.exporting import BYTES, CONTENT, ROWS, Rows, file_of
from antiphon.platform.api.shapes import Problem
from antiphon.platform.exports.tables import FORMATS, Column
from antiphon.platform.tokens.rules import allows
from antiphon.platform.workspaces import queries as workspaces
from antiphon.platform.workspaces.models import Member

OBJECT_OR_ROWS = {"oneOf": [ROWS, {"type": "object"}]}
# What any operation may answer instead of what was asked for.
REFUSED = frozenset({400, 401, 403, 404, 409, 422})


class Token(HttpBearer):
    """`Authorization: Bearer …`: the secret of a token, made on the page “Programs”."""

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        if request.member is None:
            return None
        if not allows(request.token.scope, request.method):
            raise HttpError(403, "This token only reads. Make one that may change things.")
        return request.member


class FeatureRouter(Router):
    """A feature's operations: each asks for a token, and each may be refused with a problem."""

    def __init__(self, tag: str) -> None:
        super().__init__(auth=Token(), tags=[tag])

    def reads(self, path: str, shape: Any) -> Callable[[Callable], Callable]:
        """An operation that only reads."""
        return self.get(path, response={200: shape, REFUSED: Problem})

    def makes(self, path: str, shape: Any) -> Callable[[Callable], Callable]:
        """An operation that makes something new."""
        register = self.post(path, response={201: shape, REFUSED: Problem})

        def decorate(operation: Callable) -> Callable:
            @wraps(operation)
            def made(request: HttpRequest, **values: Any) -> Status:
                return Status(201, operation(request, **values))

            return register(made)

        return decorate

    def does(self, path: str, shape: Any) -> Callable[[Callable], Callable]:
        """An operation that changes what is there."""
        return self.post(path, response={200: shape, REFUSED: Problem})

    def exports(self, path: str, what: str, columns: Sequence[Column]) -> Callable[[Rows], Callable]:
        """An operation whose rows are taken away as a file, and which leaves a trace like every change."""
        register = self._file(path, CONTENT)
        return lambda rows_of: register(file_of(rows_of, what, columns))

    def files(self, path: str, kinds: Sequence[str]) -> Callable[[Callable], Callable]:
        """An operation that makes a file of the kind that is asked for, and leaves a trace."""
        types = {FORMATS[kind].content_type.split(";")[0] for kind in kinds if kind in FORMATS}
        # A document of its own kind may be JSON, too, and is an object where rows are a list.
        told = {each: CONTENT[each] for each in sorted(types)} | {"application/json": {"schema": OBJECT_OR_ROWS}}
        return self._file(path, told)

    def document(self, path: str, content_type: str) -> Callable[[Callable], Callable]:
        """An operation that makes a document of its own kind."""
        return self._file(path, {content_type.split(";")[0]: {"schema": BYTES}})

    def _file(self, path: str, content: dict) -> Callable[[Callable], Callable]:
        told = {"responses": {200: {"description": "OK", "content": content}}}
        return self.post(path, response={200: None, REFUSED: Problem}, openapi_extra=told)

    def words(self, path: str, shape: Any) -> Callable[[Callable], Callable]:
        """An operation that puts new words in the place of old ones."""
        return self.put(path, response={200: shape, REFUSED: Problem})


def owner(request: HttpRequest, owner_id: UUID | None) -> Member:
    """The member who is named; nobody named is the one who asks."""
    return workspaces.colleague(request.member, owner_id) if owner_id else request.member
