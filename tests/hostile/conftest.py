"""A program, as in the tests of the API."""

from tests.api.conftest import program_of

__all__ = ["program_of"]
