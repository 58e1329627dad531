"""What the pages about words show: the packs, one pack, the codebooks, one codebook."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from antiphon.content import Entry, Source, load, packs
from antiphon.platform.errors import NoSuch
from antiphon.platform.vocabulary import permissions, rules
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry, HiddenEntry
from antiphon.platform.vocabulary.queries.words import vocabulary
from antiphon.platform.workspaces.models import Member


class NoSuchWord(NoSuch):
    """No pack, codebook or entry of this workspace has this name."""


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack as the list shows it."""

    id: str
    title: str
    edition: str
    licence: str
    attribution: str
    entry_count: int
    own_count: int
    hidden_count: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """A codebook as the list shows it."""

    id: UUID
    code: str
    name: str
    purpose: str
    is_closed: bool
    entry_count: int
    made_by: str
    version: int


@dataclass(frozen=True, slots=True)
class WordRow:
    """An entry, shipped or one's own, as pages and files show it; one's own has an `entry_id` and a version."""

    code: str
    label: str
    meaning: str
    example: str
    depth: int
    parent: str
    under: str
    provenance: tuple[str, ...]
    sources: tuple[str, ...]
    is_own: bool
    is_unverified: bool
    is_hidden: bool
    is_retired: bool
    replaced_by: str
    replaced_by_label: str
    entry_id: UUID | None = None
    version: int | None = None
    can_hide: bool = False
    can_show: bool = False
    can_change: bool = False


@dataclass(frozen=True, slots=True)
class PackRecord:
    """Everything a pack's page shows; `stays` says as a code why nothing of it can be hidden."""

    row: PackRow
    changed: str
    sources: tuple[Source, ...]
    words: tuple[WordRow, ...]
    stays: str
    can_add: bool


@dataclass(frozen=True, slots=True)
class BookRecord:
    """Everything a codebook's page shows."""

    row: BookRow
    words: tuple[WordRow, ...]
    can_change: bool
    can_add: bool


def pack_rows(member: Member) -> list[PackRow]:
    """The shipped packs in reading order, as this workspace uses them."""
    return [_pack_row(member, pack_id) for pack_id in packs()]


def pack_record(member: Member, pack_id: str) -> PackRecord:
    """One pack with every entry; those of own codebooks stand on their own pages."""
    if pack_id not in packs():
        raise NoSuchWord(pack_id)
    shipped, header = load(pack_id), load(pack_id).header
    own = {entry.code: entry for entry in CodebookEntry.objects.visible_to(member).filter(pack=pack_id)}
    hidden = set(HiddenEntry.objects.visible_to(member).filter(pack=pack_id).values_list("code", flat=True))
    known = vocabulary(member).pack(pack_id)
    shown = [entry for entry in known.every if entry.id in shipped or entry.id in own]
    return PackRecord(
        row=_pack_row(member, pack_id),
        changed=header.changed,
        sources=header.sources,
        words=tuple(_word(member, pack_id, entry, own.get(entry.id), hidden) for entry in shown),
        stays=rules.STAYS.get(pack_id, ""),
        can_add=permissions.may_change(member) and pack_id in rules.EXTENDED,
    )


def book_rows(member: Member) -> list[BookRow]:
    """The workspace's own codebooks, those in use first."""
    counts = Counter(
        CodebookEntry.objects.visible_to(member).exclude(codebook=None).values_list("codebook_id", flat=True)
    )
    found = Codebook.objects.visible_to(member).select_related("made_by__user").order_by("created_at", "pk")
    rows = [_book_row(book, counts[book.pk]) for book in found]
    return sorted(rows, key=lambda row: row.is_closed)


def get_book(member: Member, codebook_id: UUID | str) -> Codebook:
    """One codebook of the member's workspace."""
    book = Codebook.objects.visible_to(member).select_related("made_by__user").filter(pk=codebook_id).first()
    if book is None:
        raise NoSuchWord(codebook_id)
    return book


def get_entry(member: Member, entry_id: UUID | str) -> CodebookEntry:
    """One entry of the workspace's own."""
    found = CodebookEntry.objects.visible_to(member).select_related("codebook")
    entry = found.filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchWord(entry_id)
    return entry


def word_row(member: Member, entry_id: UUID | str) -> WordRow:
    """One entry of the workspace's own, as pages show it."""
    own = get_entry(member, entry_id)
    pack_id = own.pack or rules.BOOKS_STAND_IN
    return _word(member, pack_id, vocabulary(member).pack(pack_id).get(own.code), own, set())


