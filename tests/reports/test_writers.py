"""The files: whole, the same twice, with links that work offline; hostile words stay words."""

import dataclasses
import datetime
import io
import re
import zipfile

import pytest
from defusedxml import ElementTree
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pptx import Presentation

from antiphon.interfaces.reports.cleaning import LONGEST, clean, cleaned
from antiphon.interfaces.reports.lengths import MOST_RECORDS, MOST_ROWS, shortened, workbook
from antiphon.interfaces.reports.model import (
    Drawing,
    Figure,
    Figures,
    Grid,
    How,
    Quoted,
    Record,
    Report,
    Row,
    Rows,
    Section,
    Words,
)
from antiphon.interfaces.reports.writers import WRITERS, pdf
from antiphon.platform.charts import Bar, Bars, Heading, HeatMap, Line, MapCell, MapRow, Point, Step, Strip

MADE_AT = datetime.datetime(2026, 11, 22, 7, 0, tzinfo=datetime.UTC)
RECORD = "http://127.0.0.1:8600/decisions/1/"
LINE = Line(
    "Rate", tuple(Point(f"m{n}", v, "n 3") for n, v in enumerate([None, 40, None, 60])), " %", 100, ("M", "R", "n")
)
BARS = Bars("Owed", (Bar("Regulatory", 5, "2 late", tone="late"), Bar("Medical", 2)), headings=("F", "n", ""))
STRIP = Strip("The line", (Step("Voices", 271), Step("Answers", 1)))
HOSTILE = {
    "typst": '#panic("no") *bold* _it_ $x^2$ <label> @ref `raw` \\ #import "x" ] [ } {',
    "markup": '<script>alert(1)</script> & "quoted" </w:t> <a:t>',
    "right to left": "\u0645\u0631\u062d\u0628\u0627 and \u05e9\u05dc\u05d5\u05dd",
    "turned around": "\u202edetrever\u202c \u2066x\u2069",
    "control": "a\x00b\x01c\x1b[31m\x7f\x85 \ufffe\uffff \U0001fffe",
    "half a letter": "x\ud800y",
    "emoji": "\U0001f600 \U0001f468\u200d\U0001f469 \u2764\ufe0f",
    "scripts": "中文 日本語 한국어 हिन्दी ไทย",
    "brackets": "[" * 100_000,
    "one long word": "a" * 5_000,
    "lines": "one\r\ntwo\u2028three\x0bfour",
    "formula": "=HYPERLINK(1)",
    "nothing": "",
    "nothing to see": " \u200b\u200d\ufe0f ",
}


def report(words: str = "A plain sentence.") -> Report:
    """A document with every kind of block, in which this text stands wherever people write."""
    chart = HeatMap(
        "Needs",
        "Need",
        (Heading("Protocol"), Heading(words)),
        (
            MapRow(
                "Travel", (MapCell(3, RECORD, "decided", "decided"), MapCell(None, tone="silent")), is_section=True
            ),
            MapRow(words, (MapCell(1, RECORD, "answered", "answered"), MapCell(2, "", "planned"))),
        ),
        "silent",
    )
    figures = (
        Figure("people", "people", 7, "things", how=How.SUM, column=1),
        Figure("rate", "rate", None, "nothing", " %", "no claim"),
    )
    grid = Grid(("You said", "We did"), (Row((words, "x"), RECORD), Row(("y", words))), (1, 1))
    blocks = (Drawing(STRIP), Figures(figures), Drawing(LINE), Drawing(BARS, "things"), Drawing(chart, note="Legend"))
    record = Record(words, RECORD, (("Outcome", words),), grid, (Quoted(words, words),))
    sections = (
        Section("reading", "How to read it", "How to read it", "", (Words(words),)),
        Section("line", "Numbers", "71 % answered", "How it was counted.", blocks),
        Section("decided", "Decided", "One decision", "In full.", (record, grid)),
    )
    things = Rows(
        "things", "Things", "A note.", ("Thing", "n"), (Row((words, 3), RECORD), Row(("b", 4))), (3, 1), RECORD
    )
    nothing = Rows("nothing", "Nothing", "A note.", ("Thing", "n"), (), (3, 1), RECORD)
    made_on, origin = "22 November 2026, 07:00 UTC", "http://127.0.0.1:8600"
    texts = (
        "Evidence report",
        words,
        "The whole time",
        "Hesperia",
        MADE_AT,
        made_on,
        "Executive",
        origin,
        "en",
        words,
    )
    return cleaned(Report(*texts, sections, (things, nothing)))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(kind, words):
    content = WRITERS[kind].write(report(words))
    if kind == "pdf":
        assert content.startswith(b"%PDF-1.7")
        return
    for name, part in parts(content).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_report_is_the_same_bytes(kind, monkeypatch):
    first = WRITERS[kind].write(report())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert WRITERS[kind].write(report()) == first


