"""Writing the trail: in the same transaction as the change, or not at all."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models, transaction

from antiphon.platform import clock
from antiphon.platform.audit import chain, keys
from antiphon.platform.audit.models import AuditEvent, AuditHead, AuditValue

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

PLATFORM = uuid.UUID(int=0)
WORKSPACE_SUBJECT = "workspace"


def record(
    action: str,
    thing: models.Model,
    *,
    by: "Member | None",
    changes: Mapping[str, tuple[object, object]] | None = None,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
    subject: str = WORKSPACE_SUBJECT,
    workspace_id: uuid.UUID | None = None,
) -> AuditEvent:
    """Write one event. `changes` and `reason` are sealed; `facts` (counts, hashes, ids) stand in clear."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit event belongs in the transaction of its change.")
    workspace_id = workspace_id or (by.workspace_id if by else getattr(thing, "workspace_id", None)) or PLATFORM
    values = _values(changes or {}, reason)
    key = keys.subject_key(workspace_id, subject) if values else b""
    head, _ = AuditHead.objects.select_for_update().get_or_create(
        workspace_id=workspace_id, defaults={"hash": chain.START}
    )
    statement = {
        "actor": str(by.pk) if by else None,
        "role": by.role if by else "system",
        "action": action,
        "object": [thing._meta.label, str(thing.pk)],
        "fields": {name: [chain.commitment(key, v) for v in pair] for name, pair in values.items()},
        "facts": {name: _plain(value) for name, value in (facts or {}).items()},
        "subject": subject,
    }
    event = _append(head, statement)
    if values:
        sealed = keys.seal(key, chain.canonical(values).encode())
        AuditValue.objects.create(event=event, subject=subject, sealed=sealed)
    return event


def _append(head: AuditHead, statement: dict) -> AuditEvent:
    """Link a statement to the end of its chain."""
    at, seq = clock.now(), head.seq + 1
    body = chain.canonical({"seq": seq, "at": at.isoformat(timespec="microseconds"), **statement})
    event = AuditEvent.objects.create(
        workspace_id=head.workspace_id,
        seq=seq,
        at=at,
        action=statement["action"],
        actor_id=statement["actor"],
        object_type=statement["object"][0],
        object_id=statement["object"][1],
        body=body,
        prev_hash=head.hash,
        hash=chain.link_hash(body, head.hash),
    )
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def _values(changes: Mapping[str, tuple[object, object]], reason: str) -> dict[str, list[object]]:
    """What is sealed: before and after of each field, and the reason."""
    values = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
    return values | {"reason": ["", reason]} if reason else values


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    return str(getattr(value, "pk", value))
