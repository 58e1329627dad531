"""Finding passages by words, whatever their endings, with small mistakes forgiven."""

from antiphon.engines.listening.finding._index import (
    Finding,
    Index,
    build_index,
    open_index,
    read_index,
    write_index,
)

__all__ = ["Finding", "Index", "build_index", "open_index", "read_index", "write_index"]
