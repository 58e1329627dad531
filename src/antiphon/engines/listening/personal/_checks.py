"""Whether digits can be what their shape suggests: check digits, calendars, lengths."""

import re
from ipaddress import ip_address

_FEWEST_PHONE_DIGITS, _MOST_PHONE_DIGITS = 8, 15
_ID_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_GROUPS = re.compile(r"\d+")


def digits_of(claimed: str) -> list[int]:
    """The digits alone."""
    return [int(char) for char in claimed if char.isdecimal()]


def is_ip(claimed: str) -> bool:
    """An address of the net, of either length."""
    try:
        ip_address(claimed)
    except ValueError:
        return False
    return True


def is_nhs(claimed: str) -> bool:
    """Ten digits of which the last is right modulo 11 (NHS Data Dictionary)."""
    digits = digits_of(claimed)
    return (
        len(digits) == 10
        and sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    )


def is_luhn(claimed: str) -> bool:
    """The check of card numbers (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits_of(claimed))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def is_spanish_id(claimed: str) -> bool:
    """A DNI or NIE whose letter follows from its number."""
    plain = claimed.replace("-", "")
    number = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdecimal() and _ID_LETTERS[int(number) % 23] == plain[-1]


def is_date(claimed: str) -> bool:
    """Day and month in either order; a third digit is taken for a slip."""
    first, second = (int(part) for part in _GROUPS.findall(claimed)[:2])
    return min(first, second) >= 1 and min(first, second) <= 12 and max(first, second) <= 31


def is_day_and_month(claimed: str) -> bool:
    """Day before month."""
    day, month = (int(part) for part in _GROUPS.findall(claimed)[:2])
    return 1 <= day <= 31 and 1 <= month <= 12


def is_age(claimed: str) -> bool:
    """No one is older than this."""
    found = _GROUPS.findall(claimed)
    return not found or int(found[0]) <= 120


def is_reference(claimed: str) -> bool:
    """Long enough to tell one person from another."""
    count = len(digits_of(claimed))
    return count >= 4 or (0 < count < len(claimed.replace(" ", "")) and any(map(str.isupper, claimed)))


def is_named_phone(claimed: str) -> bool:
    """Announced as a phone number, so that fewer digits do."""
    return 5 <= len(digits_of(claimed)) <= _MOST_PHONE_DIGITS


def is_phone(claimed: str) -> bool:
    """Enough digits in groups, or as many as dialled ones without any."""
    count = len(digits_of(claimed))
    if not _FEWEST_PHONE_DIGITS <= count <= _MOST_PHONE_DIGITS:
        return False
    groups = _GROUPS.findall(claimed)
    if len(groups) == 1:
        return claimed.startswith(("0", "+", "(")) and count >= 9
    # "2019 2020" and the like are years, and "1.000.000.000" an amount.
    return not all(len(group) == 4 and group[:2] in ("19", "20") for group in groups) and not re.fullmatch(
        r"\d{1,3}(?:[.,]\d{3})+", claimed
    )
