"""Drawing one panel so that anyone can repeat it with nothing but the published lottery."""

import hashlib
from collections.abc import Sequence

from antiphon.engines.selection._values import Panel

_DOMAIN = "antiphon panel draw:"


def fraction(seed: int | str) -> float:
    """A number in 0..1 that everyone gets from the same seed: SHA-256 of its words, first 53 bits."""
    digest = hashlib.sha256(f"{_DOMAIN}{seed}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / (1 << 53)


def draw(panels: Sequence[Panel], seed: int | str) -> Panel:
    """The panel in whose stretch of the running total of weights the seed's number falls."""
    point, upto = fraction(seed), 0.0
    for panel in panels:
        upto += panel.weight
        if point < upto:
            return panel
    return panels[-1]


def ticket_from_number(number: int, tickets: int) -> int:
    """The ticket (1..tickets) of a published number, such as a state lottery's: its remainder, plus 1."""
    return number % tickets + 1


def ticket_from_dice(rolls: Sequence[int], sides: int, tickets: int) -> int | None:
    """The ticket of some rolls of a die read as digits; None: roll again, else some tickets were likelier."""
    value = 0
    for roll in rolls:
        value = value * sides + roll - 1
    possible = sides ** len(rolls)
    return value % tickets + 1 if value < possible - possible % tickets else None


def drawn_by_ticket(counts: Sequence[int], ticket: int) -> int:
    """Which panel holds a ticket, counting tickets through the panels in their order."""
    upto = 0
    for place, count in enumerate(counts):
        upto += count
        if ticket <= upto:
            return place
    raise IndexError(ticket)
