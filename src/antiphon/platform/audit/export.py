"""The trail as a file that an auditor can check without Antiphon."""

import uuid
from typing import TextIO

from antiphon.platform.audit.chain import canonical
from antiphon.platform.audit.models import AuditEvent


def export(workspace_id: uuid.UUID, out: TextIO) -> int:
    """Write one workspace's events as JSON lines; how many there were."""
    count = 0
    for event in AuditEvent.objects.filter(workspace_id=workspace_id).order_by("seq").iterator(2_000):
        row = {"seq": event.seq, "body": event.body, "prev_hash": event.prev_hash, "hash": event.hash}
        out.write(canonical(row) + "\n")
        count += 1
    return count