def book_record(member: Member, codebook_id: UUID | str) -> BookRecord:
    """One codebook with its entries, each under what it stands under."""
    book = get_book(member, codebook_id)
    own = {entry.code: entry for entry in book.entries.all()}
    known = [entry for entry in vocabulary(member).needs.every if entry.id in own]
    changes = permissions.may_change(member)
    return BookRecord(
        row=_book_row(book, len(own)),
        words=tuple(_word(member, rules.BOOKS_STAND_IN, entry, own[entry.id], set()) for entry in _nested(known)),
        can_change=changes,
        can_add=changes and book.closed_at is None,
    )


def parents_of(member: Member, entry: CodebookEntry | None, book: Codebook | None, pack_id: str) -> list:
    """What an entry may stand under: others of its codebook, or of its pack; (code, label)."""
    if book:
        own = book.entries.filter(retired_at=None)
        above = dict(book.entries.values_list("code", "parent"))
        known = [(each.code, each.label) for each in own.order_by("place", "code")]
    else:
        above = {}
        known = [(each.id, each.label) for each in vocabulary(member).pack(pack_id) if each.depth == 0]
    code = entry.code if entry else ""
    return [pair for pair in known if pair[0] != code and not rules.goes_round(code, pair[0], above)]


def shipped_choices(pack_id: str) -> list[tuple[str, str]]:
    """The shipped entries that a new one may take after."""
    return [(entry.id, entry.label) for entry in load(pack_id)]


def instead_of(member: Member, entry: CodebookEntry) -> list[tuple[str, str]]:
    """What may stand in for an entry that is retired: others that are in use beside it; (code, label)."""
    beside = vocabulary(member).pack(entry.pack or rules.BOOKS_STAND_IN)
    return [(each.id, each.label) for each in beside if each.id != entry.code]


def _nested(entries: list[Entry]) -> list[Entry]:
    """Each entry followed by what stands under it."""
    ids = {entry.id for entry in entries}
    below: dict[str, list[Entry]] = {}
    for entry in entries:
        below.setdefault(entry.parent if entry.parent in ids else "", []).append(entry)
    order: list[Entry] = []
    front = list(below.get("", ()))
    while front:
        entry = front.pop(0)
        order.append(entry)
        front = below.get(entry.id, []) + front
    return order


def _pack_row(member: Member, pack_id: str) -> PackRow:
    shipped, known = load(pack_id), vocabulary(member).pack(pack_id)
    offered = {entry.id for entry in known}
    books = {entry.id for entry in known if entry.depth == 0} if pack_id == rules.BOOKS_STAND_IN else set()
    return PackRow(
        id=pack_id,
        title=shipped.header.title,
        edition=shipped.header.edition,
        licence=shipped.header.licence,
        attribution=shipped.header.attribution,
        entry_count=len(shipped),
        own_count=sum(entry.id not in shipped and entry.id not in books for entry in known),
        hidden_count=sum(entry.id not in offered for entry in shipped),
    )


def _book_row(book: Codebook, count: int) -> BookRow:
    return BookRow(
        id=book.pk,
        code=book.code,
        name=book.name,
        purpose=book.purpose,
        is_closed=book.closed_at is not None,
        entry_count=count,
        made_by=book.made_by.name,
        version=book.version,
    )


def _word(member: Member, pack_id: str, entry: Entry, own: CodebookEntry | None, hidden: set[str]) -> WordRow:
    known, changes = vocabulary(member).pack(pack_id), permissions.may_change(member)
    offered = known.offers(entry.id)
    titles = {source.id: source.title for source in known.header.sources}
    replaced_by = own.replaced_by_code if own else entry.replaced_by or ""
    above = own.parent if own else entry.parent
    return WordRow(
        code=entry.id,
        label=entry.label,
        meaning=own.meaning if own else entry.description or entry.plain,
        example=own.example if own else "",
        depth=entry.depth,
        parent=entry.parent or "",
        under=known.label(above) if above else "",
        provenance=entry.provenance,
        sources=tuple(titles[name] for name in entry.source),
        is_own=own is not None,
        is_unverified=entry.unverified,
        is_hidden=not offered and not entry.retired,
        is_retired=entry.retired,
        replaced_by=replaced_by,
        replaced_by_label=known.label(replaced_by) if replaced_by else "",
        entry_id=own.pk if own else None,
        version=own.version if own else None,
        can_hide=changes and own is None and offered and pack_id in rules.HIDEABLE,
        can_show=changes and entry.id in hidden,
        can_change=changes and own is not None,
    )
