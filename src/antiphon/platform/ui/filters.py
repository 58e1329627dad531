"""Filters of a list, as the filter bar draws them; what is chosen lives in the address."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def search(value: str) -> dict[str, object]:
    """A box to search in, under the name `q`."""
    return {"name": "q", "label": _("Search"), "kind": "search", "value": value}


def select(name: str, label: object, value: str, choices: Iterable[tuple[str, object]]) -> dict[str, object]:
    """One thing to choose; nothing chosen means all."""
    options = [{"value": option, "label": words} for option, words in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}
