"""Files as people bring them, and the way through the wizard."""

import csv
import io

from antiphon.platform.files import store
from antiphon.workspace.voices import actions
from tests.cast import engagement

ROWS = [
    ("1", "2026-09-01", "Patients", "The journey to the clinic takes me three hours.", "More parking."),
    ("2", "2026-09-02", "Carers", "I call Maria Jones on 020 7946 0958 about her tablets.", ""),
    ("3", "2026-09-03", "Patients", "After taking the new tablets I had a rash and vomiting.", "Nothing"),
    ("4", "2026-09-04", "Patients", "The nurse explained everything well.", "More parking."),
]
HEADER = ("id", "date", "group", "comment", "wish")
ROLES = {"id": "id", "date": "date", "group": "group", "comment": "text", "wish": "text"}


def table(rows=ROWS, header=HEADER) -> bytes:
    """A CSV file."""
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    return written.getvalue().encode()


def brought(by, content: bytes = b"", name: str = "survey.csv"):
    """A draft with its file."""
    return actions.bring(by=by, name=name, chunks=[content or table()])


def checked(by, content: bytes = b"", *, name="survey.csv", roles=None, source="Clinic survey", where=None):
    """An import that waits only for its start."""
    intake = brought(by, content, name)
    actions.map_columns(by=by, intake_id=intake.pk, roles=roles or ROLES)
    return actions.describe(
        by=by,
        intake_id=intake.pk,
        source=source,
        engagement_id=(where or engagement(by)).pk,
        consent_scope="internal_learning",
        consent_note="Survey page 1",
    )


def taken_in(by, content: bytes = b"", **about):
    """An import that is done."""
    intake = checked(by, content, **about)
    actions.start(by=by, intake_id=intake.pk)
    actions.go_on(intake_id=intake.pk)
    intake.refresh_from_db()
    return intake


def kept(by) -> list:
    """Every kept file of a workspace on disk."""
    folder = store.settings.DATA / "files" / str(by.workspace_id)
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
