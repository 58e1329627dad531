"""Forms: a label, a colon, and what was filled in."""

import re
from collections.abc import Iterator

from antiphon.engines.listening._lexicons import lexicon
from antiphon.engines.listening._values import Span, SpanKind
from antiphon.engines.listening.personal._pattern import any_in_any_case, in_small_letters

_FIELDS: dict[SpanKind, list[str]] = lexicon("personal")["fields"]
_KIND_OF: dict[str, SpanKind] = {label.lower(): kind for kind, labels in _FIELDS.items() for label in labels}
_LABEL = re.compile(rf"(?<!\w)({any_in_any_case(_KIND_OF)})[ \t]{{0,2}}:[ \t\u00a0]{{0,4}}")
# What was filled in ends with its line, at the next label, or with its sentence.
_VALUE = re.compile(r"[^\n\r:]{1,80}")
_NEXT_LABEL = re.compile(r"(?:[.,;]|\s{2,})\s*[^\W\d_]{2,20}(?: [^\W\d_]{2,12})?\Z")
_TRIMMED = " \t\u00a0.,;-"


def field_spans(text: str) -> Iterator[Span]:
    """What stands behind a label of a form."""
    if ":" not in text:
        return
    for found in _LABEL.finditer(text):
        value = _VALUE.match(text, found.end())
        if value is None:
            continue
        start, end = value.span()
        if text[end : end + 1] == ":":
            following = _NEXT_LABEL.search(text, start, end)
            end = following.start() if following else end
        while end > start and text[end - 1] in _TRIMMED:
            end -= 1
        while start < end and text[start] in _TRIMMED:
            start += 1
        if start < end and not text[start:end].startswith("["):
            yield Span(start, end, _KIND_OF[in_small_letters(found.group(1))], "field")
