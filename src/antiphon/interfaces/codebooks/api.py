"""Words for programs: the shipped packs, codebooks of one's own, and the words in them."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Schema
from ninja.files import UploadedFile

from antiphon.interfaces.codebooks import files
from antiphon.interfaces.codebooks.exports import WORDS
from antiphon.platform.api.routing import FeatureRouter
from antiphon.platform.api.shapes import Version, shape, words
from antiphon.platform.vocabulary import actions, queries
from antiphon.platform.vocabulary.rules import LONGEST_EXAMPLE, LONGEST_LABEL, LONGEST_MEANING

router = FeatureRouter("words")
Pack = shape(queries.PackRow, "Pack")
PackRecord = shape(queries.PackRecord, "PackRecord")
Codebook = shape(queries.BookRow, "Codebook")
CodebookRecord = shape(queries.BookRecord, "CodebookRecord")
Word = shape(queries.WordRow, "Word")


class Code(Schema):
    """An entry of a pack."""

    code: words(60, 1)


class CodebookIn(Schema):
    """What a codebook is called and what it is for."""

    name: words(LONGEST_LABEL, 1)
    purpose: words(LONGEST_MEANING, 1)


class CodebookNew(CodebookIn):
    """New words for the version that was read."""

    version: Version


class WordIn(Schema):
    """A word: what it means, an example, and the code of what it stands under."""

    label: words(LONGEST_LABEL, 1)
    meaning: words(LONGEST_MEANING) = ""
    example: words(LONGEST_EXAMPLE) = ""
    parent: words(60) = ""


class PackWordIn(WordIn):
    """A word of a pack; some packs ask which shipped entry it is most like."""

    takes_after: words(60) = ""


class WordNew(Schema):
    """What is to change in the version that was read; what is left out stays."""

    version: Version
    label: words(LONGEST_LABEL, 1) | None = None
    meaning: words(LONGEST_MEANING) | None = None
    example: words(LONGEST_EXAMPLE) | None = None
    parent: words(60) | None = None
    takes_after: words(60) | None = None


class Instead(Schema):
    """The code of the word that stands in for one that is retired, or nothing."""

    instead: words(60) = ""


class Place(Schema):
    """One place up or down."""

    to: Literal["up", "down"]


@router.reads("/packs", list[Pack])
def list_packs(request: HttpRequest):
    """The shipped packs, as this workspace uses them."""
    return queries.pack_rows(request.member)


@router.reads("/packs/{slug:pack_id}", PackRecord)
def get_pack(request: HttpRequest, pack_id: str):
    """A pack with every entry: shipped, one's own, hidden, retired."""
    return queries.pack_record(request.member, pack_id)


@router.exports("/packs/{slug:pack_id}/export", "words-{pack_id}", WORDS)
def export_pack(request: HttpRequest, pack_id: str):
    """A pack as a file, a row an entry; it is on the trail, as on the pages."""
    return queries.pack_record(request.member, pack_id).words


@router.does("/packs/{slug:pack_id}/hide", PackRecord)
def hide(request: HttpRequest, pack_id: str, body: Code):
    """Offer a shipped entry no longer; where it was chosen it keeps its words."""
    actions.hide(by=request.member, pack=pack_id, code=body.code)
    return queries.pack_record(request.member, pack_id)


@router.does("/packs/{slug:pack_id}/show", PackRecord)
def show(request: HttpRequest, pack_id: str, body: Code):
    """Offer a hidden entry again."""
    actions.show(by=request.member, pack=pack_id, code=body.code)
    return queries.pack_record(request.member, pack_id)


@router.makes("/packs/{slug:pack_id}/words", Word)
def add_to_pack(request: HttpRequest, pack_id: str, body: PackWordIn):
    """Add a word of one's own to a pack that takes them."""
    queries.pack_record(request.member, pack_id)
    made = actions.add_entry(by=request.member, pack=pack_id, **body.dict())
    return queries.word_row(request.member, made.pk)


@router.reads("/codebooks", list[Codebook])
def list_codebooks(request: HttpRequest):
    """The workspace's own codebooks, those in use first."""
    return queries.book_rows(request.member)


@router.makes("/codebooks", CodebookRecord)
def open_codebook(request: HttpRequest, body: CodebookIn):
    """Open a codebook of one's own beside the four sections."""
    made = actions.open_codebook(by=request.member, **body.dict())
    return queries.book_record(request.member, made.pk)


@router.reads("/codebooks/{uuid:codebook_id}", CodebookRecord)
def get_codebook(request: HttpRequest, codebook_id: UUID):
    """A codebook with its words, each under what it stands under."""
    return queries.book_record(request.member, codebook_id)