def test_what_is_cut_says_so_and_what_no_file_can_hold_is_gone():
    assert clean("[" * 9_000) == "[" * LONGEST + "… (cut here; the whole is in Antiphon)"
    assert clean(HOSTILE["control"]) == "abc[31m  "
    assert clean(HOSTILE["half a letter"]) == "xy"
    assert clean(HOSTILE["turned around"]) == "detrever x"
    assert clean("a\r\nb\u2028c") == "a\nb\nc"
    assert clean(HOSTILE["right to left"]) == HOSTILE["right to left"]


# ---------------------------------------------------------------- long reports


def long_report() -> Report:
    """More rows, decisions and changes than anybody reads in a document."""
    one = report()
    told = one.sections[2].blocks[0]
    grid = Grid(("What", "Why"), tuple(Row((f"change {n}", "x")) for n in range(MOST_ROWS + 2)), (1, 1))
    decided = dataclasses.replace(one.sections[2], blocks=(told,) * (MOST_RECORDS + 3) + (grid,))
    things = dataclasses.replace(one.annex[0], rows=tuple(Row((f"=thing {n}", n)) for n in range(MOST_ROWS + 1)))
    return dataclasses.replace(one, sections=(*one.sections[:2], decided), annex=(things, one.annex[1]))


def test_a_long_report_is_cut_and_says_where_the_rest_is():
    whole = long_report()
    short = shortened(whole)
    assert len(short.annex[0].rows) == MOST_ROWS
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 1} stand here" in short.annex[0].note
    assert len(short.sections[2].of(Record)) == MOST_RECORDS
    assert len(short.sections[2].of(Grid)[0].rows) == MOST_ROWS
    said = [words.text for words in short.sections[2].of(Words)]
    assert [text.split(" stand")[0] for text in said] == [
        f"The first {MOST_ROWS} of {MOST_ROWS + 2}",
        f"The first {MOST_RECORDS} of {MOST_RECORDS + 3}",
    ]
    assert short.annex[1] == whole.annex[1]
    assert list(short.figures) == list(whole.figures)


def test_a_short_report_is_not_touched():
    assert shortened(report()) == report()


def test_the_workbook_has_every_row_under_the_number_of_its_table():
    book = load_workbook(io.BytesIO(workbook(long_report())))
    assert book.sheetnames == ["A1", "A2"]
    rows = list(book["A1"].iter_rows(values_only=True))
    assert rows[0] == ("Thing", "n", "In Antiphon")
    assert len(rows) == MOST_ROWS + 2
    assert rows[-1][:2] == (f"=thing {MOST_ROWS}", MOST_ROWS)
    assert all(cell.data_type != "f" for row in book["A1"].iter_rows() for cell in row)


# ---------------------------------------------------------------- PDF


def test_the_pdf_is_tagged_titled_and_holds_its_fonts():
    content = pdf.write(report())
    assert re.search(rb"/Marked true", content)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"Evidence report: A plain sentence." in content
    assert re.search(rb"/Lang ?\(en\)", content)
    assert content.count(b"/FontFile3") >= 2
    assert RECORD.encode() in content


def test_no_letter_of_another_script_is_lost_without_a_word():
    data = pdf.as_data(report("中文 \U0001f600 plain"))
    assert pdf.without("中文 plain é", "中") == "□□ plain é"
    assert pdf.without("\U0001f600 plain", "\U0001f600") == "□ plain"
    assert data["lacking"] == ""


