"""What became of a deed without a form is told on the page that comes next."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from antiphon.platform.errors import NotAllowed, NotNow, NotValid
from antiphon.platform.ui.telling import outcome_told


@pytest.fixture
def request_of_somebody():
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    return request


def said(request) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


@pytest.mark.parametrize("refusal", [NotNow("It stands at the end already."), NotValid("Choose one of the list.")])
def test_a_refusal_is_told_and_nothing_else(request_of_somebody, refusal):
    with outcome_told(request_of_somebody, "Done."):
        raise refusal
    assert said(request_of_somebody) == [("error", str(refusal.sentence))]


def test_that_it_is_done_is_told_where_it_cannot_be_seen(request_of_somebody):
    with outcome_told(request_of_somebody, "Done."):
        pass
    with outcome_told(request_of_somebody):
        pass
    assert said(request_of_somebody) == [("success", "Done.")]


def test_what_a_person_may_not_is_a_page_of_its_own(request_of_somebody):
    with pytest.raises(NotAllowed), outcome_told(request_of_somebody, "Done."):
        raise NotAllowed("Only leads.")
    assert said(request_of_somebody) == []
