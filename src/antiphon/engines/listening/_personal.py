"""Finding and masking what could tell who a person is. Every rule is bounded: no text makes it slow."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
    return personal_spans_of([text])[0]


def personal_spans_of(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """The personal details of each text. Rule by rule for all texts is a quarter faster than text by text."""
    tokens = [tokens_of(text) for text in texts]
    # In order of trust: where two claim the same characters, the earlier one keeps them.
    claims = (
        [list(pattern_spans(text, each)) for text, each in zip(texts, tokens, strict=True)],
        [list(field_spans(text)) for text in texts],
        *([list(spans(each)) for each in tokens] for spans in (institution_spans, place_spans, name_spans)),
    )
    return [_settled(text, chain(*each)) for text, *each in zip(texts, *claims, strict=True)]


def redact(text: str, spans: tuple[Span, ...]) -> str:
    """The text with each span replaced by a marker such as `[person]`."""
    if not spans:
        return text
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return "".join([*pieces, text[position:]])


def _settled(text: str, claims: Iterable[Span]) -> tuple[Span, ...]:
    """The claims without what others have claimed before."""
    claimed = list(claims)
    if not claimed:
        return ()
    if len(claimed) == 1 and text[claimed[0].start].isalnum() and not _may_be_masked(text):
        return (claimed[0],)
    taken = _masked(text)
    spans: list[Span] = []
    for claim in claimed:
        is_free = taken.find(1, claim.start, claim.end) < 0 and text[claim.start : claim.start + 1].isalnum()
        for span in (claim,) if is_free else _free_parts(claim, taken, text):
            spans.append(span)
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return tuple(sorted(spans))


def _masked(text: str) -> bytearray:
    taken = bytearray(len(text))
    for found in _MASK.finditer(text) if _may_be_masked(text) else ():
        taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return taken


def _may_be_masked(text: str) -> bool:
    return "[" in text or "(" in text


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
