"""Finding and masking what could tell who a person is. Every rule is bounded: no text makes it slow."""

import re
from collections.abc import Iterator
from itertools import chain

from antiphon.engines.listening._lexicons import version_of
from antiphon.engines.listening._values import Span, Step
from antiphon.engines.listening.personal._fields import field_spans
from antiphon.engines.listening.personal._institutions import institution_spans
from antiphon.engines.listening.personal._names import name_spans
from antiphon.engines.listening.personal._patterns import pattern_spans
from antiphon.engines.listening.personal._places import place_spans
from antiphon.engines.listening.personal._tokens import tokens_of

STEP = Step("redact", version_of("personal"))

_MASK = re.compile(r"\[[^\[\]\n]{1,40}\]|\(b\)\(\d\)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)


def personal_spans(text: str) -> tuple[Span, ...]:
    """Personal details in order of place, never overlapping, never inside a mask such as [NAME]."""
    taken = _masked(text)
    spans: list[Span] = []
    for claim in _claims(text):
        for span in _free_parts(claim, taken, text):
            spans.append(span)
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return tuple(sorted(spans, key=lambda span: span.start))


def redact(text: str, spans: tuple[Span, ...]) -> str:
    """The text with each span replaced by a marker such as `[person]`."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return "".join([*pieces, text[position:]])


def _claims(text: str) -> Iterator[Span]:
    """In order of trust: where two claim the same characters, the earlier one keeps them."""
    tokens = tokens_of(text)
    return chain(
        pattern_spans(text, tokens),
        field_spans(text),
        institution_spans(tokens),
        place_spans(tokens),
        name_spans(tokens),
    )


def _masked(text: str) -> bytearray:
    taken = bytearray(len(text))
    for found in _MASK.finditer(text):
        taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return taken


def _free_parts(claim: Span, taken: bytearray, text: str) -> Iterator[Span]:
    """What of a claim nobody has claimed before, without the punctuation at its ends."""
    start = claim.start
    while start < claim.end:
        end = taken.find(1, start, claim.end)
        end = claim.end if end < 0 else end
        found = _LETTERS.search(text, start, end)
        if found is not None:
            # A bracket or a plus sign that opens a number belongs to it.
            opened = start if start == claim.start else found.start()
            closed = end if end == claim.end else found.end()
            yield Span(opened, closed, claim.kind, claim.why)
        start = taken.find(0, end, claim.end)
        if start < 0:
            return
