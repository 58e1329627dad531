"""A demonstration that is made once, and copies of it to kill."""

import pytest

from tests.durability.instances import Databases, copy, set_up


@pytest.fixture(scope="session")
def databases():
    made = Databases()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, databases):
    """Read only: copy it, back it up, look at it."""
    return set_up(tmp_path_factory.mktemp("durability") / "demonstration", databases.make())


@pytest.fixture
def instance(demonstration, tmp_path, databases):
    """An instance of one's own, with the demonstration in it."""
    made = copy(demonstration, tmp_path / "instance", databases)
    yield made
    made.end()
