"""A report as a PDF for everyone: tagged, titled, its fonts inside. What people wrote is data, never markup."""

import dataclasses
import json
import re
import unicodedata
from importlib.resources import files

import typst
from django.utils.translation import gettext as _

from antiphon.interfaces.reports.model import Block, Drawing, Figure, Figures, Report, Rows
from antiphon.interfaces.reports.writers.pictures import alternative
from antiphon.platform.charts import HeatMap, Strip, svg

TEMPLATE = files("antiphon.interfaces.reports.writers").joinpath("report.typ")
STANDARD = "ua-1"
UNKNOWN_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# One round a script that the fonts lack; a text has few of them.
MOST_SCRIPTS = 40
STAND_IN = "□"
SYMBOLS = {"So", "Sk", "Sm", "Cf", "Co", "Cn", "Mn", "Me", "Mc"}


def write(report: Report) -> bytes:
    """The report as PDF/UA-1; letters that its fonts lack become boxes, and the document says so."""
    data = json.dumps(as_data(report), ensure_ascii=False)
    note = json.dumps(_("Boxes (□) stand for letters that this PDF's fonts lack. The text document holds them."))
    for _round in range(MOST_SCRIPTS):
        try:
            return _set(data, report)
        except typst.TypstError as fault:
            data = without(data, _unknown(fault)).replace('"lacking": ""', f'"lacking": {note}')
    return _set("".join(letter if letter.isascii() else STAND_IN for letter in data), report)


def _set(data: str, report: Report) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=[STANDARD],
        ignore_system_fonts=True,
        timestamp=int(report.made_at.timestamp()),
    )


def _unknown(fault: typst.TypstError) -> str:
    """The letters that could not be set; any other fault is ours."""
    found = UNKNOWN_LETTER.search(str(fault))
    if found is None:
        raise fault
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])


def without(data: str, letters: str) -> str:
    """The text with boxes for these letters and for all others of their scripts."""
    scripts = {_script(letter) for letter in letters if not letter.isascii()}
    if not scripts:
        return "".join(letter for letter in data if letter not in letters)
    return "".join(
        STAND_IN if not letter.isascii() and letter != STAND_IN and _script(letter) in scripts else letter
        for letter in data
    )


def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name; symbols go by their kind."""
    kind = unicodedata.category(letter)
    return kind if kind in SYMBOLS else unicodedata.name(letter, "?").split()[0]


def as_data(report: Report) -> dict:
    """The report as plain values."""
    names = ("title", "subject", "period", "organisation", "made_on", "made_by", "origin", "language", "lead")
    return {name: getattr(report, name) for name in names} | {
        "lacking": "",
        "words": _words(),
        "sections": [
            {"title": section.title, "message": section.message, "blocks": [_block(b, report) for b in section.blocks]}
            for section in report.sections
        ],
        "annex": [_rows(rows, report) for rows in report.annex],
    }


def _words() -> dict[str, str]:
    return {
        "annex": _("Annex: the rows behind every number"),
        "none": _("There are none."),
        "made": _("Made on"),
        "by": _("by"),
        "open": _("Open in Antiphon"),
        "contents": _("Contents"),
        "rows": _("Rows"),
    }


def _block(block: Block, report: Report) -> dict:
    kind = type(block).__name__.lower()
    if isinstance(block, Figures):
        return {"kind": kind, "figures": [_figure(figure, report) for figure in block.figures]}
    if isinstance(block, Drawing):
        return {"kind": kind, **_drawing(block)}
    return {"kind": kind, **dataclasses.asdict(block)}


def _figure(figure: Figure, report: Report) -> dict:
    leads_to = report.number_of(figure.rows)
    return {"said": figure.said, "label": figure.label, "note": figure.note, "rows": figure.rows, "annex": leads_to}


def _drawing(drawing: Drawing) -> dict:
    chart = drawing.chart
    told = {"title": chart.title, "note": drawing.note, "alt": alternative(drawing), "rows": drawing.rows}
    if isinstance(chart, HeatMap):
        return told | {"map": _map(chart)}
    table = chart.table if not isinstance(chart, Strip) else None
    return told | {"svg": svg(chart), "table": dataclasses.asdict(table) if table else None}


def _map(chart: HeatMap) -> dict:
    rows = [
        {
            "label": row.label,
            "section": row.is_section,
            "cells": [{"n": cell.value, "tone": chart.tone_of(cell), "url": cell.url} for cell in row.cells],
        }
        for row in chart.rows
    ]
    return {"corner": chart.corner, "columns": [column.label for column in chart.columns], "rows": rows}


def _rows(rows: Rows, report: Report) -> dict:
    return {"number": report.number_of(rows.key), **dataclasses.asdict(rows)}
