"""Bytes to characters: one pass to learn the encoding, then lines with what could not be read marked."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._shapes import MOST_LINE_CHARACTERS

CHUNK = 1 << 20
SAMPLE = 1 << 16
# A text holds tabs and line ends, and hardly any other control characters.
MOST_CONTROL_SHARE = 0.03
MOST_NUL_SHARE = 0.02
# A few may be slips, in a file however short; their rows are reported one by one.
SLIPS = 5
_MARK = "\udcff"
_MARKING = "antiphon-mark"
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x1f")
_UTF16_NUL_SHARE = 0.3

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _MARK, error.end


# Wide encodings have no surrogateescape; what cannot be read becomes one lone surrogate, as there.
codecs.register_error(_MARKING, _mark)


@dataclass(frozen=True, slots=True)
class Encoding:
    """Name of the encoding, whether some lines do not follow it, and how many line ends there are."""

    name: str
    mixed: bool
    line_ends: int


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line with its end; `cut` when it was too long and only its beginning is here."""

    number: int
    text: str
    cut: bool


def encoding_of(path: Path) -> Encoding:
    """Encoding by mark, by pattern, or by trying; raises `UnreadableFile('binary')` or `('empty')`."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty")
    wide = _wide(head)
    if wide is not None:
        return Encoding(wide, mixed=False, line_ends=_line_ends(path, wide))
    _refuse_binary(head)
    return _narrow(path, "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8")


def lines(path: Path, encoding: str) -> Iterator[Line]:
    """Lines in order, memory bounded whatever the file; what cannot be read is a lone surrogate."""
    errors = _MARKING if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    number = 0
    with path.open("r", encoding=encoding, errors=errors, newline="") as file:
        while text := file.readline(MOST_LINE_CHARACTERS):
            number += 1
            cut = not text.endswith(("\n", "\r")) and len(text) >= MOST_LINE_CHARACTERS
            rest = text
            while rest and cut and not rest.endswith(("\n", "\r")):
                rest = file.readline(MOST_LINE_CHARACTERS)
            yield Line(number, text, cut)


def _wide(head: bytes) -> str | None:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return None if name == "utf-8-sig" else name
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd / half > _UTF16_NUL_SHARE and even / half < MOST_NUL_SHARE:
        return "utf-16-le"
    if even / half > _UTF16_NUL_SHARE and odd / half < MOST_NUL_SHARE:
        return "utf-16-be"
    return None


def _refuse_binary(head: bytes) -> None:
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    if max(SLIPS, MOST_CONTROL_SHARE * len(head)) < controls:
        raise UnreadableFile("binary")


def _narrow(path: Path, name: str) -> Encoding:
    """UTF-8 if any line that needs it follows it; cp1252 if none does."""
    follows, breaks, ends = 0, 0, 0
    with path.open("rb") as file:
        while raw := file.readline(CHUNK):
            ends += raw.endswith(b"\n")
            if raw.isascii():
                continue
            if _is_utf8(raw):
                follows += 1
            else:
                breaks += 1
    ends = ends or _line_ends(path, name)
    if breaks and not follows and name == "utf-8":
        return Encoding("cp1252", mixed=False, line_ends=ends)
    return Encoding(name, mixed=breaks > 0, line_ends=ends)


def _is_utf8(raw: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(raw, final=len(raw) < CHUNK)
    except UnicodeDecodeError:
        return False
    return True


def _line_ends(path: Path, encoding: str) -> int:
    # Old Macintosh files end lines with a carriage return alone; counting lines covers them too.
    return sum(1 for _ in lines(path, encoding))
