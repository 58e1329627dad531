"""Makes a report as a file, and says on record that it was taken away."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from antiphon.interfaces.reports.building import build, file_name
from antiphon.interfaces.reports.lengths import shortened, workbook
from antiphon.interfaces.reports.writers import WRITERS
from antiphon.platform.errors import NotValid
from antiphon.platform.exports.actions import hand_over
from antiphon.workspace.measures.queries.evidence import Scope

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member


@dataclass(frozen=True, slots=True)
class Made:
    """A report as a file."""

    name: str
    content_type: str
    content: bytes
    figures: dict[str, int | None]
    rows: int
    # A workbook with every row, where the document would be too long to send with all of them in it.
    beside: bytes = b""

    def packed(self) -> tuple[str, str, bytes]:
        """Name, type and content of the one file to hand over."""
        if not self.beside:
            return self.name, self.content_type, self.content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as together:
            together.writestr(self.name, self.content)
            together.writestr(beside_name(self.name), self.beside)
        return f"{self.name}.zip", "application/zip", out.getvalue()


def beside_name(name: str) -> str:
    """What the workbook beside a document is called."""
    return f"{name.rpartition('.')[0]}-rows.xlsx"


STEPS = 3


def unseen(done: int, total: int) -> None:
    """Nobody watches."""


def make(*, by: "Member", scope: Scope, kind: str, progress: Callable[[int, int], None] = unseen) -> Made:
    """Whoever may read what it says may take it away: everyone in the workspace, as with every list."""
    if kind not in WRITERS:
        raise NotValid(_("Choose PDF, DOCX or PPTX."))
    progress(0, STEPS)
    writer, report = WRITERS[kind], build(by, scope)
    short = shortened(report)
    progress(1, STEPS)
    content = writer.write(short if writer.is_short else report)
    progress(2, STEPS)
    beside = workbook(report) if short != report else b""
    rows = sum(len(table.rows) for table in report.annex)
    hand_over(by=by, what="evidence-report", kind=kind, content=content, rows=rows, filters=narrowed_by(scope))
    progress(3, STEPS)
    figures = {figure.key: figure.number for figure in report.figures}
    return Made(file_name(report, kind), writer.content_type, content, figures, rows, beside)


def narrowed_by(scope: Scope) -> dict[str, str]:
    """A scope in plain values."""
    values = {"programme": scope.programme_id, "decision": scope.decision_id, "from": scope.first, "to": scope.last}
    return {name: str(value) for name, value in values.items() if value}
