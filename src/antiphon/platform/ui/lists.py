"""A list as its page shows it: the chosen columns of its rows, what may be ticked, and the sums at its foot."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from antiphon.platform.exports.lists import List, totals
from antiphon.platform.exports.tables import Column
from antiphon.platform.ui import filters
from antiphon.platform.ui.templatetags.ui import day
from antiphon.platform.views import queries as views
from antiphon.platform.views.permissions import may_share
from antiphon.platform.views.queries import ViewRow
from antiphon.platform.views.rules import COLUMNS, ORDER, only_known

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of one row, and the lines beneath it."""

    column: Column
    value: object
    words: str
    beneath: tuple["Cell", ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what names it, where it opens, its other cells."""

    row: object
    url: str
    title: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that a person can have in the table or not."""

    name: str
    heading: object
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Bulk:
    """What can be done with the rows that are ticked: a page that takes their ids along."""

    url: str
    name: str
    label: object
    icon: str
    ids: frozenset
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A list with everything that its template needs."""

    list: List
    heads: tuple[Column, ...]
    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]
    page: Page | None
    feet: tuple[tuple[Column, float | None], ...]
    asked: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    order: dict[str, object]
    export_url: str
    query: str
    views: tuple[ViewRow, ...]
    can_share: bool

    @property
    def url(self) -> str:
        """The list without filters, with its usual columns."""
        return reverse(self.list.page)

    @property
    def current(self) -> ViewRow | None:
        """The kept view that is seen now."""
        return next((view for view in self.views if view.query == self.query), None)

    @property
    def clear_url(self) -> str:
        """The list without filters; the columns stay."""
        return "?" + _query([(COLUMNS, name) for name in self.asked])

    @property
    def usual_url(self) -> str:
        """The list with its usual columns; the filters stay."""
        return "?" + _query(self.kept)


def chosen_columns(request: HttpRequest, one: List) -> tuple[Column, ...]:
    """The columns that the address of this page asks for."""
    return one.chosen(request.member, request.GET.getlist(COLUMNS))


def chosen_order(request: HttpRequest, one: List) -> str:
    """The field in whose order the address of this page asks for rows."""
    return one.order_of(request.member, request.GET.get(ORDER, ""))


def on_page(request: HttpRequest, one: List) -> dict[str, object]:
    """Which page of a list is asked for, and in which order."""
    return {"number": request.GET.get("page", 1), "order": chosen_order(request, one)}


def _order(request: HttpRequest, one: List) -> dict[str, object]:
    """The order to choose, as the filter bar draws it."""
    ways = {"": _("%(heading)s, rising"), "-": _("%(heading)s, falling")}
    choices = [
        (f"{sign}{column.name}", words % {"heading": column.heading})
        for column in one.orders(request.member)
        for sign, words in ways.items()
    ]
    return filters.select(ORDER, _("Order"), request.GET.get(ORDER, ""), choices) | {"first": _("Usual order")}


def table(request: HttpRequest, one: List, rows: Page | Sequence[object]) -> Table:
    """A list as its page shows it: what it holds, and what the address asks for."""
    columns = chosen_columns(request, one)
    names = {column.name for column in columns}
    heads = tuple(column for column in columns[1:] if column.beneath not in names)
    shown = list(rows.object_list if isinstance(rows, Page) else rows)
    sums = totals(heads, shown)
    known = {column.name for column in one.known_to(request.member)}
    return Table(
        list=one,
        heads=heads,
        choices=tuple(Choice(c.name, c.heading, c in columns) for c in one.columns[1:] if c.name in known),
        lines=tuple(_line(one, row, columns, heads) for row in shown),
        page=rows if isinstance(rows, Page) else None,
        feet=tuple((head, sums.get(head.name)) for head in heads) if sums else (),
        asked=tuple(name for name in request.GET.getlist(COLUMNS) if name in known),
        kept=tuple((name, value) for name, value in _pairs(request.GET) if name in {*one.keys, ORDER}),
        order=_order(request, one) if one.orders(request.member) else {},
        export_url=reverse(one.export) if one.export else "",
        query=only_known(request.GET.urlencode(), one.keys),
        views=tuple(views.rows(request.member, one.page)),
        can_share=may_share(request.member),
    )


def in_words(value: object) -> str:
    """A value as a person reads it in a cell."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, (tuple, list)):
        return ", ".join(in_words(part) for part in value) or NOTHING
    return NOTHING if value is None or value == "" else str(value)


def _line(one: List, row: object, columns: Sequence[Column], heads: Sequence[Column]) -> Line:
    route = one.route_of(row)
    url = reverse(route, args=[row.id]) if route else ""
    return Line(row, url, _cell(row, one.title, columns), tuple(_cell(row, head, columns) for head in heads))


def _cell(row: object, column: Column, columns: Sequence[Column]) -> Cell:
    """A cell; lines beneath it that say nothing are left out."""
    lower = (_cell(row, other, ()) for other in columns if other.beneath == column.name)
    value = column.of(row)
    return Cell(column, value, in_words(value), tuple(cell for cell in lower if cell.value))


def _pairs(given: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in given.lists() for value in values if value]


def _query(pairs: Sequence[tuple[str, str]]) -> str:
    made = QueryDict(mutable=True)
    for name, value in pairs:
        made.appendlist(name, value)
    return made.urlencode()
