"""What a kept view may hold: a short name, and the part of an address that says what is seen."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

LONGEST_NAME = 60
LONGEST_QUERY = 1000
LONGEST_VALUE = 200
MOST = 20
COLUMNS, ORDER = "columns", "order"


def only_known(query: str, keys: Iterable[str]) -> str:
    """The filters, columns and order of an address, sorted; pages, blanks and everything unknown are left out."""
    allowed = {*keys, COLUMNS, ORDER}
    pairs = parse_qsl(query[: 10 * LONGEST_QUERY])
    return urlencode(sorted(pair for pair in dict.fromkeys(pairs) if pair[0] in allowed and is_plain(pair[1])))


def is_plain(value: str) -> bool:
    """A value somebody can have chosen or typed: not too long, nothing invisible in it."""
    return len(value) <= LONGEST_VALUE and value.isprintable()


def is_a_name(name: str) -> bool:
    """A name that can stand on a tab."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()
