"""Sends what nobody expects, and says in a line what was wrong with the answer."""

import time
from collections.abc import Callable

from django.db import transaction

from tests.hostile.values import IN_HEADERS, RAW

SLOW = 3.0


def fault_of(send: Callable) -> str:
    """What is wrong with an answer, or nothing. Whatever was written is taken back."""
    begun = time.process_time()
    with transaction.atomic():
        try:
            with transaction.atomic():
                response = send()
        except Exception as fault:  # every kind is a page that breaks
            transaction.set_rollback(True)
            return f"broke: {type(fault).__name__}: {fault}"[:200]
        transaction.set_rollback(True)
    return fault_in(response, time.process_time() - begun)


def fault_in(response, seconds: float) -> str:
    """The first of the things an answer must never be."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = body.decode("utf-8", "replace")
    is_page = "html" in response.headers.get("Content-Type", "")
    wrong = {
        f"answered {response.status_code}": response.status_code >= 500,
        "repeated a script": is_page and any(raw in said for raw in RAW),
        "let a header in": any(IN_HEADERS in str(value) for value in response.headers),
        f"took {seconds:.1f} s": seconds > SLOW,
    }
    return next((fault for fault, is_there in wrong.items() if is_there), "")
