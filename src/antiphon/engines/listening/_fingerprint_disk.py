"""Who first said what in a whole file, kept on disk so that memory does not grow with it."""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b

from antiphon.engines.listening._fingerprint import (
    MOST_ALIKE,
    halves,
    halves_to_try,
    is_slip,
    mark_of,
)

_CACHE_KIB = 65_536
_ALIKE = (
    "SELECT id, words FROM passage WHERE number IN"
    " (SELECT number FROM half WHERE half IN (?, ?, ?, ?, ?, ?)) ORDER BY number"
)


class SaidOnDisk:
    """The same answers as `Said`, for as many passages as a disk holds."""

    __slots__ = ("_base",)

    def __init__(self) -> None:
        # An empty name is a private database that vanishes when it is closed.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        # One transaction, never committed: nothing of it outlives the run, and a commit costs as much as a look-up.
        self._base.execute("BEGIN")
        self._base.execute("CREATE TABLE said (mark BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID")
        self._base.execute("CREATE TABLE passage (number INTEGER PRIMARY KEY, id TEXT, words TEXT)")
        self._base.execute("CREATE TABLE half (half BLOB, number INTEGER, PRIMARY KEY (half, number)) WITHOUT ROWID")

    def first(self, id_: str, words: Sequence[str] | None) -> str | None:
        """The id of the first row that said these words, or None for the first itself, which is remembered."""
        if words is None:
            return None
        mark = bytes.fromhex(mark_of(words))
        row = self._base.execute("SELECT id FROM said WHERE mark = ?", (mark,)).fetchone()
        if row is not None:
            return str(row[0])
        known = self._but_for_a_slip(words)
        self._base.execute("INSERT INTO said VALUES (?, ?)", (mark, known or id_))
        if known is None:
            self._remember(id_, words)
        return known

    def _but_for_a_slip(self, words: Sequence[str]) -> str | None:
        tried = list(map(_digest, halves_to_try(words)))
        if not tried:
            return None
        rows = self._base.execute(_ALIKE, tried)
        return next((str(id_) for id_, said in rows if is_slip(said.split(" "), words)), None)

    def _remember(self, id_: str, words: Sequence[str]) -> None:
        kept = halves(words)
        if kept is None:
            return
        said = " ".join(words)
        number = self._base.execute("INSERT INTO passage (id, words) VALUES (?, ?)", (id_, said)).lastrowid
        for half in map(_digest, kept):
            (count,) = self._base.execute("SELECT count(*) FROM half WHERE half = ?", (half,)).fetchone()
            if count < MOST_ALIKE:
                self._base.execute("INSERT OR IGNORE INTO half VALUES (?, ?)", (half, number))

    def close(self) -> None:
        """Forget everything."""
        self._base.close()


def _digest(half: str) -> bytes:
    return blake2b(half.encode("utf-8", "surrogatepass"), digest_size=12).digest()
