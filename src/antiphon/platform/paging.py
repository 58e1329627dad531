"""Pages of rows: the ids first, then what is shown of those on one page."""

from collections.abc import Callable

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

ON_A_PAGE = 50


def ordered(found: QuerySet, order: str) -> QuerySet:
    """The rows by another field first; what has nothing there comes last, and the usual order decides the rest."""
    if not order:
        return found
    field = F(order.removeprefix("-"))
    by = field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True)
    return found.order_by(by, *found.query.order_by)


def page_of(found: QuerySet, number: object, make_rows: Callable[[QuerySet], list], size: int = ON_A_PAGE) -> Page:
    """One page of what was found, in its order; a number that is no page brings the nearest one."""
    shown = Paginator(found.values_list("pk", flat=True), size).get_page(number)
    ids = list(shown.object_list)
    rows = {row.id: row for row in make_rows(found.model.objects.filter(pk__in=ids))}
    shown.object_list = [rows[pk] for pk in ids]
    return shown
