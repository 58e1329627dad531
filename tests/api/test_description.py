"""The API keeps to its own description: made-up requests, good and bad, get no answer that it does not name."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from antiphon.interfaces.api.application import api
from antiphon.platform.tokens.actions import make_token
from antiphon.platform.workspaces.roles import Role
from tests.meta.operations import ids_of
from tests.meta.world import World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
schema.app = get_wsgi_application()
schema.config.update(base_url="http://127.0.0.1:8600")


def test_operations_are_called_by_what_they_do_and_each_name_is_one():
    names = [told["operationId"] for methods in schema.raw_schema["paths"].values() for told in methods.values()]
    assert len(names) == len(set(names))
    assert {"insights_merge", "files_bring", "people_invite", "words_edit_word"} <= set(names)
    assert not [name for name in names if "antiphon" in name]


@pytest.fixture
def secret_and_ids(db):
    """A world to ask about; the connection stays open from one made-up request to the next."""
    world = World("CNRYA")
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    secret = make_token(by=world.members[Role.PE_LEAD], name="Made up", scope="CHANGE", days=30)[1]
    yield secret, ids_of(world)
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
)
def test_no_answer_that_is_not_described(case, secret_and_ids):
    secret, ids = secret_and_ids
    for name, value in (case.path_parameters or {}).items():
        # Every other request asks about a thing that is there.
        case.path_parameters[name] = ids[name] if len(str(case.body)) % 2 else value
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)
