"""Every address needs a member unless it says that it is public; nobody can forget to say so."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from antiphon.platform.workspaces.middleware import is_public

# The pages that need no account. Adding one here is a decision, and is reviewed as one.
PUBLIC = {
    "home:welcome",
    "home:health",
    "home:theme",
    "home:language",
    "home:sign_in_as",
    "administration:invitation",
    "administration:accept",
    "api:nothing",
    "answers:page",
    "answers:reply",
}


def routes(patterns=None, namespace=""):
    """Every pattern of the resolver, with its full name."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern


OURS = [(name, pattern) for name, pattern in routes() if pattern.callback.__module__.startswith("antiphon")]


def test_the_list_of_public_pages_is_exact():
    assert {name for name, pattern in OURS if is_public(pattern.callback)} == PUBLIC


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_a_route_has_a_name_and_says_which_methods_it_takes(name, pattern, rf):
    assert pattern.name
    response = pattern.callback(rf.generic("BREW", "/"), **{})
    assert response.status_code == 405, "use require_GET, require_POST or require_http_methods"


CLOSED = [(name, pattern) for name, pattern in OURS if name not in PUBLIC]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), CLOSED, ids=[name for name, _ in CLOSED])
def test_an_anonymous_visitor_is_sent_to_sign_in(client, name, pattern):
    path = reverse(name, kwargs={key: "0198c0de-0000-7000-8000-000000000000" for key in pattern.pattern.converters})
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")
