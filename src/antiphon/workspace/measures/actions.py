"""Taking a trail away: as rows, or as W3C PROV; always on record."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from antiphon.platform import clock
from antiphon.platform.errors import NotValid
from antiphon.platform.exports.actions import hand_over, take_away
from antiphon.platform.exports.tables import FORMATS, Column
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.measures import queries

STEPS = (
    Column("kind", lazy("What it is")),
    Column("id", lazy("Id")),
    Column("text", lazy("Words")),
    Column("state", lazy("State")),
    Column("note", lazy("Note")),
    Column("at", lazy("When")),
    Column("by_role", lazy("By the role")),
    Column("came_from", lazy("Came from")),
)


@dataclass(frozen=True, slots=True)
class TakenTrail:
    """A trail as a file."""

    content: bytes
    content_type: str
    name: str
    rows: int


def take_trail(*, by: Member, kind: str, thing_id: UUID | str, form: str) -> TakenTrail:
    """Everything on the trail of a voice, an insight or a decision: all its voices, redacted."""
    today = clock.today().isoformat()
    if form == "prov":
        content, rows = _as_prov(by, kind, thing_id)
        return TakenTrail(content, "application/json", f"antiphon-trail-{today}.prov.json", rows)
    if form not in FORMATS:
        raise NotValid(_("Choose PROV, CSV, XLSX or JSON."))
    steps, filters = queries.steps(by, kind, thing_id), {kind: str(thing_id)}
    content = take_away(by=by, what="trail", kind=form, columns=STEPS, rows=steps, filters=filters)
    name = f"antiphon-trail-{today}.{FORMATS[form].ending}"
    return TakenTrail(content, FORMATS[form].content_type, name, len(steps))


def _as_prov(by: Member, kind: str, thing_id: UUID | str) -> tuple[bytes, int]:
    document = queries.provenance(by, kind, thing_id)
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    rows = sum(len(part) for name, part in document.items() if name != "prefix")
    hand_over(by=by, what="trail", kind="prov", content=content, rows=rows, filters={kind: str(thing_id)})
    return content, rows
