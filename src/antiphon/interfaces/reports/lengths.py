"""How much of a long report a document tells: what one can send and read; every row goes beside it, in a workbook."""

import dataclasses

from django.utils.translation import gettext as _

from antiphon.interfaces.reports.model import Block, Grid, Record, Report, Row, Rows, Section, Words
from antiphon.platform.exports.tables import Column, as_workbook

MOST_ROWS, MOST_RECORDS = 200, 100


def shortened(report: Report) -> Report:
    """The report with its longest tables and lists cut, each with a word on where the rest is."""
    sections = tuple(dataclasses.replace(section, blocks=_blocks(section)) for section in report.sections)
    return dataclasses.replace(report, sections=sections, annex=tuple(_rows(rows) for rows in report.annex))


def workbook(report: Report) -> bytes:
    """Every row of the annex, a sheet for each of its tables."""
    sheets = {report.number_of(rows.key): (_columns(rows), rows.rows) for rows in report.annex}
    return as_workbook(sheets)


def _rows(rows: Rows) -> Rows:
    if len(rows.rows) <= MOST_ROWS:
        return rows
    return dataclasses.replace(
        rows, rows=rows.rows[:MOST_ROWS], note=f"{rows.note} {_rest(MOST_ROWS, len(rows.rows))}"
    )


def _blocks(section: Section) -> tuple[Block, ...]:
    """Records at length up to a limit, and the rows of tables in the text."""
    told, kept = 0, []
    for block in section.blocks:
        told += isinstance(block, Record)
        if isinstance(block, Record) and told > MOST_RECORDS:
            continue
        kept.append(block)
        if isinstance(block, Grid) and len(block.rows) > MOST_ROWS:
            kept[-1] = dataclasses.replace(block, rows=block.rows[:MOST_ROWS])
            kept.append(Words(_rest(MOST_ROWS, len(block.rows))))
    return (*kept, Words(_rest(MOST_RECORDS, told))) if told > MOST_RECORDS else tuple(kept)


def _rest(shown: int, every: int) -> str:
    words = _("The first %(shown)s of %(all)s stand here; all of them are in the workbook that comes with the file.")
    return words % {"shown": shown, "all": every}


def _columns(rows: Rows) -> list[Column]:
    cells = [Column(str(place), heading, _cell(place)) for place, heading in enumerate(rows.columns)]
    return [*cells, Column("address", _("In Antiphon"), lambda row: row.url)]


def _cell(place: int):
    def of(row: Row) -> object:
        return row.cells[place]

    return of
