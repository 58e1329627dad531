"""Adding words of one's own, changing what they say, retiring and replacing them, putting them in order."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_now
from antiphon.platform.vocabulary import queries, rules
from antiphon.platform.vocabulary.actions import checking
from antiphon.platform.vocabulary.models import Codebook, CodebookEntry
from antiphon.platform.workspaces.models import Member

TEXTS = ("label", "meaning", "example", "parent", "takes_after")


@transaction.atomic
def add_entry(
    *,
    by: Member,
    label: str,
    codebook: Codebook | None = None,
    pack: str = "",
    meaning: str = "",
    example: str = "",
    parent: str = "",
    takes_after: str = "",
) -> CodebookEntry:
    """Add a word of one's own to a codebook, or to a pack that takes them."""
    checking.check_may_change(by)
    checking.hold_words(by)
    book = _open_place(by, codebook, pack)
    written = {"label": label, "meaning": meaning, "example": example, "parent": parent, "takes_after": takes_after}
    texts = _checked(by, None, book, pack, written)
    beside = CodebookEntry.objects.visible_to(by).filter(codebook=book, pack=pack)
    entry = CodebookEntry.objects.create(
        workspace_id=by.workspace_id,
        codebook=book,
        pack=pack,
        code=checking.next_code(by),
        place=beside.count(),
        added_by=by,
        **texts,
    )
    queries.forget(by)
    changes = {field: ("", text) for field, text in texts.items() if text}
    facts = {"code": entry.code, "pack": pack, "codebook": book.code if book else ""}
    record("entry.added", entry, by=by, changes=changes, facts=facts)
    return entry


@transaction.atomic
def edit_entry(*, by: Member, entry: CodebookEntry, version: int | None = None, **written: str) -> CodebookEntry:
    """Say anew what a word means; its code stays, and so does everything that was coded with it."""
    checking.check_may_change(by)
    checking.hold_words(by)
    entry = checking.locked_entry(by, entry)
    check_unchanged(entry, version, ["entry.edited"])
    kept = {field: getattr(entry, field) for field in TEXTS}
    texts = _checked(by, entry, entry.codebook, entry.pack, kept | written)
    changed = {field: (kept[field], text) for field, text in texts.items() if kept[field] != text}
    if not changed:
        return entry
    for field, (_before, after) in changed.items():
        setattr(entry, field, after)
    entry.version += 1
    entry.save(update_fields=[*changed, "version"])
    queries.forget(by)
    facts = {"code": entry.code, "version": entry.version}
    record("entry.edited", entry, by=by, changes=changed, facts=facts)
    return entry


@transaction.atomic
def retire_entry(*, by: Member, entry: CodebookEntry, instead: str = "") -> CodebookEntry:
    """Offer a word no longer, with the one that stands in for it; where it was chosen it keeps its words."""
    checking.check_may_change(by)
    checking.hold_words(by)
    entry = checking.locked_entry(by, entry)
    check_now(entry.retired_at is None, _("This entry is retired already."))
    if instead and instead not in dict(queries.instead_of(by, entry)):
        sentence = _("Choose one of the list.")
        raise NotValid(sentence, {"instead": sentence})
    entry.retired_at, entry.retired_by, entry.replaced_by_code = clock.now(), by, instead
    entry.save(update_fields=["retired_at", "retired_by", "replaced_by_code"])
    queries.forget(by)
    record("entry.retired", entry, by=by, facts={"code": entry.code, "replaced_by": instead})
    return entry


@transaction.atomic
def bring_back_entry(*, by: Member, entry: CodebookEntry) -> CodebookEntry:
    """Offer a retired word again."""
    checking.check_may_change(by)
    checking.hold_words(by)
    entry = checking.locked_entry(by, entry)
    check_now(entry.retired_at is not None, _("This entry is in use."))
    checking.check_said_once(by, entry.label, entry.pack or rules.BOOKS_STAND_IN, but=entry.code)
    entry.retired_at, entry.retired_by, entry.replaced_by_code = None, None, ""
    entry.save(update_fields=["retired_at", "retired_by", "replaced_by_code"])
    queries.forget(by)
    record("entry.brought_back", entry, by=by, facts={"code": entry.code})
    return entry


