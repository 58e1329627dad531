"""The file of a run that is not done yet: killed at any moment, it can be gone on with."""

import json
import os
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from antiphon.engines.listening.running._hearing import CHUNK, Hearing


class Unfinished:
    """`OUT.part` beside the result, and `OUT.part.run`, which says of what run it is.

    Lines are only ever added, so that whatever is whole in it is right. It is gone on with when the same
    file is listened to in the same way by the same Antiphon; else it is started anew. Raises `OSError`,
    `BlockingIOError` where another run is writing it.
    """

    def __init__(self, out: Path, run: str) -> None:
        self._out = out
        self._part = out.with_name(out.name + ".part")
        self._mark = out.with_name(out.name + ".part.run")
        self._file = os.fdopen(os.open(self._part, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        try:
            _lock(self._file)
            self.kept_chunks = self._keep_whole_chunks() if _read(self._mark) == run else 0
            if not self.kept_chunks:
                self._file.truncate(0)
                self._file.seek(0)
            _write(self._mark, run)
        except BaseException:
            self._file.close()
            raise

    def write(self, lines: str) -> None:
        """Add lines; they are with the system when this returns, and survive the end of the process."""
        self._file.write(lines.encode("ascii"))
        self._file.flush()

    def finish(self) -> None:
        """Put the whole file in its place."""
        os.fsync(self._file.fileno())
        os.replace(self._part, self._out)
        self._mark.unlink(missing_ok=True)
        self._file.close()

    def forget(self) -> None:
        """Leave nothing behind: what was asked cannot be done."""
        self._part.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)
        self._file.close()

    def leave(self) -> None:
        """Leave what is there for the next run."""
        self._file.close()

    def _keep_whole_chunks(self) -> int:
        """Cut off what follows the last whole chunk, and say how many there are."""
        lines = whole = at = 0
        for line in self._file:
            if not line.endswith(b"}\n") or b"\0" in line:
                break
            at += len(line)
            lines += 1
            if lines % CHUNK == 0:
                whole = at
        self._file.seek(whole)
        self._file.truncate()
        return lines // CHUNK


def run_of(source: Path, hearing: Hearing, *more: str | None) -> str:
    """A mark of everything the result depends on: the file's content, what is asked, and the engine itself."""
    digest = blake2b(digest_size=16)
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    asked = (hearing.text_column, hearing.id_column, repr(hearing.settings), CHUNK, *more)
    digest.update(json.dumps(asked).encode())
    digest.update(hearing.codebook or b"")
    for path in sorted(Path(str(files("antiphon.engines.listening"))).rglob("*")):
        if path.suffix in (".py", ".yaml", ".gz", ".model"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _lock(file: BinaryIO) -> None:
    """Refuse when another run writes the same file; where a system has no such locks nothing is refused."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read(mark: Path) -> str:
    try:
        return mark.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _write(mark: Path, run: str) -> None:
    new = mark.with_name(mark.name + ".new")
    new.write_text(run, "ascii")
    os.replace(new, mark)
