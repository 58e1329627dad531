"""What can be wrong with content, as codes and parameters: whoever shows it finds the words."""

from collections.abc import Iterable
from dataclasses import dataclass


class ContentError(Exception):
    """A code with its parameters."""

    code = "content"

    def __init__(self, **parameters: str) -> None:
        self.parameters = parameters
        shown = ", ".join(f"{name}={value}" for name, value in parameters.items())
        super().__init__(f"{self.code}: {shown}")


class UnknownPack(ContentError):
    """There is no such pack."""

    code = "unknown_pack"

    def __init__(self, pack: str) -> None:
        super().__init__(pack=pack)


class EntryError(ContentError):
    """Something about one entry of one pack."""

    code = "entry"

    def __init__(self, pack: str, entry: str, **more: str) -> None:
        super().__init__(pack=pack, entry=entry, **more)


class UnknownEntry(EntryError):
    """The pack has no entry of that id, neither offered, hidden nor retired."""

    code = "unknown_entry"


class EntryTaken(EntryError):
    """An added entry uses an id the pack already has, even one that is hidden or retired."""

    code = "entry_taken"


class MissingEntry(EntryError):
    """An added entry names a parent or a replacement that the pack does not have."""

    code = "missing_entry"

    def __init__(self, pack: str, entry: str, field: str, named: str) -> None:
        super().__init__(pack, entry, field=field, named=named)


class WrongKind(EntryError):
    """An added entry lacks the fields that every entry of this pack has."""

    code = "wrong_kind"

    def __init__(self, pack: str, entry: str, wanted: str, given: str) -> None:
        super().__init__(pack, entry, wanted=wanted, given=given)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file: where, and what."""

    file: str
    entry: str
    field: str
    code: str
    detail: str = ""

    def __str__(self) -> str:
        place = [self.file, self.entry and f"entry {self.entry}", self.field and f"field {self.field}"]
        told = f"{self.code} ({self.detail})" if self.detail else self.code
        return f"{', '.join(part for part in place if part)}: {told}"


class BrokenPack(ContentError):
    """One or more files do not hold what their schema asks; every fault is listed."""

    code = "broken_pack"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=str(len(self.faults)))

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
