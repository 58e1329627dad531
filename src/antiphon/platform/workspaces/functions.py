"""The parts of an organisation that its members belong to.

What an organisation adds and hides is kept above this room; whoever keeps it says here how it is read.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from antiphon.content import Function, Pack

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

Source = Callable[["Member"], Pack[Function]]
_sources: list[Source] = []


def read_by(source: Source) -> None:
    """Say how the functions of a member's organisation are read; once, at start."""
    _sources[:] = [source]


def functions_of(member: "Member") -> Pack[Function]:
    """The functions as the member's organisation knows them, in the language of the page."""
    return _sources[0](member)


def label(member: "Member", code: str) -> str:
    """What a function is called; nothing for none."""
    return functions_of(member).label(code) if code else ""
