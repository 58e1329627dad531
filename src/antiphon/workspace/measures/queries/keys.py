"""Ids that are only compared."""

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast


def key_of(field: str) -> Cast:
    """An id as plain text: making ten thousand ids of it takes longer than reading them."""
    return Cast(field, CharField())


def keys(found: QuerySet, field: str) -> set[str]:
    """The ids that stand in a field of these rows."""
    return set(found.annotate(key=key_of(field)).values_list("key", flat=True))
