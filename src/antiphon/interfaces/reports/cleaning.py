"""Takes out of every text what no document can hold, and what turns the words around it."""

import dataclasses
import re
from typing import TypeVar

from django.utils.translation import gettext as _

Thing = TypeVar("Thing")
LONGEST = 4_000
# Control characters, halves of pairs and what Unicode never gives away cannot stand in XML; marks that turn the
# direction of the words after them would turn the report's own.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
BREAKS = re.compile("\r\n?|[\u2028\u2029]")
LAST_OF_PLANE = (0xFFFE, 0xFFFF)


def clean(text: str) -> str:
    """A text that every kind of document can hold; what is cut says so."""
    kept = UNFIT.sub("", BREAKS.sub("\n", text))
    if not kept.isascii():
        kept = "".join(letter for letter in kept if ord(letter) & 0xFFFF not in LAST_OF_PLANE)
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST]}… {_('(cut here; the whole is in Antiphon)')}"


def cleaned(thing: Thing) -> Thing:
    """The same values with every text in them cleaned."""
    if isinstance(thing, str) and type(thing) is str:
        return clean(thing)
    if isinstance(thing, tuple):
        return tuple(cleaned(part) for part in thing)
    if dataclasses.is_dataclass(thing):
        parts = {field.name: cleaned(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
        return dataclasses.replace(thing, **parts)
    return thing
