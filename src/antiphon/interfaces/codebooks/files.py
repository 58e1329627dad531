"""Codebooks as files: CSV, and the REFI-QDA codebook that programs for qualitative analysis exchange."""

import csv
import io
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from antiphon.platform.errors import NotValid
from antiphon.platform.exports.actions import hand_over

if TYPE_CHECKING:
    from antiphon.platform.vocabulary.queries import BookRecord
    from antiphon.platform.workspaces.models import Member

QDC_TYPE = "application/xml; charset=utf-8"
QDC = "urn:QDA-XML:codebook:1.0"
LARGEST = 1_000_000
MOST_ENTRIES = 500
COLUMNS = ("label", "meaning", "example", "under")
Row = dict[str, str]


def read(name: str, content: bytes) -> list[Row]:
    """The entries of a file, each with `label`, `meaning`, `example` and the label it stands `under`."""
    if len(content) > LARGEST:
        raise _refused(_("The file is larger than 1 MB. Take out what is no codebook."))
    rows = _from_qdc(content) if name.lower().endswith(".qdc") else _from_csv(content)
    if not rows:
        raise _refused(_("The file holds no entry."))
    if len(rows) > MOST_ENTRIES:
        raise _refused(_("The file holds more than %(most)s entries. Split it.") % {"most": MOST_ENTRIES})
    return rows


def as_qdc(book: "BookRecord") -> bytes:
    """A codebook as REFI-QDA 1.0; what is retired stays out."""
    Tree.register_namespace("", QDC)
    root = Tree.Element(f"{{{QDC}}}CodeBook", {"origin": "Antiphon"})
    codes = Tree.SubElement(root, f"{{{QDC}}}Codes")
    top = _code(codes, book.row.id, book.row.name, book.row.purpose)
    known = {book.row.code: top}
    for word in book.words:
        if not word.is_retired:
            known[word.code] = _code(known.get(word.parent, top), word.entry_id, word.label, word.meaning)
    return Tree.tostring(root, encoding="utf-8", xml_declaration=True)


def hand_over_qdc(*, by: "Member", book: "BookRecord") -> bytes:
    """The same, taken away: that it left is on the trail."""
    content = as_qdc(book)
    count = sum(not word.is_retired for word in book.words)
    hand_over(by=by, what="codebook", kind="qdc", content=content, rows=count, filters={})
    return content


def _code(above: Tree.Element, guid: uuid.UUID | None, name: str, meaning: str) -> Tree.Element:
    code = Tree.SubElement(above, f"{{{QDC}}}Code", {"guid": str(guid), "name": name, "isCodable": "true"})
    if meaning:
        Tree.SubElement(code, f"{{{QDC}}}Description").text = meaning
    return code


def _from_csv(content: bytes) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        heads = {(head or "").strip().casefold(): head for head in table.fieldnames or ()}
        if "label" not in heads:
            raise _refused(_("The first row has to name a column “label”."))
        rows = [{name: (line.get(heads.get(name)) or "") for name in COLUMNS} for line in table]
    except (UnicodeDecodeError, csv.Error):
        raise _refused(_("This is no CSV in UTF-8. Save it as one and bring it again.")) from None
    return [row for row in rows if any(text.strip() for text in row.values())]


def _from_qdc(content: bytes) -> list[Row]:
    try:
        root = fromstring(content, forbid_dtd=True)
    except (Tree.ParseError, DefusedXmlException, ValueError):
        raise _refused(_("This is no REFI-QDA codebook that can be read safely.")) from None
    codes = root.find(f"{{{QDC}}}Codes")
    if root.tag != f"{{{QDC}}}CodeBook" or codes is None:
        raise _refused(_("This is no REFI-QDA codebook that can be read safely."))
    return list(_codes(codes))


def _codes(codes: Tree.Element) -> Iterable[Row]:
    """Each code with the one it stands under, from the top; deep ones are followed without recursion."""
    waiting = [(code, "") for code in reversed(codes.findall(f"{{{QDC}}}Code"))]
    while waiting:
        code, under = waiting.pop()
        label = " ".join(code.get("name", "").split())
        yield {"label": label, "meaning": code.findtext(f"{{{QDC}}}Description") or "", "example": "", "under": under}
        waiting += [(below, label) for below in reversed(code.findall(f"{{{QDC}}}Code"))]


def _refused(sentence: str) -> NotValid:
    return NotValid(sentence, {"file": sentence})
