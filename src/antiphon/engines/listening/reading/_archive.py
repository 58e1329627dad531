"""Office files are archives: what they declare is checked before a byte is unpacked."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening.reading._shapes import Kind

ZIP_MARK = b"PK\x03\x04"
OLD_OFFICE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")

MOST_UNPACKED = 512 * 1024 * 1024
MOST_RATIO = 200
# A small part may be highly repetitive without harm.
RATIO_FROM = 4 * 1024 * 1024
MOST_PARTS = 10_000
# Read into memory whole by the readers, unlike the sheets and the document.
MOST_HELD = 96 * 1024 * 1024
_HELD_PARTS = ("sharedstrings.xml", "styles.xml", "workbook.xml", "numbering.xml")

_MAIN_PARTS: tuple[tuple[str, Kind], ...] = (("xl/workbook.xml", "xlsx"), ("word/document.xml", "docx"))
_XML_ENDINGS = (".xml", ".rels", ".vml")


def office_kind(path: Path) -> Kind:
    """`xlsx` or `docx`, after every check; raises `UnreadableFile` for anything else or anything unsafe."""
    try:
        with ZipFile(path) as archive:
            _check_sizes(archive)
            names = set(archive.namelist())
            kind = next((kind for part, kind in _MAIN_PARTS if part in names), None)
            if kind is None:
                raise UnreadableFile("unsupported_archive")
            _refuse_declared_entities(archive)
    except (
        BadZipFile,
        ParseError,
        NotImplementedError,  # what zipfile says of a packing it does not know
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
    ) as error:
        raise UnreadableFile("damaged", {"reason": type(error).__name__}) from error
    return kind


def _check_sizes(archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise UnreadableFile("archive_too_many_parts", {"found": len(parts), "limit": MOST_PARTS})
    declared = sum(part.file_size for part in parts)
    held = sum(part.file_size for part in parts if part.filename.lower().endswith(_HELD_PARTS))
    if declared > MOST_UNPACKED or held > MOST_HELD:
        raise UnreadableFile("archive_too_large", {"found": declared, "limit": MOST_UNPACKED})
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise UnreadableFile("archive_ratio", {"part": part.filename[:200], "limit": MOST_RATIO})


def _refuse_declared_entities(archive: ZipFile) -> None:
    """Office files never declare a document type; one that does wants something. Only prologues are read."""
    for name in archive.namelist():
        if name.lower().endswith(_XML_ENDINGS):
            with archive.open(name) as part:
                try:
                    next(iter(iterparse(part, events=("start",), forbid_dtd=True)), None)
                except DefusedXmlException as error:
                    raise UnreadableFile("forbidden_xml", {"part": name[:200]}) from error
