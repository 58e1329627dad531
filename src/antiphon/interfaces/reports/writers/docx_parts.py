"""What the library for text documents has no word for: links, bookmarks, heads that repeat, page numbers."""

from collections.abc import Sequence

from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

Cell = tuple[str, str]  # what it says, and where it leads
ACCENT, HAIR, SOFT = "0F5C63", "D3D7D4", "566165"
TEXT_WIDTH = Cm(16.6)


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place that links of the same document lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def link_to(paragraph: Paragraph, bookmark: str, text: str, *, size: float = 11) -> None:
    """A link to a bookmark: it needs no network."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.append(_run(text, size, ACCENT))
    paragraph._p.append(link)


def link_away(paragraph: Paragraph, url: str, text: str) -> None:
    """A link to a page of Antiphon."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(_run(text, None, ACCENT))
    paragraph._p.append(link)


def add_page_number(paragraph: Paragraph) -> None:
    """The number of the page, which the reading program knows."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(_run("1", None, ""))
    paragraph._p.append(field)


def add_table(
    paper: Paper,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    wide: Sequence[int],
    *,
    width: Length = TEXT_WIDTH,
    size: float = 9.5,
    fills: Sequence[Sequence[str]] = (),
) -> None:
    """A table whose head stands on every page; built by hand, since the library takes minutes over a thousand rows."""
    table = paper.add_table(1, len(columns))
    table.autofit = False
    widths = [int(width * part / sum(wide)) for part in wide]
    for column, measure in zip(table.columns, widths, strict=True):
        column.width = measure
    head = table.rows[0]
    for cell, words, measure in zip(head.cells, columns, widths, strict=True):
        cell.width = measure
        _close(cell.paragraphs[0]._p)
        cell.paragraphs[0]._p.append(_run(str(words), size, SOFT, bold=True))
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table._tbl.tblPr.append(_lines())
    for place, row in enumerate(rows):
        made = OxmlElement("w:tr")
        keep_together(made)
        for at, (words, url) in enumerate(row):
            fill = fills[place][at] if fills else ""
            made.append(_cell(paper, words, url, widths[at], size, fill))
        table._tbl.append(made)
    paper.add_paragraph()


def keep_together(row: BaseOxmlElement) -> None:
    """A row stays on one page."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _close(paragraph: BaseOxmlElement) -> None:
    """Lines in a table stand close."""
    spacing = OxmlElement("w:spacing")
    for name in ("before", "after"):
        spacing.set(qn(f"w:{name}"), "30")
    paragraph.get_or_add_pPr().append(spacing)


def _cell(paper: Paper, words: str, url: str, width: int, size: float, fill: str) -> BaseOxmlElement:
    cell, paragraph = OxmlElement("w:tc"), OxmlElement("w:p")
    cell.width = Length(width)
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{name}"), value)
        cell.get_or_add_tcPr().append(shade)
    _close(paragraph)
    dark = fill in {"2d777d", "0f5c63"}
    if url:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paper.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(_run(words, size, "FFFFFF" if dark else ACCENT))
        paragraph.append(link)
    else:
        paragraph.append(_run(words, size, "FFFFFF" if dark else ""))
    cell.append(paragraph)
    return cell


def _run(text: str, size: float | None, colour: str, *, bold: bool = False) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    dress = run.get_or_add_rPr()
    # The schema wants these in this order.
    if bold:
        dress.append(OxmlElement("w:b"))
    if colour:
        tint = OxmlElement("w:color")
        tint.set(qn("w:val"), colour)
        dress.append(tint)
    if size:
        measure = OxmlElement("w:sz")
        measure.set(qn("w:val"), str(int(size * 2)))
        dress.append(measure)
    run.text = text
    return run


def _lines() -> BaseOxmlElement:
    """Hairlines below each row, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", HAIR)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders
