"""A pack: entries in order, found by id; a workspace extends or thins it without losing a reference."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from antiphon.content.errors import EntryTaken, MissingEntry, UnknownEntry, WrongKind
from antiphon.content.schema import Entry, Header

E = TypeVar("E", bound=Entry)
E_co = TypeVar("E_co", bound=Entry, covariant=True)


@dataclass(frozen=True, slots=True)
class Pack(Generic[E_co]):
    """Reference content of one sort. `entries` are offered; `every` can still be read."""

    header: Header
    kind: type[E_co]
    every: tuple[E_co, ...]
    hidden: frozenset[str] = frozenset()
    entries: tuple[E_co, ...] = field(init=False)
    _index: Mapping[str, E_co] = field(init=False, repr=False, compare=False)
    _offered: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {entry.id: entry for entry in self.every}
        entries = tuple(e for e in self.every if not e.retired and not _is_covered(e, index, self.hidden))
        object.__setattr__(self, "_index", MappingProxyType(index))
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "_offered", frozenset(entry.id for entry in entries))

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.header.id

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._index

    def __iter__(self) -> Iterator[E_co]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, entry_id: str) -> E_co:
        """The entry of this id, also when it is hidden or retired."""
        try:
            return self._index[entry_id]
        except KeyError:
            raise UnknownEntry(self.id, entry_id) from None

    def label(self, entry_id: str, language: str = "") -> str:
        """Its short name, in a language if one is asked for."""
        return self.get(entry_id).label_in(language)

    def in_language(self, language: str) -> "Pack[E_co]":
        """The same pack with every label that was translated into a language."""
        every = tuple(entry.in_language(language) for entry in self.every)
        return Pack(self.header, self.kind, every, self.hidden)

    def offers(self, entry_id: str) -> bool:
        """Whether it may be chosen anew: known, not hidden, not retired."""
        return entry_id in self._offered

    def children(self, entry_id: str | None) -> tuple[E_co, ...]:
        """What is offered directly under an entry, or at the top."""
        if entry_id is not None:
            self.get(entry_id)
        return tuple(entry for entry in self.entries if entry.parent == entry_id)

    def path(self, entry_id: str) -> tuple[E_co, ...]:
        """The entry with all that stands above it, top first."""
        return tuple(reversed(list(_upwards(self.get(entry_id), self._index))))

    def current(self, entry_id: str) -> str | None:
        """What stands for this id today: itself, its replacement, else what it stood under."""
        entry: Entry = self.get(entry_id)
        while entry.retired:
            after = entry.replaced_by or entry.parent
            if after is None:
                return None
            entry = self.get(after)
        return entry.id

    def extended(self, extra: Iterable[Entry] = (), hidden: Iterable[str] = ()) -> "Pack[E_co]":
        """This pack with a workspace's own entries after the shipped ones, and some no longer offered.

        A parent stands in the pack or earlier among the extra. Hiding an entry hides what stands under it.
        """
        index: dict[str, E_co] = dict(self._index)
        for entry in extra:
            index[entry.id] = self._admitted(entry, index)
        grown = Pack(self.header, self.kind, tuple(index.values()))
        covered = self.hidden | frozenset(grown.get(entry_id).id for entry_id in hidden)
        return Pack(self.header, self.kind, grown.every, covered)

    def _admitted(self, entry: Entry, index: Mapping[str, Entry]) -> E_co:
        if not isinstance(entry, self.kind):
            raise WrongKind(self.id, entry.id, self.kind.__name__, type(entry).__name__)
        if entry.id in index:
            raise EntryTaken(self.id, entry.id)
        for link, named in (("parent", entry.parent), ("replaced_by", entry.replaced_by)):
            if named is not None and named not in index:
                raise MissingEntry(self.id, entry.id, link, named)
        parent = self._standing(entry.parent)
        return entry.placed(parent=parent, depth=0 if parent is None else index[parent].depth + 1)

    def _standing(self, parent: str | None) -> str | None:
        """A parent that a new edition retired must not take the workspace's own entries with it."""
        return self.current(parent) if parent is not None and parent in self else parent


def _upwards(entry: E, index: Mapping[str, E]) -> Iterator[E]:
    yield entry
    while entry.parent is not None:
        entry = index[entry.parent]
        yield entry


def _is_covered(entry: E, index: Mapping[str, E], hidden: frozenset[str]) -> bool:
    return bool(hidden) and any(above.id in hidden for above in _upwards(entry, index))
