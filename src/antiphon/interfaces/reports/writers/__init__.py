"""The kinds of file that a report can become."""

from dataclasses import dataclass
from importlib import import_module

from antiphon.interfaces.reports.model import Report

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of file; slides take their own part of a long report."""

    ending: str
    content_type: str
    is_short: bool = True

    def write(self, report: Report) -> bytes:
        """The report as bytes. What writes it is loaded here: most processes never make a file."""
        return import_module(f"{__name__}.{self.ending}").write(report)


WRITERS = {
    "pdf": Writer("pdf", "application/pdf"),
    "docx": Writer("docx", f"{OFFICE}.wordprocessingml.document"),
    "pptx": Writer("pptx", f"{OFFICE}.presentationml.presentation", is_short=False),
}
