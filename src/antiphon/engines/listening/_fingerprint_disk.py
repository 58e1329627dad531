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
        self._base.execute(
            "CREATE TABLE half (half INTEGER, number INTEGER, PRIMARY KEY (half, number)) WITHOUT ROWID"
        )

    def first(self, id_: str, words: Sequence[str] | None) -> str | None:
        """The id of the first row that said these words, or None for the first itself, which is remembered."""
        if words is None:
            return None
        mark = bytes.fromhex(mark_of(words))
        if not self._base.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (mark, id_)).rowcount:
            (known,) = self._base.execute("SELECT id FROM said WHERE mark = ?", (mark,)).fetchone()
            return str(known)
        tried = list(map(_number, halves_to_try(words)))
        alike = self._base.execute(_ALIKE, tried).fetchall() if tried else []
        known = next((str(other) for other, said in alike if is_slip(said.split(" "), words)), None)
        if known is not None:
            self._base.execute("UPDATE said SET id = ? WHERE mark = ?", (known, mark))
        elif halves(words) is not None:
            # Its own halves are the first that were tried.
            self._remember(id_, words, [half for half in tried[:2] if not alike or self._has_room(half)])
        return known

    def _remember(self, id_: str, words: Sequence[str], kept: Sequence[int]) -> None:
        number = self._base.execute("INSERT INTO passage (id, words) VALUES (?, ?)", (id_, " ".join(words))).lastrowid
        self._base.executemany("INSERT OR IGNORE INTO half VALUES (?, ?)", [(half, number) for half in kept])

    def _has_room(self, half: int) -> bool:
        (count,) = self._base.execute("SELECT count(*) FROM half WHERE half = ?", (half,)).fetchone()
        return bool(count < MOST_ALIKE)

    def close(self) -> None:
        """Forget everything."""
        self._base.close()


def _number(half: str) -> int:
    # Two halves with one number cost a look at the words, no more.
    return int.from_bytes(blake2b(half.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
