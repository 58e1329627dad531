"""Board notes and forum texts: a passage a paragraph, list item or table cell, with its heading."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx

from antiphon.engines.listening.reading import Row, rows, sniff

Written = Callable[[str, str | bytes], Path]


def passages(path: Path) -> list[tuple[str, str, str]]:
    found = rows(path, sniff(path, path.name))
    return [(row.place, row.cells["text"], row.cells.get("heading", "")) for row in found if isinstance(row, Row)]


def document() -> bytes:
    notes = docx.Document()
    notes.add_paragraph("Before")
    notes.add_heading("Burden", 1)
    notes.add_paragraph("First\tthing")
    notes.add_paragraph("")
    notes.add_paragraph("An item", style="List Bullet")
    table = notes.add_table(2, 2)
    table.cell(0, 0).text = "who"
    table.cell(1, 1).text = "what\nelse"
    notes.add_heading("Next", 2)
    notes.add_paragraph("After")
    out = BytesIO()
    notes.save(out)
    return out.getvalue()


def test_a_document_gives_paragraphs_items_and_cells_under_their_heading(written: Written) -> None:
    path = written("notes.docx", document())
    assert passages(path) == [
        ("paragraph 1", "Before", ""),
        ("paragraph 3", "First\tthing", "Burden"),
        ("paragraph 4", "An item", "Burden"),
        ("table 1, row 1, cell 1", "who", "Burden"),
        ("table 1, row 2, cell 2", "what\nelse", "Burden"),
        ("paragraph 6", "After", "Next"),
    ]
    assert [row.number for row in rows(path, sniff(path, path.name))] == [1, 2, 3, 4, 5, 6]


def test_markdown_keeps_headings_as_context(written: Written) -> None:
    path = written("notes.md", "# Burden #\nOne\nstill one\n\n- item\n1. other\n\n| a | b |\n|---|---|\n| c |  |\n")
    assert passages(path) == [
        ("line 2", "One\nstill one", "Burden"),
        ("line 5", "item", "Burden"),
        ("line 6", "other", "Burden"),
        ("line 8, cell 1", "a", "Burden"),
        ("line 8, cell 2", "b", "Burden"),
        ("line 10, cell 1", "c", "Burden"),
    ]


def test_blank_lines_part_paragraphs(written: Written) -> None:
    path = written("forum.txt", "one\ntwo\n\nthree\n")
    assert [(place, text) for place, text, _ in passages(path)] == [
        ("line 1", "one\ntwo"),
        ("line 4", "three"),
    ]


def test_without_blank_lines_every_line_is_a_passage(written: Written) -> None:
    path = written("forum.txt", "one\r\ntwo\r\nthree\r\n\r\n")
    assert [(place, text) for place, text, _ in passages(path)] == [
        ("line 1", "one"),
        ("line 2", "two"),
        ("line 3", "three"),
    ]


def test_markup_and_text_direction_marks_stay_text(written: Written) -> None:
    text = "<script>alert(1)</script> \u202eabc\u202c & more"
    assert passages(written("a.txt", text)) == [("line 1", text, "")]
