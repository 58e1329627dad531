"""What goes over the wire: shapes made from the rows that queries give, pages of them, and problems."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from functools import cache
from types import GenericAlias, NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from django.core.paginator import Page
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, create_model

from antiphon.platform.clock import FIRST_DAY, LAST_DAY

# Labels are translated late: by the time they leave they are words.
Text = Annotated[str, BeforeValidator(lambda value: value if value is None else str(value))]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
# Which version of its words a program read: if somebody else was faster, nothing is overwritten.
Version = Annotated[int, Field(ge=1, le=1_000_000)]
Size = Annotated[int, Field(ge=1, le=500)]
Day = Annotated[datetime.date, Field(ge=FIRST_DAY, le=LAST_DAY)]
T = TypeVar("T")


class Problem(Schema):
    """Why something was refused: one sentence a person can act on, and where it lies."""

    status: int
    title: str
    fields: dict[str, str] = {}


class Paged(Schema, Generic[T]):
    """One page of a list; pages are counted from 1."""

    items: list[T]
    page: int
    pages: int
    count: int


@cache
def shape(row: type, name: str, but: frozenset[str] = frozenset()) -> type[Schema]:
    """The shape of a row that a query gives: the same names, so that nothing has to be learned twice.

    What says which buttons a page shows (`can_…`, `may_…`) is left out: an operation that is not allowed says so.
    """
    hints = get_type_hints(row)
    kept = [f for f in dataclasses.fields(row) if not f.name.startswith(("can_", "may_")) and f.name not in but]
    fields = {f.name: (_wire(hints[f.name]), ...) for f in kept}
    return create_model(name, __base__=Schema, __doc__=row.__doc__, **fields)


def _wire(hint: Any) -> Any:
    """A type as it is on the wire: texts as words, rows inside rows as shapes."""
    if hint is str:
        return Text
    if dataclasses.is_dataclass(hint):
        return shape(hint, hint.__name__)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return _optional(parts)
    if parts and origin is not Annotated:
        return GenericAlias(origin, tuple(part if part is Ellipsis else _wire(part) for part in parts))
    return hint


def _optional(parts: tuple) -> Any:
    (only,) = [part for part in parts if part is not NoneType]
    return _wire(only) | None


def paged(page: Page) -> dict[str, object]:
    """A page of rows as it goes over the wire."""
    found = page.paginator
    return {"items": list(page.object_list), "page": page.number, "pages": found.num_pages, "count": found.count}


def _no_control_signs(text: str) -> str:
    if any((ord(sign) < 32 and sign not in "\n\r\t") or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValueError("Leave out control signs and halves of signs.")
    return text


def words(longest: int, shortest: int = 0) -> Any:
    """A text that somebody writes, no longer than its column."""
    return Annotated[str, Field(min_length=shortest, max_length=longest), AfterValidator(_no_control_signs)]


def codes(longest: int = 40, most: int = 60) -> Any:
    """Ids of entries of a content pack."""
    return Annotated[list[words(longest)], Field(max_length=most)]


def chosen(values: Iterable[str]) -> Any:
    """One of the given codes, named in the description."""
    known: Sequence[str] = tuple(values)

    def among(value: str) -> str:
        if value not in known:
            raise ValueError(f"Choose one of: {', '.join(known)}.")
        return value

    return Annotated[str, AfterValidator(among), Field(json_schema_extra={"enum": list(known)})]