@router.words("/codebooks/{uuid:codebook_id}", CodebookRecord)
def edit_codebook(request: HttpRequest, codebook_id: UUID, body: CodebookNew):
    """Say anew what a codebook is called and what it is for; its code stays."""
    book = queries.get_book(request.member, codebook_id)
    actions.edit_codebook(by=request.member, codebook=book, **body.dict())
    return queries.book_record(request.member, codebook_id)


@router.does("/codebooks/{uuid:codebook_id}/close", CodebookRecord)
def close_codebook(request: HttpRequest, codebook_id: UUID):
    """Offer a codebook no longer; what was coded with it keeps its words."""
    actions.close_codebook(by=request.member, codebook=queries.get_book(request.member, codebook_id))
    return queries.book_record(request.member, codebook_id)


@router.does("/codebooks/{uuid:codebook_id}/reopen", CodebookRecord)
def reopen_codebook(request: HttpRequest, codebook_id: UUID):
    """Offer a closed codebook again."""
    actions.reopen_codebook(by=request.member, codebook=queries.get_book(request.member, codebook_id))
    return queries.book_record(request.member, codebook_id)


@router.makes("/codebooks/{uuid:codebook_id}/words", Word)
def add_to_codebook(request: HttpRequest, codebook_id: UUID, body: WordIn):
    """Add a word to a codebook."""
    book = queries.get_book(request.member, codebook_id)
    made = actions.add_entry(by=request.member, codebook=book, **body.dict())
    return queries.word_row(request.member, made.pk)


@router.does("/codebooks/{uuid:codebook_id}/take-in", CodebookRecord)
def take_in(request: HttpRequest, codebook_id: UUID, file: File[UploadedFile]):
    """Take the entries of a file (CSV, or a REFI-QDA codebook) into a codebook, all of them or none."""
    book = queries.get_book(request.member, codebook_id)
    actions.check_may_change(request.member)
    found = files.read(file.name or "", file.read(files.LARGEST + 1))
    actions.take_in(by=request.member, codebook=book, rows=found)
    return queries.book_record(request.member, codebook_id)


@router.exports("/codebooks/{uuid:codebook_id}/export", "codebook", WORDS)
def export_codebook(request: HttpRequest, codebook_id: UUID):
    """A codebook as a file, a row a word; it is on the trail, as on the pages."""
    return queries.book_record(request.member, codebook_id).words


@router.document("/codebooks/{uuid:codebook_id}/qdc", files.QDC_TYPE)
def export_qdc(request: HttpRequest, codebook_id: UUID):
    """A codebook as programs for qualitative analysis exchange it; it is on the trail."""
    book = queries.book_record(request.member, codebook_id)
    return HttpResponse(files.hand_over_qdc(by=request.member, book=book), content_type=files.QDC_TYPE)


@router.reads("/words/{uuid:entry_id}", Word)
def get_word(request: HttpRequest, entry_id: UUID):
    """A word of one's own."""
    return queries.word_row(request.member, entry_id)


@router.words("/words/{uuid:entry_id}", Word)
def edit_word(request: HttpRequest, entry_id: UUID, body: WordNew):
    """Say anew what a word means; its code stays, and so does everything that was coded with it."""
    new = {name: value for name, value in body.dict().items() if value is not None}
    actions.edit_entry(by=request.member, entry=queries.get_entry(request.member, entry_id), **new)
    return queries.word_row(request.member, entry_id)


@router.does("/words/{uuid:entry_id}/retire", Word)
def retire_word(request: HttpRequest, entry_id: UUID, body: Instead):
    """Offer a word no longer, with the one that stands in for it; where it was chosen it keeps its words."""
    entry = queries.get_entry(request.member, entry_id)
    actions.retire_entry(by=request.member, entry=entry, instead=body.instead)
    return queries.word_row(request.member, entry_id)


@router.does("/words/{uuid:entry_id}/bring-back", Word)
def bring_back_word(request: HttpRequest, entry_id: UUID):
    """Offer a retired word again."""
    actions.bring_back_entry(by=request.member, entry=queries.get_entry(request.member, entry_id))
    return queries.word_row(request.member, entry_id)


@router.does("/words/{uuid:entry_id}/move", Word)
def move_word(request: HttpRequest, entry_id: UUID, body: Place):
    """Put a word before the one above it, or after the one below it."""
    entry = queries.get_entry(request.member, entry_id)
    actions.move_entry(by=request.member, entry=entry, up=body.to == "up")
    return queries.word_row(request.member, entry_id)
