"""Says what became of a deed that has no form of its own: done, or why not."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from antiphon.platform.errors import NotNow, NotValid


@contextmanager
def outcome_told(request: HttpRequest, done: str = "") -> Iterator[None]:
    """What is refused in here is told on the page that comes next; so is that it is done, where that is not seen."""
    try:
        yield
    except (NotNow, NotValid) as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        if done:
            messages.success(request, done)