def test_any_other_fault_of_the_setting_is_not_hidden(monkeypatch):
    import typst

    monkeypatch.setattr(pdf, "STANDARD", "ua-1")
    monkeypatch.setattr(pdf, "as_data", lambda _report: {"title": "x"})
    with pytest.raises(typst.TypstError):
        pdf.write(report())


# ---------------------------------------------------------------- DOCX


def test_the_text_document_has_real_headings_and_heads_that_repeat():
    paper = Document(io.BytesIO(WRITERS["docx"].write(report())))
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["How to read it", "Numbers", "Decided"]
    tables = [table for table in paper.tables if table.rows[0]._tr.trPr is not None]
    heads = [
        t.rows[0]._tr.trPr.find(qn("w:tblHeader")) for t in tables if t.rows[0].cells[0].text in ("Thing", "Need")
    ]
    assert len(heads) == 2
    assert None not in heads


def test_a_number_of_the_text_document_leads_to_its_rows_without_a_network():
    body = parts(WRITERS["docx"].write(report()))["word/document.xml"].decode()
    anchors = set(re.findall(r'w:anchor="([^"]+)"', body))
    assert anchors == {"things", "nothing"}
    assert anchors <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body))
    rels = parts(WRITERS["docx"].write(report()))["word/_rels/document.xml.rels"].decode()
    assert RECORD in rels


def test_every_picture_says_what_it_shows():
    body = parts(WRITERS["docx"].write(report()))["word/document.xml"].decode()
    said = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)
    assert len(said) == 3
    assert said[1] == "Rate. m0: –: n 3; m1: 40 %: n 3; m2: –: n 3; m3: 60 %: n 3"


def test_the_text_document_keeps_every_word_as_it_is():
    paper = Document(io.BytesIO(WRITERS["docx"].write(report(HOSTILE["typst"] + HOSTILE["markup"]))))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert HOSTILE["typst"] + HOSTILE["markup"] in cells


# ---------------------------------------------------------------- PPTX


@pytest.fixture
def show():
    return Presentation(io.BytesIO(WRITERS["pptx"].write(report())))


def test_every_slide_has_its_message_and_says_how_it_was_counted(show):
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert all(titles)
    assert "71 % answered" in titles
    assert "A1  Things" in titles
    notes = [s.notes_slide.notes_text_frame.text for s in show.slides if s.has_notes_slide]
    assert any("How it was counted." in note for note in notes)


def test_a_number_of_a_slide_leads_to_the_slide_with_its_rows(show):
    led = {}
    for slide in show.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.click_action.target_slide is not None:
                led[shape.text_frame.text] = shape.click_action.target_slide.shapes.title.text_frame.text
    assert led["7"] == "A1  Things"
    assert led["–"] == "A2  Nothing"


def test_charts_of_slides_can_be_edited_and_gaps_are_gaps(show):
    charts = [s.chart for slide in show.slides for s in slide.shapes if s.has_chart]
    assert [len(c.plots[0].categories) for c in charts] == [4, 2]
    assert list(charts[0].plots[0].series[0].values) == [None, 40, None, 60]
    assert charts[0]._chartSpace.xpath("c:chart/c:dispBlanksAs/@val") == ["gap"]
    frames = [s for slide in show.slides for s in slide.shapes if s.has_chart]
    assert all(frame._element.nvGraphicFramePr.cNvPr.get("descr") for frame in frames)


def test_a_long_table_says_how_many_rows_it_leaves_to_the_text_document():
    short = report()
    many = Rows("things", "Things", "", ("Thing", "n"), tuple(Row((f"t{n}", n)) for n in range(100)), (3, 1), RECORD)
    long = type(short)(**{n: getattr(short, n) for n in short.__slots__} | {"annex": (many, short.annex[1])})
    show = Presentation(io.BytesIO(WRITERS["pptx"].write(long)))
    words = [s.text_frame.text for slide in show.slides for s in slide.shapes if s.has_text_frame]
    assert "46 more rows stand in the text document and in Antiphon." in words
