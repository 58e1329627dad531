"""The kinds of file that a report can become."""

from collections.abc import Callable
from dataclasses import dataclass

from antiphon.interfaces.reports.model import Report
from antiphon.interfaces.reports.writers import docx, pdf, pptx

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of file."""

    ending: str
    content_type: str
    write: Callable[[Report], bytes]


WRITERS = {
    "pdf": Writer("pdf", "application/pdf", pdf.write),
    "docx": Writer("docx", f"{OFFICE}.wordprocessingml.document", docx.write),
    "pptx": Writer("pptx", f"{OFFICE}.presentationml.presentation", pptx.write),
}
