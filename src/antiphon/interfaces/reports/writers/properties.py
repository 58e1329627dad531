"""What a file says of itself to the programs that list it."""

from typing import Protocol

from antiphon.interfaces.reports.model import Report

LONGEST = 250  # office files take 255


class Properties(Protocol):
    """The properties that both kinds of office file have."""

    title: str
    author: str


def describe(core: Properties, report: Report) -> None:
    """Title, whose it is, in which language, and when it was made."""
    core.title = f"{report.title}: {report.subject}"[:LONGEST]
    core.author = core.last_modified_by = report.organisation[:LONGEST]
    core.language, core.comments, core.revision = report.language, "", 1
    core.created = core.modified = report.made_at.replace(tzinfo=None, microsecond=0)
