"""Reading the words of a workspace."""

from antiphon.platform.vocabulary.queries.pages import (
    BookRecord,
    BookRow,
    NoSuchWord,
    PackRecord,
    PackRow,
    WordRow,
    book_record,
    book_rows,
    get_book,
    get_entry,
    instead_of,
    pack_record,
    pack_rows,
    parents_of,
    shipped_choices,
)
from antiphon.platform.vocabulary.queries.words import MemberPack, Vocabulary, choices, forget, pack, vocabulary

__all__ = [
    "BookRecord",
    "BookRow",
    "MemberPack",
    "NoSuchWord",
    "PackRecord",
    "PackRow",
    "Vocabulary",
    "WordRow",
    "book_record",
    "book_rows",
    "choices",
    "forget",
    "get_book",
    "get_entry",
    "instead_of",
    "pack",
    "pack_record",
    "pack_rows",
    "parents_of",
    "shipped_choices",
    "vocabulary",
]
