"""Lists that people keep: which columns they have, which part of their address says what is seen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from antiphon.platform.exports.tables import Column


@dataclass(frozen=True, slots=True)
class List:
    """A list: its page, its columns (the first one names a row and stays), the keys of its address."""

    page: str
    what: str
    caption: object
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    opens: str | Callable[[object], str] = ""
    export: str = ""

    @property
    def title(self) -> Column:
        """The column that names a row."""
        return self.columns[0]

    def known_to(self, member: object) -> tuple[Column, ...]:
        """The columns that this member may see."""
        return tuple(column for column in self.columns if column.only is None or column.only(member))

    def chosen(self, member: object, names: Iterable[str]) -> tuple[Column, ...]:
        """The columns that an address names, in the list's order; the usual ones where it names none."""
        known = self.known_to(member)
        wanted = set(names) & {column.name for column in known}
        if not wanted:
            return tuple(column for column in known if column.shown or column is self.title)
        return tuple(column for column in known if column.name in wanted or column is self.title)

    def orders(self, member: object) -> tuple[Column, ...]:
        """The columns in whose order this member may put the rows."""
        return tuple(column for column in self.known_to(member) if column.orders_by)

    def order_of(self, member: object, asked: str) -> str:
        """The field that a column's name stands for, falling with a minus before it; nothing for the usual order."""
        fields = {column.name: column.orders_by for column in self.orders(member)}
        field = fields.get(asked.removeprefix("-"), "")
        return f"-{field}" if field and asked.startswith("-") else field

    def route_of(self, row: object) -> str:
        """The page on which a row is opened; nothing where it has none."""
        return self.opens(row) if callable(self.opens) else self.opens


LISTS: dict[str, List] = {}


def kept(one: List) -> List:
    """Make a list known by the name of its page."""
    LISTS[one.page] = one
    return one


def totals(columns: Sequence[Column], rows: Sequence[object]) -> dict[str, float]:
    """The sum of each column that is a number."""
    return {
        column.name: sum(column.of(row) or 0 for row in rows)
        for column in columns
        if column.is_number and column.adds_up and len(rows) > 1
    }
