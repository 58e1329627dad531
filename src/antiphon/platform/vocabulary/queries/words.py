"""The packs as one workspace knows them: shipped entries, its own beside them, some no longer offered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar, cast

from django.db.models import BooleanField, Case, CharField, F, IntegerField, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antiphon.content import (
    ActivityType,
    DecisionPoint,
    Entry,
    Function,
    Need,
    Pack,
    StakeholderType,
    UnknownEntry,
    load,
)
from antiphon.platform.vocabulary import rules
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry, HiddenEntry
from antiphon.platform.workspaces.models import Member

E = TypeVar("E", bound=Entry)
# Where a member that stays for one request keeps what was read.
HELD = "_vocabulary"
RETIRED = "0000"


class MemberPack(Pack[E]):
    """A pack in which a code of an older edition still says what it is: nothing that was kept falls over it."""

    __slots__ = ()

    def get(self, entry_id: str) -> E:
        """The entry of this id; for a code that no edition knows any longer, one that says so."""
        try:
            return super().get(entry_id)
        except UnknownEntry:
            return _stranger(self.kind, entry_id)

    @classmethod
    def of(cls, pack: Pack[E]) -> Self:
        """The same pack, patient with codes it does not know."""
        return cls(pack.header, pack.kind, pack.every, pack.hidden)


@dataclass(frozen=True, slots=True)
class _Own:
    """A word of one's own as it was read."""

    what: str
    pack: str
    code: str
    label: str
    meaning: str
    parent: str
    takes_after: str
    is_retired: bool
    replaced_by: str
    place: int


class Vocabulary:
    """Every pack as a workspace knows it, put together when it is first asked for."""

    def __init__(self, rows: Iterable[_Own] = ()) -> None:
        self._own = sorted(rows, key=lambda own: (own.place, own.code))
        self._packs: dict[tuple[str, str], MemberPack] = {}

    def pack(self, pack_id: str) -> Pack[Entry]:
        """One pack: shipped entries in the language of the page, then one's own; hidden ones are not offered."""
        language = get_language() or ""
        if (pack_id, language) not in self._packs:
            self._packs[pack_id, language] = self._put_together(load(pack_id, language))
        return self._packs[pack_id, language]

    def below(self, code: str) -> set[str]:
        """A need with everything under it, also what is no longer offered."""
        pack = self.needs
        return {code} | {entry.id for entry in pack.every if any(above.id == code for above in pack.path(entry.id))}

    @property
    def needs(self) -> Pack[Need]:
        """What patients need, with the workspace's own codebooks beside the four sections."""
        return cast(Pack[Need], self.pack("needs"))

    @property
    def functions(self) -> Pack[Function]:
        """The parts of the organisation."""
        return cast(Pack[Function], self.pack("functions"))

    @property
    def decision_points(self) -> Pack[DecisionPoint]:
        """The moments at which patients can change what is decided."""
        return cast(Pack[DecisionPoint], self.pack("decision_points"))

    @property
    def stakeholder_types(self) -> Pack[StakeholderType]:
        """Who takes part."""
        return cast(Pack[StakeholderType], self.pack("stakeholder_types"))

    @property
    def activity_types(self) -> Pack[ActivityType]:
        """The ways of engaging."""
        return cast(Pack[ActivityType], self.pack("activity_types"))

    def _put_together(self, shipped: Pack[Entry]) -> MemberPack:
        own = [each for each in self._own if each.pack == shipped.id and each.what != "hidden"]
        hidden = {each.code for each in self._own if each.pack == shipped.id and each.what in {"hidden", "closed"}}
        grown = shipped.extended(_in_order(shipped, own))
        return MemberPack.of(grown.extended(hidden={code for code in hidden if code in grown}))


def vocabulary(member: Member) -> Vocabulary:
    """The words of the member's workspace: one query, the first time a request asks."""
    known = member.__dict__.get(HELD)
    if known is None:
        known = member.__dict__[HELD] = Vocabulary(_read(member))
    return known


