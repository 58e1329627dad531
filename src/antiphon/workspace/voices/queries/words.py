"""The words for what the engine says in codes: of a file, of a row, of a column."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antiphon.workspace.voices.rules import Column

Words = dict[str, str | Promise]

# Why a whole file was refused, and what to do about it.
FILE_FAULTS: Words = {
    "empty": gettext_lazy("The file is empty. Export it again and bring it here."),
    "no_rows": gettext_lazy("The file has a header but no rows beneath it. Export it again with its rows."),
    "binary": gettext_lazy("The file does not hold text. Save it as CSV or XLSX and bring that."),
    "unsupported_kind": gettext_lazy(
        "Antiphon reads CSV, XLSX, DOCX, TXT, Markdown and JSONL. Save it as one of these."
    ),
    "old_office_file": gettext_lazy(
        "This is an old Office file or one with a password. Save it as XLSX or DOCX without one."
    ),
    "unsupported_archive": gettext_lazy("This is a packed file that is neither XLSX nor DOCX. Unpack it first."),
    "unsupported_encoding": gettext_lazy("Its characters cannot be read. Save it as CSV with UTF-8."),
    "archive_too_large": gettext_lazy("Unpacked, it is too large to read safely. Split it, or save it as CSV."),
    "archive_ratio": gettext_lazy("It is packed in a way that is not safe to open. Save it again as CSV."),
    "archive_too_many_parts": gettext_lazy("It holds too many parts to open safely. Save the sheet again as CSV."),
    "forbidden_xml": gettext_lazy("It holds instructions that are not safe to follow. Save it again as CSV."),
    "damaged": gettext_lazy("It is damaged and cannot be read to its end. Export it again, or save it as CSV."),
    "too_many_columns": gettext_lazy(
        "It has %(found)s columns; at most %(limit)s can be read. Delete those without words."
    ),
    "too_many_rows": gettext_lazy("It has too many rows. Split it and bring the parts one by one."),
    "no_such_sheet": gettext_lazy("It has no sheet of this name. Choose another one."),
    "no_such_column": gettext_lazy("A column it had before is gone. Bring the file again and map its columns."),
    "no_text_column": gettext_lazy("No column holds what people said."),
    "odd_header": gettext_lazy("Its first row holds characters that cannot be kept. Save it as CSV with UTF-8."),
}

# Why one row was left out.
ROW_FAULTS: Words = {
    "undecodable": gettext_lazy("A character in “%(column)s” cannot be read. Save the file with UTF-8."),
    "nul_character": gettext_lazy("“%(column)s” holds a character that no text has."),
    "cell_too_long": gettext_lazy("The text is longer than %(limit)s characters. Split it."),
    "line_too_long": gettext_lazy("The line is too long to be read. Split it."),
    "unclosed_quote": gettext_lazy("A quotation mark opens and does not close."),
    "too_many_cells": gettext_lazy("The row has %(found)s cells under %(expected)s columns."),
    "invalid_json": gettext_lazy("The line is not valid JSON, from character %(at)s on."),
    "not_an_object": gettext_lazy("The line is JSON, but not an object with named values."),
    "too_deep": gettext_lazy("The line nests its values too deeply."),
    "id_has_other_words": gettext_lazy("The id “%(id)s” was taken in before with other words in “%(column)s”."),
}

CAUTIONS: Words = {
    "kind_differs_from_name": gettext_lazy("The file is not what its name says; it is read as %(found)s."),
    "mixed_encoding": gettext_lazy("Some rows are written in another encoding. They are listed as bad rows."),
    "empty_header": gettext_lazy("%(count)s columns have no name and were given one."),
    "duplicate_header": gettext_lazy("%(count)s columns share a name and were numbered."),
    "no_header_row": gettext_lazy("The first row may not be a header."),
    "more_sheets": gettext_lazy("The workbook has %(count)s more sheets. Bring it again for each one you need."),
}

COLUMN_FAULTS: Words = {
    "no_text": gettext_lazy("Choose at least one column that holds what people said."),
    "two_id": gettext_lazy("Only one column can be the id."),
    "two_date": gettext_lazy("Only one column can be the date."),
    "two_group": gettext_lazy("Only one column can be the group."),
}

COLUMN_ROLES: Words = {
    Column.TEXT: gettext_lazy("What people said"),
    Column.GROUP: gettext_lazy("Group of people"),
    Column.DATE: gettext_lazy("Date it was said"),
    Column.ID: gettext_lazy("Id of the row"),
    Column.IGNORE: gettext_lazy("Leave out"),
}

SAFETY_KINDS: Words = {
    "": gettext_lazy("Not said"),
    "adverse_event": gettext_lazy("Something bad happened after a medicine"),
    "special_situation": gettext_lazy("Special situation, such as an overdose or pregnancy"),
    "product_complaint": gettext_lazy("Something wrong with a product"),
    "raised_by_hand": gettext_lazy("Pointed out by a reader"),
}


class _Missing(dict):
    def __missing__(self, key: str) -> str:
        return "?"


def say(table: Words, code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence for a code; one that nobody named yet still says something a person can act on."""
    words = table.get(code)
    if words is None:
        return _("It could not be read (%(code)s). Export it again.") % {"code": code}
    return str(words) % _Missing({name: str(value) for name, value in (params or {}).items()})
