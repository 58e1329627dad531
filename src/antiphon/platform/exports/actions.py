"""Taking rows away is on record: who, what, how many, with which filters."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid
from antiphon.platform.exports.tables import FORMATS, Column
from antiphon.platform.workspaces.models import Member


@transaction.atomic
def take_away(
    *,
    by: Member,
    what: str,
    kind: str,
    columns: Sequence[Column],
    rows: Iterable[object],
    filters: Mapping[str, str],
) -> bytes:
    """Rows as a file, as they are seen; the filters may hold a person's words, so they are sealed."""
    if kind not in FORMATS:
        raise NotValid(_("Choose CSV, XLSX or JSON."))
    found = list(rows)
    content = FORMATS[kind].write(columns, found)
    facts = {"what": what, "format": kind, "rows": len(found), "columns": [column.name for column in columns]}
    record("rows.exported", by.workspace, by=by, facts=facts, changes={"filters": ({}, dict(filters))})
    return content


@transaction.atomic
def hand_over(*, by: Member, what: str, kind: str, content: bytes, rows: int, filters: Mapping[str, str]) -> None:
    """A document that was made is on record before it leaves: how much stands in it, and which file it was."""
    digest = hashlib.sha256(content).hexdigest()
    facts = {"what": what, "format": kind, "rows": rows, "sha256": digest}
    record("rows.exported", by.workspace, by=by, facts=facts, changes={"filters": ({}, dict(filters))})
