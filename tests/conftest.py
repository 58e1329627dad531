"""The cast and the stage: a data folder of our own, two workspaces, people in every role."""

import pytest
from django.conf import settings
from django.utils import timezone, translation


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Whatever opens a browser runs apart: its event loop and the database do not share a process."""
    for item in items:
        if {"browser", "page", "playwright"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _instance_keys():
    from antiphon.platform.audit.keys import make_instance_keys

    make_instance_keys(settings.DATA)


@pytest.fixture(autouse=True)
def _no_language_or_hour_of_another_test():
    """A request leaves its language and time zone behind in its thread; a server's next request sets its own."""
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture
def stage():
    """The data folder of this test run."""
    return settings.DATA


@pytest.fixture
def cast(db):
    """Ana leads, Ben decides for R&D, Sam is the safety officer … and Cleo leads elsewhere."""
    from tests.cast import Cast

    return Cast.assembled()


@pytest.fixture
def ana(cast):
    return cast.ana


@pytest.fixture
def ben(cast):
    return cast.ben


@pytest.fixture
def sam(cast):
    return cast.sam


@pytest.fixture
def eve(cast):
    return cast.eve


@pytest.fixture
def cleo(cast):
    return cast.cleo


@pytest.fixture
def signed_in(client):
    """Returns a browser (Django's test client) in which a member is signed in."""

    def sign_in(member):
        client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["member_id"] = str(member.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def post_office(settings):
    """A mail server on this machine that keeps what it is given."""
    from tests.post_office import open_post_office

    with open_post_office() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


@pytest.fixture
def by_the_clock(django_capture_on_commit_callbacks):
    """What the background work does when its minute has come: all that runs by the clock, and what that asks for."""
    from antiphon.platform.tasks import queue

    def pass_by():
        with django_capture_on_commit_callbacks(execute=True):
            for name in queue.by_the_clock():
                queue.run(name)

    return pass_by