@transaction.atomic
def move_entry(*, by: Member, entry: CodebookEntry, up: bool) -> CodebookEntry:
    """Put a word before the one above it, or after the one below it."""
    checking.check_may_change(by)
    checking.hold_words(by)
    entry = checking.locked_entry(by, entry)
    beside = CodebookEntry.objects.visible_to(by).filter(codebook=entry.codebook, pack=entry.pack)
    order = list(beside.filter(parent=entry.parent).order_by("place", "code"))
    at = next(place for place, each in enumerate(order) if each.pk == entry.pk)
    other = at - 1 if up else at + 1
    check_now(0 <= other < len(order), _("It stands at the end already."))
    order[at], order[other] = order[other], order[at]
    for place, each in enumerate(order):
        CodebookEntry.objects.filter(pk=each.pk).update(place=place)
    queries.forget(by)
    record("entry.moved", entry, by=by, facts={"code": entry.code, "place": other})
    return entry


@transaction.atomic
def take_in(*, by: Member, codebook: Codebook, rows: Iterable[Mapping[str, str]]) -> list[CodebookEntry]:
    """Take entries of a file into a codebook, all of them or none; `under` names an entry by its label."""
    checking.check_may_change(by)
    checking.hold_words(by)
    known = {entry.label.casefold(): entry.code for entry in codebook.entries.all()}
    added = []
    for number, row in enumerate(rows, 1):
        under = row.get("under", "").strip()
        if under and under.casefold() not in known:
            raise _at_row(number, _("“%(under)s” stands nowhere above it.") % {"under": under})
        texts = {field: row.get(field, "") for field in ("label", "meaning", "example")}
        try:
            entry = add_entry(by=by, codebook=codebook, parent=known.get(under.casefold(), ""), **texts)
        except NotValid as refusal:
            raise _at_row(number, str(refusal.sentence)) from None
        known[entry.label.casefold()] = entry.code
        added.append(entry)
    record("codebook.taken_in", codebook, by=by, facts={"code": codebook.code, "entries": len(added)})
    return added


def _at_row(number: int, sentence: str) -> NotValid:
    sentence = _("Entry %(number)s: %(sentence)s Nothing was taken in.") % {"number": number, "sentence": sentence}
    return NotValid(sentence, {"file": sentence})


def _open_place(by: Member, codebook: Codebook | None, pack: str) -> Codebook | None:
    if codebook is None:
        if pack not in rules.EXTENDED:
            raise NotValid(_("This pack takes no entries of your own."))
        return None
    book = checking.locked_book(by, codebook)
    check_now(book.closed_at is None, _("This codebook is closed. Open it again to add to it."))
    return book


def _checked(
    by: Member, entry: CodebookEntry | None, book: Codebook | None, pack: str, written: Mapping[str, str]
) -> dict[str, str]:
    """Texts in one line that fit; what it stands under and takes after is there."""
    texts = {field: checking.one_line(written[field]) for field in TEXTS}
    texts["label"] = checking.checked_label(texts["label"])
    for field, longest in (("meaning", rules.LONGEST_MEANING), ("example", rules.LONGEST_EXAMPLE)):
        if len(texts[field]) > longest:
            sentence = _("Write at most %(longest)s letters.") % {"longest": longest}
            raise NotValid(sentence, {field: sentence})
    is_new = entry is None or entry.label != texts["label"]
    if is_new:
        checking.check_said_once(by, texts["label"], pack or rules.BOOKS_STAND_IN, but=entry.code if entry else "")
    _check_place(by, entry, book, pack, texts)
    return texts


def _check_place(
    by: Member, entry: CodebookEntry | None, book: Codebook | None, pack: str, texts: Mapping[str, str]
) -> None:
    above = dict(queries.parents_of(by, entry, book, pack))
    moved = entry is None or entry.parent != texts["parent"]
    if texts["parent"] and moved and texts["parent"] not in above:
        sentence = _("Choose one of the list.")
        raise NotValid(sentence, {"parent": sentence})
    needs_one = pack in rules.TAKES_AFTER
    if needs_one and texts["takes_after"] not in dict(queries.shipped_choices(pack)):
        sentence = _("Say which entry it is most like.")
        raise NotValid(sentence, {"takes_after": sentence})
