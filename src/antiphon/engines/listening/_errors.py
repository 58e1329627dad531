"""What can go wrong with a file as a whole."""

from collections.abc import Mapping

Param = str | int


class UnreadableFile(Exception):
    """A file that cannot be read at all.

    Codes: `empty`, `binary`, `unsupported_kind`, `old_office_file`, `unsupported_archive`,
    `unsupported_encoding`, `archive_too_large`, `archive_ratio`, `archive_too_many_parts`, `forbidden_xml`,
    `damaged`, `too_many_columns`, `too_many_rows`, `no_such_sheet`, `no_such_column`, `no_text_column`.
    """

    def __init__(self, code: str, params: Mapping[str, Param] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Param] = dict(params or {})