def pack(member: Member, pack_id: str) -> Pack[Entry]:
    """One pack as the member's workspace knows it."""
    return vocabulary(member).pack(pack_id)


def forget(member: Member) -> None:
    """Read anew next time: the words were changed."""
    member.__dict__.pop(HELD, None)


def _read(member: Member) -> Iterator[_Own]:
    """Codebooks, entries and hidden entries in one query."""
    nothing, no = Value("", output_field=CharField()), Value(False, output_field=BooleanField())
    first = Value(0, output_field=IntegerField())
    what = Case(When(closed_at=None, then=Value("book")), default=Value("closed"), output_field=CharField())
    books = Codebook.objects.visible_to(member).values_list(
        what, _text(rules.BOOKS_STAND_IN), "code", "name", "purpose", nothing, nothing, no, nothing, first
    )
    parent = Case(
        When(codebook=None, then=F("parent")),
        When(parent="", then=F("codebook__code")),
        default=F("parent"),
        output_field=CharField(),
    )
    stands_in = Case(When(codebook=None, then=F("pack")), default=_text(rules.BOOKS_STAND_IN))
    is_retired = Case(When(retired_at=None, then=no), default=Value(True), output_field=BooleanField())
    columns = ("code", "label", "meaning", parent, "takes_after", is_retired, "replaced_by_code", "place")
    entries = CodebookEntry.objects.visible_to(member).values_list(_text("entry"), stands_in, *columns)
    hidden = HiddenEntry.objects.visible_to(member).values_list(
        _text("hidden"), "pack", "code", nothing, nothing, nothing, nothing, no, nothing, first
    )
    for row in books.union(entries, hidden, all=True).order_by():
        yield _Own(*row)


def _text(text: str) -> Value:
    return Value(text, output_field=CharField())


def _in_order(shipped: Pack[Entry], own: list[_Own]) -> Iterator[Entry]:
    """One's own entries, each after what it stands under; what its parent left behind stands at the top."""
    known = {entry.id for entry in shipped.every}
    waiting = list({each.code: each for each in own if each.code not in known}.values())
    while waiting:
        ready = [each for each in waiting if not each.parent or each.parent in known]
        for each in ready or waiting:
            yield _entry(shipped, each, known)
            known.add(each.code)
        waiting = [each for each in waiting if each.code not in known]


def _entry(shipped: Pack[Entry], own: _Own, known: set[str]) -> Entry:
    """A word of one's own as an entry of the pack; what only its kind has comes from the one it takes after."""
    new: dict[str, object] = {
        "id": own.code,
        "label": own.label,
        "labels": (),
        "plain": "",
        "description": own.meaning,
        "parent": own.parent if own.parent in known else None,
        "provenance": ("W",),
        "source": (),
        "unverified": False,
        "retired_in": RETIRED if own.is_retired else None,
        "replaced_by": own.replaced_by if own.replaced_by in known else None,
    }
    if shipped.id in rules.TAKES_AFTER:
        like = shipped.get(own.takes_after) if own.takes_after in shipped else shipped.every[0]
        return like.model_copy(update=new)
    return _made(shipped.kind, new)


def _stranger(kind: type[E], code: str) -> E:
    label = _("%(code)s (no longer in this edition)") % {"code": code}
    return _made(kind, {"id": code, "label": label, "provenance": (), "retired_in": RETIRED})


def _made(kind: type[E], values: Mapping[str, object]) -> E:
    """An entry that was never in a file: what its kind asks for besides is empty."""
    empty = {name: "" for name, field in kind.model_fields.items() if field.is_required()}
    return kind.model_construct(**{**empty, **values})


def choices(pack: Pack[Entry], held: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a form offers: the entries in use, and what was chosen before and is no longer among them."""
    offered = [(entry.id, entry.label) for entry in pack]
    known = {code for code, _label in offered}
    return offered + [(code, pack.label(code)) for code in dict.fromkeys(held) if code and code not in known]
