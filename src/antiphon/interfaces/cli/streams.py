"""Standard input and output of a command: what comes through a pipe, and a pipe that is closed."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

STREAM = "-"
# How a shell tells that a program's reader had enough: 128 and the number of SIGPIPE.
READER_GONE = 141


@contextmanager
def readable(file: Path) -> Iterator[Path]:
    """The file itself; what comes through a pipe is first written to a private file, to be read more than once."""
    if file.is_file():
        yield file
        return
    with TemporaryDirectory(prefix="antiphon-") as folder:
        kept = Path(folder) / "stdin"
        with kept.open("wb") as target:
            if str(file) == STREAM:
                shutil.copyfileobj(sys.stdin.buffer, target)
            else:
                with file.open("rb") as pipe:
                    shutil.copyfileobj(pipe, target)
        yield kept


def end_quietly() -> None:
    """End as other programs do whose reader has seen enough."""
    # What is still to be written when Python ends would complain again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(READER_GONE)


def stop_on_terminate() -> None:
    """Let SIGTERM end this process as Ctrl-C does: in order, and its workers with it."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
